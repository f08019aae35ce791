from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...logic import small_cells
from .edu_survey_campaign_anonymous import ANONYMOUS_BY
from .edu_survey_invitation import SKIPPED, WAITING
from .edu_survey_wave import CLOSED
from .renumber import renumber

# What was promised to whoever answers.
PROMISE = ("is_anonymous", "anonymous_by", "survey_id", "campaign_id")


class EduSurveyWave(models.Model):
    """An anonymous wave keeps its promise, and tells figures once it is closed.

    Closing seals it: answers begun are deleted, those given get new ids by lot. It does
    not open again, because figures before and after would differ by one answer.
    """

    _inherit = "edu.survey.wave"

    anonymous_by = fields.Selection(ANONYMOUS_BY, string="Figures by", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        campaigns = self.env["edu.survey.campaign"]
        for vals in vals_list:
            campaign = campaigns.browse(vals.get("campaign_id"))
            vals.setdefault("anonymous_by", campaign.anonymous_by)
        waves = super().create(vals_list)
        waves.filtered("is_anonymous")._check_asks_no_name()
        return waves

    def write(self, vals):
        changed = self.filtered(
            lambda wave: any(
                wave._fields[name].convert_to_write(wave[name], wave) != vals[name]
                for name in PROMISE
                if name in vals
            )
        )
        changed._check_promise()
        secret = self.filtered("is_anonymous") if "state" in vals else self.browse()
        closed = secret.filtered(lambda wave: wave.state == CLOSED)
        if closed and vals["state"] != CLOSED:
            raise UserError(self.env._("An anonymous wave is not opened again."))
        result = super().write(vals)
        if vals.get("is_anonymous"):
            self._check_asks_no_name()
        if vals.get("state") == CLOSED:
            (secret - closed)._seal()
        return result

    def _check_asks_no_name(self):
        """Refuse questionnaires of anonymous waves that ask who answers."""
        # sudo: what is asked, whoever may read the questionnaire
        surveys = self.sudo().survey_id
        naming = surveys.question_ids.filtered(
            lambda question: question.save_as_email or question.save_as_nickname
        )
        if naming or surveys.filtered("users_login_required"):
            raise UserError(
                self.env._(
                    "An anonymous survey neither asks for a name or an email address "
                    "nor needs a login. Choose another questionnaire."
                )
            )

    def _check_promise(self):
        """Refuse to change what people were told when they were asked."""
        if not self:
            return
        # sudo: an answer may be anyone's
        waves = self.sudo()
        invited = [("wave_id", "in", self.ids), ("state", "not in", [WAITING, SKIPPED])]
        answered = [("edu_wave_id", "in", self.ids)]
        if waves.env["edu.survey.invitation"].search_count(invited, limit=1) or (
            waves.env["survey.user_input"].search_count(answered, limit=1)
        ):
            raise UserError(
                self.env._(
                    "People were asked already: what they were promised, and what they "
                    "are asked, does not change any more."
                )
            )

    def _seal(self):
        """Leave nothing in which order or time tells who answered what."""
        if not self:
            return
        # sudo: nobody has rights on anonymous answers
        answers = self.env["survey.user_input"].sudo()
        answers = answers.search([("edu_wave_id", "in", self.ids)])
        done = answers.filtered(lambda a: a.state == "done" and not a.test_entry)
        (answers - done).unlink()
        self.sudo().invitation_ids._forget_times()
        scores = self.env["edu.satisfaction.score"].sudo()
        renumber(scores.search([("wave_id", "in", self.ids)]))
        renumber(done.user_input_line_ids)
        renumber(done, access_token=SQL("gen_random_uuid()::text"))

    # ------------------------------------------------------------------ figures
    def _may_publish(self):
        """Tell whether figures of all answers together may be shown."""
        self.ensure_one()
        if not self.is_anonymous:
            return True
        # sudo: how many answered is no secret
        done = [("edu_wave_id", "=", self.id), ("state", "=", "done")]
        count = self.env["survey.user_input"].sudo().search_count(done)
        return self.state == CLOSED and small_cells.may_show(count)
