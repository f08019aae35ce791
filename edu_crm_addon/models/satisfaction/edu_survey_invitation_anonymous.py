from odoo import models
from odoo.tools import SQL


class EduSurveyInvitation(models.Model):
    """An invitation to an anonymous wave says that it was answered, not when."""

    _inherit = "edu.survey.invitation"

    def _forget_times(self):
        """Let the invitations be as old as the day on which they were made."""
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE edu_survey_invitation"
                " SET write_date = create_date, write_uid = create_uid WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(flush=False)
