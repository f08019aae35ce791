from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[("complaint_answer", "Complaints without an answer")],
        ondelete={"complaint_answer": "cascade"},
    )
