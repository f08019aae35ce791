from odoo import fields, models


class EduPointsRule(models.Model):
    """Whether points of a rule count for the level of a member."""

    _inherit = "edu.points.rule"

    is_qualifying = fields.Boolean(
        string="Counts for the level",
        default=True,
        help="Points of compensations, for example, need not make a better level.",
    )
