from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_referral_page = fields.Boolean(
        related="company_id.edu_referral_page", readonly=False
    )
    edu_referral_limit = fields.Integer(
        related="company_id.edu_referral_limit", readonly=False
    )
    edu_referral_consent = fields.Text(
        related="company_id.edu_referral_consent", readonly=False
    )
