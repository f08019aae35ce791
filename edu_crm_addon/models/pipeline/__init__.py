from . import crm_lead
from . import edu_stage
