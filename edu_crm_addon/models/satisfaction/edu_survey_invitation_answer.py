from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .edu_survey_invitation import DONE, OPENED, PARTIAL, SENT, SKIPPED, WAITING

# Whoever was left out for these may still be asked in person.
STILL_ASKED = {"capped", "no_address", "not_delivered"}
# What a link leads to: the questions, or a page that says why not.
READY, ANSWERED, EARLY, CLOSED, LEFT_OUT = (
    "ready",
    "answered",
    "early",
    "closed",
    "left_out",
)


class EduSurveyInvitation(models.Model):
    """The answer of an invitation: made once, on the first visit or in an interview."""

    _inherit = "edu.survey.invitation"

    def _get_url(self):
        """Return the personal link; whoever has it answers as the person asked."""
        self.ensure_one()
        # sudo: who may send the invitation gets the link of it
        return f"{self._get_base()}/survey/invited/{self.sudo().token}"

    def _get_opt_out_url(self):
        """Return the link to the page where the person asked says: no more surveys."""
        return f"{self._get_url()}/stop"

    def _get_base(self):
        """Return where the company's links begin."""
        # sudo: the address of the server is no secret
        return self.company_id.sudo().get_base_url()

    def _find_by_token(self, token):
        """Return the invitation of a link, as superuser."""
        # sudo: the link is the right; nobody is logged in
        return self.sudo().search([("token", "=", token or "")], limit=1)

    def _find_answer(self):
        """Return the answer, as superuser; an anonymous one until it is done only."""
        # sudo: the invitation is the right
        return (
            self.env["survey.user_input"]
            .sudo()
            .search([("edu_invitation_id", "in", self.ids)])
        )

    def _answer_status(self):
        """Return the code of what the link leads to."""
        self.ensure_one()
        # sudo: the questionnaire is the host's and has rights of its own
        wave = self.sudo().wave_id
        if self.state == DONE:
            return ANSWERED
        if wave.state == "draft":
            return EARLY
        if not wave._takes_answers():
            return CLOSED
        if self.state == SKIPPED and self.skip_reason not in STILL_ASKED:
            return LEFT_OUT
        return READY

    def _begin_answer(self, method=None, interviewer=None):
        """Return the answer, as superuser, which is made the first time.

        Two tabs, or a link and an interview, get the same one.

        :param method: how it is given, if not as the invitation says
        :param interviewer: the user who types in what the person says
        """
        self.ensure_one()
        self._lock_answer()
        self._check_may_answer(interviewer)
        answer = self._find_answer()
        if not answer:
            answer = self._create_answer(method, interviewer)
        elif interviewer or (answer.edu_interviewer_id and answer.state == "new"):
            answer._set_interviewer(method or self.method, interviewer)
        self._set_opened()
        return answer

    def _lock_answer(self):
        """Let one visit at a time decide whether there is an answer."""
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                "SELECT id FROM edu_survey_invitation WHERE id = %s FOR NO KEY UPDATE",
                self.id,
            )
        )
        self.invalidate_recordset()

    def _check_may_answer(self, interviewer):
        if self._answer_status() != READY:
            raise UserError(
                self.env._(
                    "This survey takes no answer of %(name)s.",
                    name=self.partner_id.display_name,
                )
            )
        if interviewer and self.is_anonymous:
            raise UserError(
                self.env._(
                    "An anonymous survey is not asked by an interviewer: who asks "
                    "knows who answers."
                )
            )

    def _create_answer(self, method, interviewer):
        survey = self.sudo().wave_id.survey_id.with_env(self.env)
        vals = self._prepare_answer_vals(method, interviewer)
        if self.is_anonymous:
            return survey._edu_begin_unnamed(vals)
        answer = survey._edu_begin(self.partner_id, vals)
        # sudo: it follows from the visit, nobody writes it
        self.sudo().input_id = answer
        return answer

    def _prepare_answer_vals(self, method, interviewer):
        lang = self.partner_id.lang
        # An interviewer reads the questions out; a rare language would tell a name.
        is_spoken = interviewer or self.is_anonymous
        supported = self.sudo().wave_id.survey_id._get_supported_lang_codes()
        return {
            "edu_wave_id": self.wave_id.id,
            "edu_invitation_id": self.id,
            "edu_is_anonymous": self.is_anonymous,
            "edu_method": method or self.method,
            "edu_interviewer_id": interviewer and interviewer.id,
            "lang_id": not is_spoken
            and lang in supported
            and self.env["res.lang"]._get_data(code=lang).id,
        }

    # ------------------------------------------------------------------ state
    def _set_opened(self):
        return self._update_state({WAITING, SENT, SKIPPED}, OPENED)

    def _set_partial(self):
        return self._update_state({WAITING, SENT, OPENED, SKIPPED}, PARTIAL)

    def _set_done(self):
        """Note that they answered, by one plain update: every answer pays for it."""
        if not self:
            return
        names = ["state", "skip_reason", "next_reminder_on"]
        self.flush_recordset(names)
        self.env.cr.execute(
            SQL(
                "UPDATE edu_survey_invitation SET state = %s, skip_reason = NULL,"
                " next_reminder_on = NULL WHERE id IN %s",
                DONE,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(names, flush=False)
        self.modified(["state"])

    def _update_state(self, allowed, target):
        """Write ``target`` where the state is one of ``allowed``; return those."""
        changing = self.filtered(lambda invitation: invitation.state in allowed)
        vals = {"state": target}
        if target != SKIPPED:
            vals["skip_reason"] = False
        # sudo: the state follows from what happened, nobody writes it
        changing.sudo().write(vals)
        return changing
