from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_complaint_answer_days = fields.Integer(
        related="company_id.edu_complaint_answer_days", readonly=False
    )
    edu_complaint_reopen_days = fields.Integer(
        related="company_id.edu_complaint_reopen_days", readonly=False
    )
