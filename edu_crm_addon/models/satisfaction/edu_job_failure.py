from odoo import fields, models


class EduJobFailure(models.Model):
    _inherit = "edu.job.failure"

    job = fields.Selection(
        selection_add=[
            ("survey_close", "Closing of survey waves"),
            ("survey_finish", "End of survey campaigns"),
            ("survey_wave", "Regular survey waves"),
            ("survey_fill", "Audience of survey waves"),
            ("survey_event", "Events that are asked about"),
            ("survey_send", "Survey invitations"),
            ("survey_remind", "Survey reminders"),
        ],
        ondelete={
            "survey_close": "cascade",
            "survey_finish": "cascade",
            "survey_wave": "cascade",
            "survey_fill": "cascade",
            "survey_event": "cascade",
            "survey_send": "cascade",
            "survey_remind": "cascade",
        },
    )
