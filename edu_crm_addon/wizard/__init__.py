from . import crm_lead_lost
from . import edu_contact_log
from . import edu_lead_enroll
from . import edu_enrollment_withdraw
from . import edu_complaint_merge
from . import edu_complaint_statement_ask
