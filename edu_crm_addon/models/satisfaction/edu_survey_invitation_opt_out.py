from odoo import models

from .edu_survey_invitation import DONE, SKIPPED


class EduSurveyInvitation(models.Model):
    """The person asked says by the link: no more surveys, or surveys again."""

    _inherit = "edu.survey.invitation"

    def _opt_out(self):
        """Ask this person nothing more, also not what was asked already."""
        self._set_no_surveys(
            True, self.env._("No more surveys, by the link of an invitation.")
        )
        # sudo: nobody is logged in
        others = self.sudo().search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "not in", [DONE, SKIPPED]),
                ("next_reminder_on", "!=", False),
            ]
        )
        others.next_reminder_on = False

    def _opt_in(self):
        self._set_no_surveys(
            False, self.env._("Surveys again, by the link of an invitation.")
        )

    def _set_no_surveys(self, value, note):
        # sudo: the link is the right; nobody is logged in
        people = self.sudo().partner_id.filtered(
            lambda partner: partner.edu_no_surveys != value
        )
        people.edu_no_surveys = value
        for partner in people:
            partner._message_log(body=note)
