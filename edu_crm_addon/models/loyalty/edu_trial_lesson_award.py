from odoo import models

from ...logic import trial
from .points_source import Claim


class EduTrialLesson(models.Model):
    """Coming to a trial lesson earns, as soon as the learner or family is a contact."""

    _inherit = "edu.trial.lesson"

    def _after_state_changed(self):
        result = super()._after_state_changed()
        attended = self.filtered(lambda lesson: lesson.state == trial.ATTENDED)
        for company, lessons in attended.grouped("company_id").items():
            self.env["edu.points.rule"]._award_for(lessons, company)
        return result

    def _edu_points_claims(self):
        """Return ``{(event, company): claims}`` as the lessons are now."""
        claims = {}
        for lesson in self:
            person = lesson.learner_id or lesson.lead_id.partner_id
            if lesson.state == trial.ATTENDED and person:
                of_company = claims.setdefault(("trial", lesson.company_id), [])
                of_company.append(lesson._edu_points_claim(person))
        return claims

    def _edu_points_claim(self, person):
        return Claim(
            key=str(self.id),
            partner_id=person.id,
            model=self._name,
            record_id=self.id,
            stage_id=self.course_id.edu_course_stage_id.id or None,
            course_id=self.course_id.id or None,
            on=self.company_id._edu_today(self.start_at),
        )
