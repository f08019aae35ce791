from odoo import api, models
from odoo.fields import Domain

from .edu_survey_invitation import DONE, OPENED, PARTIAL, SENT
from .edu_survey_invitation_answer import READY

SHOWN = [SENT, OPENED, PARTIAL, DONE]


class EduSurveyInvitation(models.Model):
    """What customers see of the surveys they were asked to answer.

    They have no right on invitations, not even by RPC: pages find the record by
    `_portal_find`, and show nothing but what `_portal_row` returns.
    """

    _inherit = "edu.survey.invitation"

    @api.model
    def _portal_domain(self):
        """Return which invitations are the current user's own."""
        user = self.env.user
        if user._is_public():
            return Domain.FALSE
        return Domain("partner_id", "=", user.partner_id.id) & Domain(
            "company_id", "in", user.company_ids.ids
        )

    @api.model
    def _portal_shown(self):
        """Return which of them are listed: those that were sent."""
        return self._portal_domain() & Domain("state", "in", SHOWN)

    @api.model
    def _portal_find(self, invitation_id):
        """Return the invitation, as superuser, if it is the current user's own."""
        # sudo: the domain is the right
        return self.sudo().search(
            Domain("id", "=", invitation_id) & self._portal_domain()
        )

    def _portal_row(self):
        """Return one line of the list."""
        self.ensure_one()
        status = self._answer_status()
        company = self.company_id
        # When an anonymous answer was given is not kept.
        answered_at = not self.is_anonymous and self.input_id.end_datetime
        return {
            "id": self.id,
            "title": self.wave_id.survey_id.title,
            "learner": self.learner_id != self.partner_id and self.learner_id.name,
            "company": company.name,
            "status": status,
            "is_open": status == READY,
            "is_begun": self.state == PARTIAL,
            "is_anonymous": self.is_anonymous,
            "date_end": self.wave_id.date_end,
            "invited_on": self.sent_at and company._edu_today(self.sent_at),
            "answered_on": answered_at and company._edu_today(answered_at),
            "has_answers": self.state == DONE and bool(self.input_id),
        }

    def _portal_answers_url(self):
        """Return where one's own answers are read, if they are kept with the name."""
        self.ensure_one()
        if self.is_anonymous or self.state != DONE or not self.input_id:
            return None
        return self.input_id.get_print_url()
