from odoo import api, models
from odoo.fields import Domain

from ...logic import enrollment as state


class EduPointsRule(models.Model):
    """Enrollments, courses and trial lessons of a period, for the dry run."""

    _inherit = "edu.points.rule"

    @api.model
    def _claims_of_enrollment(self, company, date_from, date_to):
        begun = self.env["edu.enrollment"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", (state.ACTIVE, state.PAUSED, state.ENDED)),
                ("date_start", ">=", date_from),
                ("date_start", "<=", date_to),
            ],
            order="date_start, id",
        )
        return [e._edu_points_claim(on=e.date_start) for e in begun._edu_earning()]

    @api.model
    def _claims_of_completed(self, company, date_from, date_to):
        ended = self.env["edu.enrollment"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", state.ENDED),
                ("date_end", ">=", date_from),
                ("date_end", "<=", date_to),
            ],
            order="date_end, id",
        )
        ready = ended.filtered("is_ready")._edu_earning()
        return [e._edu_points_claim(on=e.date_end) for e in ready]

    @api.model
    def _claims_of_trial(self, company, date_from, date_to):
        lessons = self.env["edu.trial.lesson"].search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "attended")
            & company._edu_days_domain("start_at", date_from, date_to),
            order="start_at, id",
        )
        return lessons._edu_points_claims().get(("trial", company), [])
