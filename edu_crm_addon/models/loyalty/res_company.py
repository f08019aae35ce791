from odoo import fields, models


class ResCompany(models.Model):
    """Where the members of a school have their points."""

    _inherit = "res.company"

    edu_member_program_id = fields.Many2one(
        "loyalty.program",
        string="Member program",
        domain="[('edu_mode', '!=', False), ('company_id', '=', id)]",
        help="Learners and guardians become members of this program.",
    )
    edu_family_wallet = fields.Boolean(
        string="Family wallet",
        default=True,
        help="Learners earn points for the guardian who pays.",
    )
