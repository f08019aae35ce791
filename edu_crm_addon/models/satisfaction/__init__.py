from . import edu_survey_funnel_mixin
from . import survey_survey
from . import survey_question
from . import survey_question_answer
from . import survey_user_input
from . import survey_user_input_progress
from . import survey_user_input_line
from . import survey_user_input_scale
from . import edu_survey_campaign
from . import edu_survey_wave
from . import edu_survey_wave_answer
from . import edu_survey_invitation
from . import edu_survey_invitation_answer
from . import edu_satisfaction_score
from . import edu_satisfaction_follow_up
from . import res_company
from . import edu_survey_campaign_funnel
from . import edu_survey_wave_funnel
from . import res_partner_invitations
from . import res_partner_opt_out
from . import survey_user_input_score
from . import res_partner_satisfaction
from . import base_partner_merge_satisfaction
from . import edu_complaint_satisfaction
from . import edu_survey_campaign_state
from . import edu_survey_campaign_audience
from . import edu_survey_campaign_wave
from . import edu_survey_campaign_job
from . import edu_survey_wave_fill
from . import edu_survey_invitation_send
from . import edu_job_failure
<<<<<<< HEAD
from . import edu_survey_campaign_anonymous
from . import edu_survey_wave_anonymous
from . import edu_survey_invitation_anonymous
from . import edu_satisfaction_score_anonymous

# Last: it forgets what the others still need when an answer is done.
from . import survey_user_input_anonymous
=======
from . import edu_satisfaction_follow_up_state
from . import edu_satisfaction_follow_up_made
from . import edu_satisfaction_follow_up_reask
from . import edu_survey_campaign_reask
from . import edu_survey_wave_reask
from . import edu_complaint_follow_up
from . import edu_job_failure_follow_up
from . import survey_user_input_follow_up
from . import res_company_follow_up
from . import res_config_settings_follow_up
>>>>>>> a8fa0d5 ([ADD] satisfaction: follow-up of low scores, second question, silent share)
