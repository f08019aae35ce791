from odoo import api, models
from odoo.fields import Domain


class EduPointsRule(models.Model):
    """Answers of a period, for the dry run."""

    _inherit = "edu.points.rule"

    @api.model
    def _claims_of_survey(self, company, date_from, date_to):
        # sudo: who answered is counted, what was answered is not read
        answers = (
            self.env["survey.user_input"]
            .sudo()
            .search(
                Domain("edu_wave_id.company_id", "=", company.id)
                & Domain("edu_invitation_id", "!=", False)
                & Domain("state", "=", "done")
                & company._edu_days_domain("end_datetime", date_from, date_to),
                order="end_datetime, id",
            )
        )
        return answers._edu_points_claims().get(("survey", company), [])
