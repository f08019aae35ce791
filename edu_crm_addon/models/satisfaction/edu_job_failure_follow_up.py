from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("survey_follow_up", "Follow-ups of low scores"),
            ("survey_reask", "Second questions after low scores"),
        ],
        ondelete={"survey_follow_up": "cascade", "survey_reask": "cascade"},
    )
