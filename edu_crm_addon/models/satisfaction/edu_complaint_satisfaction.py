from odoo import models

from ...logic import satisfaction as rule
from ..complaint.edu_complaint_rating import HIGHEST, LOWEST, SCORES


class EduComplaint(models.Model):
    """The customer's rating of the handling is a score of the service.

    It names nobody if the complaint is anonymous, or is about people of the school.
    """

    _inherit = "edu.complaint"

    def _rate(self, scores, feedback=None):
        if not super()._rate(scores, feedback):
            return False
        complaint = self.sudo()  # sudo: nobody makes scores by hand
        complaint.env["edu.satisfaction.score"].create(complaint._satisfaction_vals())
        return True

    def _satisfaction_vals(self):
        answers = [
            rule.Answer(
                dimension=rule.SERVICE,
                measure=rule.EXPERIENCE,
                value=self[name],
                lowest=LOWEST,
                highest=HIGHEST,
            )
            for name in SCORES
        ]
        about = self.learner_id or self.partner_id
        enrollment = self.enrollment_id
        vals = {
            "source": "rating",
            "method": "online_rating",
            "date": self.company_id._edu_today(),
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "team_id": enrollment.team_id.id,
            "teacher_id": enrollment.teacher_id.id,
            "course_id": (self.course_id or enrollment.course_id).id,
            "enrollment_id": enrollment.id,
            "stage_id": enrollment.stage_id.id,
            "type_id": about.edu_type_id.id,
            "tier_id": about.edu_tier_id.id,
            "complaint_id": self.id,
            "partner_id": self.partner_id.id,
            "learner_id": (self.learner_id - self.partner_id).id,
            "role": self._satisfaction_role(),
        }
        if self.is_anonymous or self.accused_partner_ids:
            for name in ("complaint_id", "partner_id", "learner_id", "enrollment_id"):
                vals[name] = False
        (score,) = rule.scores(answers)
        return {**vals, **self.env["edu.satisfaction.score"]._figure_vals(score)}

    def _satisfaction_role(self):
        if self.partner_id.is_company:
            return "organization"
        return "guardian" if self.learner_id - self.partner_id else "customer"
