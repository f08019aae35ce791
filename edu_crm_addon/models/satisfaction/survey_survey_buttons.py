from odoo import models

from ...const import MODULE

HOST_ROLE = "survey.group_survey_user"


class SurveySurvey(models.Model):
    """The host's buttons lead to campaigns and waves: they know whom to ask, and whom
    not again so soon.

    Who has no education role, or other surveys, finds the buttons as they were.
    """

    _inherit = "survey.survey"

    def action_send_survey(self):
        if not self._edu_has_campaigns("create"):
            return super().action_send_survey()
        self.check_validity()
        return {
            **self._edu_action("edu_survey_campaign_action"),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_survey_id": self.id},
        }

    def action_result_survey(self):
        by_host = self.env.user.has_group(HOST_ROLE)
        if by_host or not self._edu_has_campaigns("read"):
            return super().action_result_survey()
        return {
            **self._edu_action("edu_survey_wave_action"),
            "domain": [("survey_id", "=", self.id)],
        }

    def _edu_has_campaigns(self, operation):
        self.ensure_one()
        return (
            self.env["edu.survey.campaign"].has_access(operation)
            and self.edu_is_satisfaction
        )

    def _edu_action(self, name):
        return self.env["ir.actions.act_window"]._for_xml_id(f"{MODULE}.{name}")
