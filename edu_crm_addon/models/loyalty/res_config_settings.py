from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_member_program_id = fields.Many2one(
        related="company_id.edu_member_program_id", readonly=False
    )
    edu_family_wallet = fields.Boolean(
        related="company_id.edu_family_wallet", readonly=False
    )
