from odoo import fields, models


class ResCompany(models.Model):
    """When who was dissatisfied is asked whether it is better now."""

    _inherit = "res.company"

    edu_reask_days = fields.Integer(
        string="Ask again after",
        default=7,
        help="Days after a low score was followed up. 0: by hand only.",
    )

    _edu_reask_days_plausible = models.Constraint(
        "CHECK (edu_reask_days BETWEEN 0 AND 365)",
        "The customer is asked again within a year, or not at all.",
    )
