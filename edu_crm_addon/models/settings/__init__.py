from . import edu_job_failure
from . import edu_fetch_mixin
from . import edu_role_mixin
from . import ir_actions_act_window
from . import ir_sequence
from . import res_company
from . import res_config_settings
