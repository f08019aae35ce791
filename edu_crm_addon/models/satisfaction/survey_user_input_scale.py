from odoo import models


class SurveyUserInput(models.Model):
    """The lowest point of a scale may be zero, which is an answer."""

    _inherit = "survey.user_input"

    def _get_line_answer_values(self, question, answer, answer_type):
        if answer_type == "scale":
            answer = question._edu_scale_answer(answer)
        return super()._get_line_answer_values(question, answer, answer_type)
