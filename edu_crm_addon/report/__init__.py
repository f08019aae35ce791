from . import edu_customer_report
from . import edu_lead_report_mixin
from . import edu_pipeline_report
from . import edu_source_report
from . import edu_trial_report
from . import edu_receipt
from . import edu_complaint_report
from . import edu_complaint_report_sql
