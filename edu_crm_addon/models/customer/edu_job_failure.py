from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("customer_relationship", "Lost customers"),
            ("customer_completeness", "Learners who come of age"),
            ("customer_verification", "Reminders to verify customers"),
        ],
        ondelete={
            "customer_relationship": "cascade",
            "customer_completeness": "cascade",
            "customer_verification": "cascade",
        },
    )
