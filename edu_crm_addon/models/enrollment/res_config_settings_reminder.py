from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_reminder_days_1 = fields.Integer(
        related="company_id.edu_reminder_days_1", readonly=False
    )
    edu_reminder_days_2 = fields.Integer(
        related="company_id.edu_reminder_days_2", readonly=False
    )
    edu_reminder_days_3 = fields.Integer(
        related="company_id.edu_reminder_days_3", readonly=False
    )
