from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_complaint_acknowledge_days = fields.Integer(
        related="company_id.edu_complaint_acknowledge_days", readonly=False
    )
    edu_complaint_simple_days = fields.Integer(
        related="company_id.edu_complaint_simple_days", readonly=False
    )
    edu_complaint_general_days = fields.Integer(
        related="company_id.edu_complaint_general_days", readonly=False
    )
    edu_complaint_complex_days = fields.Integer(
        related="company_id.edu_complaint_complex_days", readonly=False
    )
    edu_complaint_progress_days = fields.Integer(
        related="company_id.edu_complaint_progress_days", readonly=False
    )
    edu_complaint_execute_days = fields.Integer(
        related="company_id.edu_complaint_execute_days", readonly=False
    )
    edu_complaint_repair_days = fields.Integer(
        related="company_id.edu_complaint_repair_days", readonly=False
    )
    edu_complaint_pause_days = fields.Integer(
        related="company_id.edu_complaint_pause_days", readonly=False
    )
