from . import edu_customer_report
from . import edu_trial_report
