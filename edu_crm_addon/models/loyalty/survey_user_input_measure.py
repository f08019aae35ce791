from odoo import models

from ...logic import loyalty_measure as rule
from ...logic.satisfaction import normalise


class SurveyUserInput(models.Model):
    """Answers about attitudes set those of who answered; none of a test does."""

    _inherit = "survey.user_input"

    def _after_named_answer(self):
        result = super()._after_named_answer()
        for partner, values in self._edu_attitudes().items():
            partner.write(values)
        return result

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
