from odoo import fields, models


class CrmLostReason(models.Model):
    """Reasons of education teams; the other reasons are for everybody else.

    Every salesperson picks from the list, so the flag needs no education role.
    """

    _name = "crm.lost.reason"
    _inherit = ["crm.lost.reason", "edu.role.mixin"]

    edu_is_education = fields.Boolean(
        string="Education", help="Offered for leads of education teams only."
    )
