from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_survey_rest_days = fields.Integer(
        related="company_id.edu_survey_rest_days", readonly=False
    )
    edu_low_score = fields.Integer(related="company_id.edu_low_score", readonly=False)
