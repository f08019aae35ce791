from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    edu_measure_agent_limit = fields.Monetary(
        related="company_id.edu_measure_agent_limit",
        readonly=False,
        currency_field="currency_id",
    )
    edu_measure_leader_limit = fields.Monetary(
        related="company_id.edu_measure_leader_limit",
        readonly=False,
        currency_field="currency_id",
    )
    edu_voucher_program_id = fields.Many2one(
        related="company_id.edu_voucher_program_id", readonly=False
    )
    edu_voucher_days = fields.Integer(
        related="company_id.edu_voucher_days", readonly=False
    )
    edu_repair_days = fields.Integer(
        related="company_id.edu_repair_days", readonly=False
    )
    edu_recent_complaint_days = fields.Integer(
        related="company_id.edu_recent_complaint_days", readonly=False
    )
    edu_alarm_count = fields.Integer(
        related="company_id.edu_alarm_count", readonly=False
    )
    edu_alarm_days = fields.Integer(related="company_id.edu_alarm_days", readonly=False)
