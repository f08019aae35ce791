from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_complaint_answer_hours = fields.Integer(
        related="company_id.edu_complaint_answer_hours", readonly=False
    )
