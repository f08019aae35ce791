from odoo import fields, models


class ResCompany(models.Model):
    """How often customers are asked, and from which score on somebody calls."""

    _inherit = "res.company"

    edu_survey_rest_days = fields.Integer(
        string="Rest between surveys",
        default=30,
        help="Days during which a contact is not invited to another survey. 0: none.",
    )
    edu_low_score = fields.Integer(
        string="Low score",
        default=40,
        help="A score of 0 to 100; at or under it somebody follows up.",
    )

    _edu_survey_numbers_plausible = models.Constraint(
        "CHECK (edu_survey_rest_days BETWEEN 0 AND 3650"
        " AND edu_low_score BETWEEN 0 AND 100)",
        "The rest lasts 0 to 3650 days; a low score is one of 0 to 100.",
    )
