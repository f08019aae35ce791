import uuid

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .edu_survey_invitation import DONE
from .edu_survey_wave import CLOSED

# What the host knows of whom an answer comes from, and what leads to the invitation.
PERSON = (
    "partner_id",
    "email",
    "nickname",
    "invite_token",
    "lang_id",
    "deadline",
    "last_displayed_page_id",
    "edu_invitation_id",
    "edu_interviewer_id",
)


class SurveyUserInput(models.Model):
    """An answer to an anonymous wave forgets who gave it, and when.

    While it is filled in, the invitation leads to it: the person may stop and go on. As
    soon as it is done nothing does; every time of it is the first day of the wave.
    """

    _inherit = "survey.user_input"

    @api.model_create_multi
    def create(self, vals_list):
        waves = self.env["edu.survey.wave"].browse(
            {vals["edu_wave_id"] for vals in vals_list if vals.get("edu_wave_id")}
        )
        # sudo: whether a wave is anonymous binds everybody who answers
        secret = waves.sudo().filtered("is_anonymous")
        if CLOSED in secret.mapped("state"):
            # Figures before and after would differ by one answer.
            raise UserError(self.env._("This anonymous wave is closed."))
        for vals in vals_list:
            if vals.get("edu_wave_id") in secret.ids:
                vals.update(dict.fromkeys(PERSON[:4], False), edu_is_anonymous=True)
        if not secret:
            return super().create(vals_list)
        # No message and no follower would know who made it.
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        return super(SurveyUserInput, quiet).create(vals_list).with_env(self.env)

    def write(self, vals):
        # sudo: whether they are anonymous, whoever writes
        done = self.sudo().filtered("edu_is_anonymous")
        done = done.filtered(lambda a: a.state == "done" and not a.edu_invitation_id)
        result = super().write(vals)
        done._cut_times()
        return result

    def _mark_done(self):
        # sudo: a respondent has no rights on the own answer
        secret = self.sudo().filtered("edu_is_anonymous")
        named = (self.sudo() - secret).filtered(
            lambda answer: answer.state != "done" and not answer.test_entry
        )
        secret._check_still_open()
        result = super()._mark_done()
        secret._forget()
        named._after_named_answer()
        return result

    def _after_named_answer(self):
        """Hook: somebody known has finished these, as superuser.

        Higher areas come here rather than to ``_mark_done``: nothing is done with an
        answer after it was forgotten who gave it.
        """

    def _check_still_open(self):
        """Refuse what comes while the wave is being closed: figures are final then.

        The lock lets a wave that closes wait for answers that are being sent.
        """
        if not self.edu_wave_id:
            return
        self.edu_wave_id.flush_recordset(["state"])
        rows = self.env.execute_query(
            SQL(
                "SELECT state FROM edu_survey_wave WHERE id IN %s FOR SHARE",
                tuple(self.edu_wave_id.ids),
            )
        )
        if (CLOSED,) in rows:
            raise UserError(self.env._("This anonymous wave is closed."))

    def _notify_new_participation_subscribers(self):
        """Post nothing about anonymous answers: a message has an author and a time."""
        known = self - self.sudo().filtered("edu_is_anonymous")
        return super(SurveyUserInput, known)._notify_new_participation_subscribers()

    def _forget(self):
        """Cut whatever leads from the answers to the people, and back."""
        if not self:
            return
        invitations = self.edu_invitation_id
        invitations.write({"state": DONE, "input_id": False, "next_reminder_on": False})
        invitations._forget_times()
        self._forget_talk()
        for answer in self:
            # The address of the page is in the browser and in logs of the server.
            token = str(uuid.uuid4())
            answer.write({**dict.fromkeys(PERSON, False), "access_token": token})
        self._cut_times()

    def _forget_talk(self):
        on = [("res_id", "in", self.ids)]
        self.env["mail.message"].search([("model", "=", self._name), *on]).unlink()
        for model in ("mail.followers", "mail.activity"):
            self.env[model].search([("res_model", "=", self._name), *on]).unlink()

    def _cut_times(self):
        """Let every time be the first day of the wave, and the system the author."""
        if not self:
            return
        self.env.flush_all()
        for table, key, times in (
            (self._table, "id", ("start_datetime", "end_datetime")),
            (self.user_input_line_ids._table, "user_input_id", ()),
        ):
            names = ("create_date", "write_date", *times)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET create_uid = 1, write_uid = 1, %s"
                    " FROM survey_user_input i"
                    " JOIN edu_survey_wave w ON w.id = i.edu_wave_id"
                    " WHERE i.id = t.%s AND i.id IN %s",
                    SQL.identifier(table),
                    SQL(", ").join(
                        SQL("%s = w.date_start", SQL.identifier(name)) for name in names
                    ),
                    SQL.identifier(key),
                    tuple(self.ids),
                )
            )
        self.invalidate_recordset(flush=False)
        self.user_input_line_ids.invalidate_recordset(flush=False)
