from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What a school promises to who complains, and who gets the complaints that nobody
    else may see.
    """

    _inherit = "res.config.settings"

    # Intake
    edu_compliance_user_id = fields.Many2one(
        related="company_id.edu_compliance_user_id", readonly=False
    )
    edu_complaint_public_form = fields.Boolean(
        related="company_id.edu_complaint_public_form", readonly=False
    )
    edu_complaint_answer_hours = fields.Integer(
        related="company_id.edu_complaint_answer_hours", readonly=False
    )
    # Promises
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
    edu_complaint_answer_days = fields.Integer(
        related="company_id.edu_complaint_answer_days", readonly=False
    )
    edu_complaint_reopen_days = fields.Integer(
        related="company_id.edu_complaint_reopen_days", readonly=False
    )
    # Measures
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
