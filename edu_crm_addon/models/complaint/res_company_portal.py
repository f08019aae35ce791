from odoo import fields, models


class ResCompany(models.Model):
    """Whether people without an account can complain, with a name or without."""

    _inherit = "res.company"

    edu_complaint_public_form = fields.Boolean(
        string="Public complaint form",
        default=True,
        help="Anybody can complain on the page /complaint, with a name or anonymously.",
    )
