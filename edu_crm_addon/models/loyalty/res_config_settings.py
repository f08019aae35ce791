from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # Members
    edu_member_program_id = fields.Many2one(
        related="company_id.edu_member_program_id", readonly=False
    )
    edu_family_wallet = fields.Boolean(
        related="company_id.edu_family_wallet", readonly=False
    )
    # Levels
    edu_level_months = fields.Integer(
        related="company_id.edu_level_months", readonly=False
    )
    edu_level_grace_days = fields.Integer(
        related="company_id.edu_level_grace_days", readonly=False
    )
    edu_membership_notice_days = fields.Integer(
        related="company_id.edu_membership_notice_days", readonly=False
    )
    # Referrals
    edu_referral_page = fields.Boolean(
        related="company_id.edu_referral_page", readonly=False
    )
    edu_referral_limit = fields.Integer(
        related="company_id.edu_referral_limit", readonly=False
    )
    edu_referral_consent = fields.Text(
        related="company_id.edu_referral_consent", readonly=False
    )
