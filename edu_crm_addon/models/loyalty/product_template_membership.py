from odoo import fields, models

from ...const import GROUP_READONLY


class ProductTemplate(models.Model):
    """A membership product with a term is a paid club membership."""

    _inherit = "product.template"

    edu_club_months = fields.Integer(
        string="Membership term (months)",
        groups=GROUP_READONLY,
        help="Who buys it has the level for so long. 0: for good, as the host does it.",
    )

    _edu_club_months_plausible = models.Constraint(
        "CHECK (edu_club_months IS NULL OR edu_club_months BETWEEN 0 AND 120)",
        "The term of a membership is 0 to 120 months.",
    )
