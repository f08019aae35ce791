from odoo import api, models
from odoo.exceptions import ValidationError


class SurveyUserInputLine(models.Model):
    """Whoever stores an answer, it is on the scale of its question."""

    _inherit = "survey.user_input.line"

    @api.constrains("answer_type", "value_scale", "question_id")
    def _check_edu_on_scale(self):
        for line in self:
            question = line.question_id
            if line.answer_type == "scale" and not (
                question.scale_min <= line.value_scale <= question.scale_max
            ):
                raise ValidationError(question._edu_off_scale())
