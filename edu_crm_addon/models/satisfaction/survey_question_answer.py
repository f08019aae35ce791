from odoo import api, models
from odoo.exceptions import UserError


class SurveyQuestionAnswer(models.Model):
    """A choice that somebody made stays."""

    _inherit = "survey.question.answer"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_edu_chosen(self):
        # sudo: answers that the user may not read count as well
        lines = self.env["survey.user_input.line"].sudo()
        chosen = lines.search(
            [
                "|",
                ("suggested_answer_id", "in", self.ids),
                ("matrix_row_id", "in", self.ids),
                ("question_id", "in", (self.question_id | self.matrix_question_id).ids),
                ("user_input_id.test_entry", "=", False),
                ("survey_id.edu_is_satisfaction", "=", True),
            ],
            limit=1,
        )
        if chosen:
            choice = (chosen.suggested_answer_id | chosen.matrix_row_id) & self
            raise UserError(
                self.env._(
                    "“%(choice)s” was chosen in answers and cannot be deleted. Archive "
                    "the questionnaire and change a copy of it.",
                    choice=choice[0].with_env(self.env).value,
                )
            )
