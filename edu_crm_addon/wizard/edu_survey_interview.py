from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.satisfaction.edu_survey_campaign import METHODS
from ..models.satisfaction.edu_survey_invitation import DONE, SKIPPED
from ..models.satisfaction.edu_survey_wave import OPEN

BY_PHONE = "phone_interview"
# On paper, too, staff types in what the customer has written.
ENTERED = (BY_PHONE, "field_visit", "face_interview", "questionnaire")


class EduSurveyInterview(models.TransientModel):
    """Staff asks a customer the questions of a wave, and types in the answers."""

    _name = "edu.survey.interview"
    _description = "Enter an answer"

    invitation_id = fields.Many2one("edu.survey.invitation")
    partner_id = fields.Many2one("res.partner", string="Who answers", required=True)
    learner_id = fields.Many2one("res.partner", string="About learner")
    wave_id = fields.Many2one(
        "edu.survey.wave",
        string="Survey",
        required=True,
        domain=[("state", "=", OPEN), ("is_anonymous", "=", False)],
        help="Anonymous surveys are not entered by others.",
    )
    method = fields.Selection(
        [method for method in METHODS if method[0] in ENTERED], required=True
    )

    @api.model
    def default_get(self, fields):
        """Propose what the invitation says, or the wave that waits for the contact."""
        vals = super().default_get(fields)
        invitation = self.env["edu.survey.invitation"].browse(vals.get("invitation_id"))
        if invitation:
            vals["partner_id"] = invitation.partner_id.id
            vals["learner_id"] = invitation.learner_id.id
            vals["wave_id"] = invitation.wave_id.id
        elif not vals.get("wave_id"):
            vals["wave_id"] = self._find_wave(vals.get("partner_id")).id
        method = invitation.method
        vals["method"] = method if method in ENTERED else BY_PHONE
        return {name: value for name, value in vals.items() if name in fields}

    @api.model
    def _find_wave(self, partner_id):
        """Return the open wave that waits for this contact, else the latest one."""
        is_open = [("state", "=", OPEN), ("is_anonymous", "=", False)]
        waiting = self.env["edu.survey.invitation"].search(
            [
                ("partner_id", "=", partner_id),
                ("state", "not in", [DONE, SKIPPED]),
                ("wave_id", "any", is_open),
            ],
            limit=1,
        )
        return waiting.wave_id or self.env["edu.survey.wave"].search(is_open, limit=1)

    def action_begin(self):
        """Open the questions; what is answered there belongs to the customer."""
        self.ensure_one()
        invitation = self._invitation()
        answer = invitation._begin_answer(self.method, self.env.user)
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_start_url(),
            "target": "self",
        }

    def _invitation(self):
        """Return the invitation to answer; a contact nobody invited gets one now."""
        invitation = self.invitation_id or self._find_or_invite()
        # Of a colleague's customer it could show what was answered so far.
        invitation.with_env(self.env).check_access("read")
        return invitation

    def _find_or_invite(self):
        (self.partner_id | self.learner_id).check_access("read")
        self.wave_id.check_access("read")
        if self.partner_id.edu_no_surveys:
            raise UserError(
                self.env._(
                    "%(name)s does not want to be asked.",
                    name=self.partner_id.display_name,
                )
            )
        # sudo: agents invite nobody but whom they are talking with
        invitations = self.env["edu.survey.invitation"].sudo()
        about = self.learner_id.ids or [False, self.partner_id.id]
        found = invitations.search(
            [
                ("wave_id", "=", self.wave_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("learner_id", "in", about),
            ]
        )
        found = found.filtered(lambda i: i.state != DONE)[:1] or found[:1]
        return found or invitations.create(self._prepare_invitation_vals())

    def _prepare_invitation_vals(self):
        customer = self.learner_id or self.partner_id
        # sudo: which enrollment the answer is about
        wave = self.wave_id.sudo()
        [row] = wave._learning({customer: self.partner_id})
        vals = wave._prepare_invitation_vals(row, self.partner_id, False)
        return {**vals, "method": self.method}
