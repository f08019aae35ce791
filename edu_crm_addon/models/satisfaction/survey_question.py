from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_READONLY
from ...logic import satisfaction as rule

DIMENSIONS = [
    (rule.TEACHING, "Teaching quality satisfaction"),
    (rule.PRODUCT, "Education product satisfaction"),
    (rule.SERVICE, "Service satisfaction"),
    (rule.PRICE, "Price satisfaction"),
    (rule.OVERALL, "Overall satisfaction"),
    (rule.RECOMMENDATION, "Recommendation"),
]
MEASURES = [(rule.EXPERIENCE, "Experience"), (rule.EXPECTATION, "Expectation")]
# What makes answers comparable: none of it changes once there are answers.
FIXED = {
    "survey_id",
    "is_page",
    "question_type",
    "scale_min",
    "scale_max",
    "edu_dimension",
    "edu_measure",
}


class SurveyQuestion(models.Model):
    """What a question of a questionnaire measures.

    Answers keep their meaning: a question of a questionnaire that was answered can be
    worded better or translated, but neither be deleted nor measure something else.
    """

    _name = "survey.question"
    _inherit = ["survey.question", "edu.role.mixin"]

    edu_dimension = fields.Selection(
        DIMENSIONS,
        string="Dimension",
        compute="_compute_edu_dimension",
        store=True,
        readonly=False,
        groups=GROUP_READONLY,
        help="What the answer is a score of; only questions with a scale.",
    )
    edu_measure = fields.Selection(
        MEASURES,
        string="Asks about",
        default=rule.EXPERIENCE,
        groups=GROUP_READONLY,
        help="Expectation is asked at enrollment, experience afterwards.",
    )

    _edu_dimension_on_a_scale = models.Constraint(
        "CHECK (edu_dimension IS NULL"
        " OR (question_type = 'scale' AND edu_measure IS NOT NULL))",
        "Only a question with a scale has a dimension; it asks about experience or"
        " expectation.",
    )
    # Promoters and detractors are counted on 0 to 10, after they know us.
    _edu_recommendation_scale = models.Constraint(
        "CHECK (edu_dimension IS DISTINCT FROM 'recommendation'"
        " OR (scale_min = 0 AND scale_max = 10 AND edu_measure = 'experience'))",
        "The recommendation is asked on a scale of 0 to 10, as an experience.",
    )

    @api.depends("question_type")
    def _compute_edu_dimension(self):
        for question in self:
            if question.question_type != "scale":
                question.edu_dimension = False

    def write(self, vals):
        if FIXED & vals.keys():
            self._edu_check_fixed(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_edu_answered(self):
        if answered := self._edu_answered():
            raise UserError(
                self.env._(
                    "“%(question)s” has answers and cannot be deleted. Archive the "
                    "questionnaire and change a copy of it.",
                    question=answered[0].title,
                )
            )

    # ------------------------------------------------------------------ answers
    def _edu_check_fixed(self, vals):
        changed = self.filtered(lambda question: question._edu_is_changed(vals))
        if changed and (answered := changed._edu_answered()):
            raise UserError(
                self.env._(
                    "“%(question)s” has answers: its type, its scale and what it "
                    "measures stay as they are. Archive the questionnaire and change a "
                    "copy of it.",
                    question=answered[0].title,
                )
            )

    def _edu_is_changed(self, vals):
        # sudo: the dimension is compared also for users without an education role
        question = self.sudo()
        for name in FIXED & vals.keys():
            now = question._fields[name].convert_to_write(question[name], question)
            if (now or False) != (vals[name] or False):
                return True
        return False

    def _edu_answered(self):
        """Return those of a satisfaction questionnaire that somebody answered.

        Trying a questionnaire out is no answer.
        """
        # sudo: answers that the user may not read count as well
        lines = self.env["survey.user_input.line"].sudo()
        groups = lines._read_group(
            [
                ("question_id", "in", self.ids),
                ("user_input_id.test_entry", "=", False),
                ("survey_id.edu_is_satisfaction", "=", True),
            ],
            ["question_id"],
        )
        return self.browse(question.id for (question,) in groups)

    # ------------------------------------------------------------------ validation
    def validate_question(self, answer, comment=None):
        if self.question_type != "scale":
            return super().validate_question(answer, comment)
        answer = self._edu_scale_answer(answer)
        errors = super().validate_question(answer, comment)
        if errors or not answer:
            return errors
        try:
            rule.scale_value(answer, self.scale_min, self.scale_max)
        except ValueError:
            return {self.id: self._edu_off_scale()}
        return {}

    @api.model
    def _edu_scale_answer(self, answer):
        """Return the answer; the number 0 as text, as the host takes it for none."""
        if isinstance(answer, str):
            return answer.strip()
        return "0" if answer == 0 and answer is not False else answer

    def _edu_off_scale(self):
        return self.env._(
            "Please choose a whole number from %(lowest)s to %(highest)s.",
            lowest=self.scale_min,
            highest=self.scale_max,
        )
