from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import trial

FOLLOW_UP = "edu_crm_addon.mail_activity_type_trial_follow_up"
RESCHEDULE = "edu_crm_addon.mail_activity_type_trial_reschedule"
RESULT = "edu_crm_addon.mail_activity_type_trial_result"
ACTIVITIES = {trial.FOLLOW_UP: FOLLOW_UP, trial.RESCHEDULE: RESCHEDULE}
CONFIRMATION = "edu_crm_addon.mail_template_edu_trial_lesson_confirmation"
STEP = "trial"


class EduTrialLesson(models.Model):
    """What a trial lesson sets going: the lead's stage, and the adviser's next step."""

    _inherit = "edu.trial.lesson"

    is_result_asked = fields.Boolean(
        string="Result asked for",
        readonly=True,
        copy=False,
        help="The adviser was reminded once to record the result.",
    )

    def _after_created(self):
        """Called once for new lessons."""
        # sudo: who plans a lesson has done what was asked on the lead, whosever it is
        planned = self.sudo().filtered(lambda lesson: lesson.state in trial.OPEN)
        planned.lead_id.activity_feedback([RESCHEDULE])
        self._after_state_changed()

    def _after_state_changed(self):
        """Called for lessons whose state is new."""
        # sudo: who plans a lesson of a lead moves it, whosever it is
        booked = self.sudo().filtered(lambda lesson: lesson.state in trial.BOOKED)
        booked.lead_id._edu_move_to_step(STEP)
        # sudo: the request is done with, whoever was asked
        settled = self.sudo().filtered(lambda lesson: lesson.state != trial.CONFIRMED)
        settled.activity_unlink([RESULT])
        self._give_next_step()
        # sudo: the points of a lead follow, whosever it is
        self.sudo().lead_id._edu_after_trial()

    def _after_changed(self, names):
        """Called for lessons of which ``names`` changed, but not the state."""
        if "start_at" in names:
            self.filtered("is_result_asked").is_result_asked = False

    # ------------------------------------------------------------------ the lead
    def _give_next_step(self):
        """Give the adviser one thing to do after the result, if the lead is open."""
        steps = defaultdict(dict)
        for lesson in self.sudo():  # sudo: who plans a lesson moves on the lead
            step = trial.next_step(lesson.state, lesson.outcome)
            if step and lesson.lead_id.won_status == "pending":
                steps[step.kind][lesson.lead_id.id] = (
                    lesson.user_id or lesson.lead_id.user_id,
                    step.days,
                    self._summary(step.kind, lesson.outcome),
                )
        for kind, leads in steps.items():
            self.env["crm.lead"].sudo().browse(leads)._edu_give_step(
                ACTIVITIES[kind], leads
            )

    def _summary(self, kind, outcome):
        if kind == trial.RESCHEDULE:
            return self.env._("Trial lesson missed: offer another date")
        return {
            trial.ENROLL: self.env._("Wants to enroll: prepare the contract"),
            trial.NOT_INTERESTED: self.env._("Not interested: ask for the reason"),
        }.get(outcome, self.env._("Call about the trial lesson"))

    # ------------------------------------------------------------------ the family
    def action_send_confirmation(self):
        """Open the composer with the confirmation to the family."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send confirmation"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": self.env.ref(CONFIRMATION).id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["contact_id"]

    def _mail_get_primary_email(self):
        # sudo: who sees the lesson may write to the family
        return {lesson.id: lesson.lead_id.email_from for lesson in self.sudo()}

    # ------------------------------------------------------------------ nightly
    @api.model
    def _cron_ask_results(self):
        """Nightly: remind the advisers once of lessons without result."""
        self.env["edu.job.failure"]._run_job(
            "trial_result", self._without_result(), type(self)._ask_result
        )

    @api.model
    def _without_result(self):
        """Return the confirmed lessons that are over for longer than they may be."""
        now = fields.Datetime.now()
        companies = self.env["res.company"].search(
            [("edu_trial_result_hours", ">=", 0)]
        )
        late = Domain.OR(
            Domain("company_id", "in", group.ids)
            & Domain("stop_at", "<", trial.result_limit(now, hours))
            for hours, group in companies.grouped("edu_trial_result_hours").items()
        )
        return self.search(
            Domain("state", "=", trial.CONFIRMED)
            & Domain("is_result_asked", "=", False)
            & late
        )

    def _ask_result(self):
        for user, lessons in self.grouped(
            lambda lesson: lesson.user_id or lesson.lead_id.user_id
        ).items():
            # The activity is in the adviser's list; one email each would be a flood.
            lessons.with_context(mail_activity_quick_update=True).activity_schedule(
                RESULT, user_id=user.id
            )
        self.is_result_asked = True
