from odoo import fields, models

from ...const import GROUP_READONLY
from ...logic import loyalty_measure as rule

ATTITUDES = [
    (rule.PRICE, "Price sensitivity"),
    (rule.QUALITY, "Attitude to quality problems"),
    (rule.COMPETITOR, "Attitude to competing brands"),
]


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    edu_loyalty_measure = fields.Selection(
        ATTITUDES,
        string="Sign of loyalty",
        groups=GROUP_READONLY,
        help="The answer sets this attitude of the contact: the higher on the scale, "
        "the more loyal.",
    )

    _edu_loyalty_measure_on_a_scale = models.Constraint(
        "CHECK (edu_loyalty_measure IS NULL OR question_type = 'scale')",
        "Only a question with a scale tells an attitude.",
    )
