from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic import low_score as rule
from .claim import claim
from .edu_survey_campaign import CANCELED
from .edu_survey_invitation import SKIPPED, WAITING

JOB = "survey_reask"


class EduSatisfactionFollowUp(models.Model):
    """Did it help? Who was called is asked one question, some days afterwards.

    The question belongs to the same campaign, in a wave of its own for each month. The
    rest between surveys does not hold for it; who wants no surveys is not asked.
    """

    _inherit = "edu.satisfaction.follow.up"

    def action_ask_again(self):
        """Ask now, without waiting for the job."""
        self.check_access("write")
        todo = self.filtered(lambda f: f._may_ask_again())
        if not todo:
            raise UserError(
                self.env._(
                    "Only who was followed up, and not yet asked, is asked; and nobody "
                    "of a canceled campaign."
                )
            )
        todo._ask_again()

    def _may_ask_again(self):
        self.ensure_one()
        # sudo: a campaign that is canceled asks nobody, whoever may read it
        state = self.sudo().campaign_id.state
        return self.state == rule.DONE and not self.reask_id and state != CANCELED

    def _ask_again(self):
        """Invite the customers of these to the second question; safe to repeat."""
        # sudo: invitations are made by the addon, for whoever may finish a follow-up
        todo = self.sudo().filtered(lambda f: f._may_ask_again())
        # A click and the job, or two clicks, ask once.
        todo = claim(todo)
        by_campaign = defaultdict(self.sudo().browse)
        for follow_up in todo.filtered("campaign_id"):
            by_campaign[follow_up.campaign_id] |= follow_up
        for campaign, follow_ups in by_campaign.items():
            wave = campaign._find_reask_wave()
            vals_list = [f._prepare_reask(wave) for f in follow_ups]
            invitations = self.env["edu.survey.invitation"].sudo().create(vals_list)
            for follow_up, invitation in zip(follow_ups, invitations, strict=True):
                follow_up._set_asked(invitation)
            campaign._trigger_job()

    def _set_asked(self, invitation):
        vals = {"reask_id": invitation.id, "reask_count": self.reask_count + 1}
        if invitation.state == SKIPPED:
            # Nobody was asked; staff may still ask in person.
            self.write(vals)
        else:
            self._update_state((rule.DONE,), rule.ASKED, **vals)

    def _prepare_reask(self, wave):
        self.ensure_one()
        reason = self._why_not_asked()
        return {
            "wave_id": wave.id,
            "partner_id": self.partner_id.id,
            "learner_id": self.learner_id.id,
            "user_id": self.user_id.id,
            "role": self.input_id.edu_invitation_id.role,
            "enrollment_id": self.input_id.edu_invitation_id.enrollment_id.id,
            "event_key": f"{self._name},{self.id},{self.reask_count + 1}",
            "method": wave.method,
            "is_reask": True,
            "state": SKIPPED if reason else WAITING,
            "skip_reason": reason,
        }

    def _why_not_asked(self):
        partner = self.partner_id
        if not partner.active:
            return "archived"
        if partner.edu_no_surveys or partner.is_blacklisted:
            return "opted_out"
        return False if partner.email_normalized else "no_address"

    # ------------------------------------------------------------------ the new answer
    @api.model
    def _take_answers(self, scores):
        """Note what the customers said when they were asked again."""
        again = scores.filtered(
            lambda s: s.is_reask and s.has_experience and not s.is_anonymous
        )
        by_invitation = again.grouped(lambda s: s.input_id.edu_invitation_id)
        invitations = [key.id for key in by_invitation if key]
        if not invitations:
            return
        for follow_up in self.search([("reask_id", "in", invitations)]):
            follow_up._take_answer(by_invitation[follow_up.reask_id])

    def _take_answer(self, rows):
        self.ensure_one()
        score = min(rows.mapped("experience"))
        state = rule.outcome(score, self.low_score)
        moved = self._update_state(
            (rule.DONE, rule.ASKED),
            state,
            new_score=score,
            date_new_score=rows[:1].date,
        )
        if state == rule.NOT_RECOVERED:
            moved._ask_to_call()

    # ------------------------------------------------------------------ job
    @api.model
    def _cron_ask_again(self):
        """Ask those who were called long enough ago, by the rule of their company."""
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_done",
                "<=",
                company._edu_today() - timedelta(days=company.edu_reask_days),
            )
            for company in self.env["res.company"].search([("edu_reask_days", ">", 0)])
        )
        todo = self.search(
            Domain("state", "=", rule.DONE)
            & Domain("reask_id", "=", False)
            & Domain("campaign_id", "!=", False)
            & Domain("campaign_id.state", "!=", CANCELED)
            & due,
            order="id",
        )
        step = type(self)._ask_again
        return self.env["edu.job.failure"]._run_job(JOB, todo, step, size=100)
