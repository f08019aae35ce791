from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("lead_screening", "Screening of leads"),
            ("lead_follow_up", "Reminders of late follow-ups"),
            ("lead_stage_limit", "Reminders of stage time limits"),
            ("trial_result", "Reminders to record trial lessons"),
        ],
        ondelete={
            "lead_screening": "cascade",
            "lead_follow_up": "cascade",
            "lead_stage_limit": "cascade",
            "trial_result": "cascade",
        },
    )
