from . import crm_lead
from . import crm_lead_handover
from . import crm_lead_people
from . import crm_lead_stage
from . import crm_stage
from . import crm_team
from . import edu_stage
