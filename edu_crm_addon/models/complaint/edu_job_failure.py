from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("complaint_acknowledge", "Acknowledgements of complaints"),
            ("complaint_promise", "Promises about complaints"),
        ],
        ondelete={
            "complaint_acknowledge": "cascade",
            "complaint_promise": "cascade",
        },
    )
