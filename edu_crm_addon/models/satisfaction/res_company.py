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
