from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("enrollment_roll", "State of enrollments"),
            ("contract_pdf", "PDF of contracts"),
            ("enrollment_mail", "Mails to families"),
            ("enrollment_documents", "Reminders of documents"),
            ("payment_reminder", "Payment reminders"),
        ],
        ondelete={
            "enrollment_roll": "cascade",
            "contract_pdf": "cascade",
            "enrollment_mail": "cascade",
            "enrollment_documents": "cascade",
            "payment_reminder": "cascade",
        },
    )
