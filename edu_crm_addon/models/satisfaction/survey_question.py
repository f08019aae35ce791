from odoo import fields, models

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


class SurveyQuestion(models.Model):
    """What a question of a questionnaire measures."""

    _inherit = "survey.question"

    edu_dimension = fields.Selection(
        DIMENSIONS,
        string="Dimension",
        groups=GROUP_READONLY,
        help="What the answer is a score of; only questions with a scale.",
    )
    edu_measure = fields.Selection(
        MEASURES,
        string="Measure",
        default=rule.EXPERIENCE,
        groups=GROUP_READONLY,
        help="Expectation is asked at enrollment, experience afterwards.",
    )
