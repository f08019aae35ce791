from odoo import fields, models

ATTITUDES = [
    ("utmost", "Win back with utmost effort"),
    ("full_effort", "Win back with full effort"),
    ("case_by_case", "Act as circumstances allow"),
    ("mostly_give_up", "Basically give up"),
]


class EduCustomerTier(models.Model):
    """How much a customer means to us, and so how hard we try when we lose it."""

    _name = "edu.customer.tier"
    _description = "Customer tier"
    _inherit = "edu.catalogue.mixin"

    loss_attitude = fields.Selection(
        ATTITUDES,
        string="Attitude to losing it",
        required=True,
        default="case_by_case",
    )
