from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

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
