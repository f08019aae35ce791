from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_trial_result_hours = fields.Integer(
        related="company_id.edu_trial_result_hours", readonly=False
    )
