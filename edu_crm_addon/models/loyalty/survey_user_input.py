from odoo import models

from ...logic import loyalty_measure as rule
from ...logic.satisfaction import normalise
from .points_source import Claim

STAFF = "employee"


class SurveyUserInput(models.Model):
    """Who was asked by name gets points for answering, whatever the answer is.

    Once for a person and wave. An anonymous answer earns nothing: points would say
    whose it is. Nor do employees, who are asked about their work.

    Answers about attitudes set those of who answered; none of a test does.
    """

    _inherit = "survey.user_input"

    def _after_named_answer(self):
        result = super()._after_named_answer()
        earning = self.filtered(lambda answer: answer._edu_may_earn())
        for company, answers in earning.grouped(
            lambda a: a.edu_wave_id.company_id
        ).items():
            self.env["edu.points.rule"]._award_for(answers, company)
        for partner, values in self._edu_attitudes().items():
            partner.write(values)
        return result

    def _edu_may_earn(self):
        self.ensure_one()
        wave = self.edu_wave_id
        return bool(
            wave.company_id.edu_member_program_id
            and not self.test_entry
            and not self.edu_is_anonymous
            and not wave.is_anonymous
            and self.edu_invitation_id
            and self.edu_invitation_id.role != STAFF
        )

    def _edu_points_claims(self):
        """Return ``{(event, company): claims}`` of those that are done."""
        claims = {}
        for answer in self:
            if answer.state == "done" and answer._edu_may_earn():
                company = answer.edu_wave_id.company_id
                of_company = claims.setdefault(("survey", company), [])
                of_company.append(answer._edu_points_claim())
        return claims

    def _edu_points_claim(self):
        wave, asked = self.edu_wave_id, self.edu_invitation_id
        enrollment = asked.enrollment_id
        return Claim(
            key=f"{wave.id}:{asked.partner_id.id}",
            partner_id=asked.partner_id.id,
            model=wave._name,
            record_id=wave.id,
            stage_id=enrollment.stage_id.id or None,
            course_id=enrollment.course_id.product_tmpl_id.id or None,
            on=wave.company_id._edu_today(self.end_datetime or None),
        )

    def _edu_attitudes(self):
        """Return ``{partner: values}`` of what these answers say of attitudes."""
        asking = self.filtered(
            lambda i: i.survey_id.question_ids.filtered("edu_loyalty_measure")
        )
        values = {}
        for line in asking.user_input_line_ids:
            question = line.question_id
            if not question.edu_loyalty_measure or line.skipped:
                continue
            partner = line.user_input_id.partner_id
            if partner.edu_is_customer and line.answer_type == "scale":
                score = normalise(
                    line.value_scale, question.scale_min, question.scale_max
                )
                field = f"edu_{question.edu_loyalty_measure}"
                values.setdefault(partner, {})[field] = str(rule.step_of(score))
        return values
