from odoo import fields, models


class EduCustomerTier(models.Model):
    """What customers of a tier get: better prices, and help before others."""

    _inherit = "edu.customer.tier"

    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list",
        company_dependent=True,
        help="For customers without a price list of their own.",
    )
    priority_steps = fields.Integer(
        string="Priority raised by",
        help="So many steps above what the matrix says for a complaint or request.",
    )
    days_sooner = fields.Integer(
        string="Promised sooner by (working days)",
        help="Complaints and requests are answered and decided so much sooner, but not "
        "before a working day is over.",
    )

    _service_plausible = models.Constraint(
        "CHECK ((priority_steps IS NULL OR priority_steps BETWEEN 0 AND 4)"
        " AND (days_sooner IS NULL OR days_sooner BETWEEN 0 AND 250))",
        "A priority is raised by 0 to 4 steps, a promise by 0 to 250 days.",
    )
