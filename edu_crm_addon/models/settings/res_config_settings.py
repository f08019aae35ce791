from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_adult_age = fields.Integer(related="company_id.edu_adult_age", readonly=False)
    edu_review_days = fields.Integer(
        related="company_id.edu_review_days", readonly=False
    )
    edu_lost_after_days = fields.Integer(
        related="company_id.edu_lost_after_days", readonly=False
    )
