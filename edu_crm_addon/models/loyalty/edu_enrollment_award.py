from odoo import models

from ...logic import enrollment as rule
from .points_source import Claim

# What an enrollment in this state has earned.
EVENTS = {
    rule.ACTIVE: "enrollment",
    rule.PAUSED: "enrollment",
    rule.ENDED: "completed",
}


class EduEnrollment(models.Model):
    """The first enrollment makes a member; beginning and completing a course earns."""

    _inherit = "edu.enrollment"

    def _after_state_changed(self, target):
        result = super()._after_state_changed(target)
        rules = self.env["edu.points.rule"]
        for company, enrollments in self.grouped("company_id").items():
            if target == rule.ONBOARDING:
                enrollments.learner_id._edu_become_members(company)
            elif target in EVENTS:
                rules._award_for(enrollments, company)
        return result

    def _edu_points_claims(self):
        """Return ``{(event, company): claims}`` as the enrollments are now.

        What ended before its onboarding was done has not been completed.
        """
        claims = {}
        for enrollment in self._edu_earning():
            event = EVENTS.get(enrollment.state)
            if event and (event != "completed" or enrollment.is_ready):
                of_event = claims.setdefault((event, enrollment.company_id), [])
                of_event.append(enrollment._edu_points_claim())
        return claims

    def _edu_earning(self):
        """Leave out what was redeemed for points, or given away as a reward."""
        return self.filtered(lambda e: not e.sale_line_id.reward_id)

    def _edu_points_claim(self, on=None):
        return Claim(
            key=str(self.id),
            partner_id=self.learner_id.id,
            model=self._name,
            record_id=self.id,
            stage_id=self.stage_id.id or None,
            course_id=self.course_id.product_tmpl_id.id,
            on=on,
        )
