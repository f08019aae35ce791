from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_level_months = fields.Integer(
        related="company_id.edu_level_months", readonly=False
    )
    edu_level_grace_days = fields.Integer(
        related="company_id.edu_level_grace_days", readonly=False
    )
    edu_membership_notice_days = fields.Integer(
        related="company_id.edu_membership_notice_days", readonly=False
    )
