from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # Onboarding
    edu_require_documents = fields.Boolean(
        related="company_id.edu_require_documents", readonly=False
    )
    edu_require_account = fields.Boolean(
        related="company_id.edu_require_account", readonly=False
    )
    edu_require_schedule = fields.Boolean(
        related="company_id.edu_require_schedule", readonly=False
    )
    edu_send_schedule = fields.Boolean(
        related="company_id.edu_send_schedule", readonly=False
    )
    edu_document_reminder_days = fields.Integer(
        related="company_id.edu_document_reminder_days", readonly=False
    )
    edu_document_expiry_days = fields.Integer(
        related="company_id.edu_document_expiry_days", readonly=False
    )
    # Payment reminders
    edu_reminder_days_1 = fields.Integer(
        related="company_id.edu_reminder_days_1", readonly=False
    )
    edu_reminder_days_2 = fields.Integer(
        related="company_id.edu_reminder_days_2", readonly=False
    )
    edu_reminder_days_3 = fields.Integer(
        related="company_id.edu_reminder_days_3", readonly=False
    )
    # Contract
    edu_contract_rules_en = fields.Html(
        related="company_id.edu_contract_rules_en", readonly=False
    )
    edu_contract_rules_zh = fields.Html(
        related="company_id.edu_contract_rules_zh", readonly=False
    )
