from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...const import GROUP_READONLY
from ...logic import trial
from .edu_trial_lesson_followup import FOLLOW_UP, RESCHEDULE
from .edu_trial_lesson_state import STATES


class CrmLead(models.Model):
    """Trial lessons of a lead. A lead that is won or lost needs no more of them."""

    _inherit = "crm.lead"

    edu_trial_ids = fields.One2many(
        "edu.trial.lesson", "lead_id", string="Trial lessons", groups=GROUP_READONLY
    )
    edu_trial_count = fields.Integer(
        string="Number of trial lessons",
        compute="_compute_edu_trial_count",
        groups=GROUP_READONLY,
    )
    # Stored: screening rules, filters and groups ask for it.
    edu_trial_state = fields.Selection(
        STATES,
        string="Trial lesson",
        compute="_compute_edu_trial_state",
        store=True,
        readonly=False,  # spares new leads the compute; nobody may write it
        groups=GROUP_READONLY,
        help="The last result; before there is one, the lesson to come.",
    )

    def _edu_after_create(self):
        self._edu_leave_empty("edu_trial_state")
        return super()._edu_after_create()

    @api.depends("edu_trial_ids")
    def _compute_edu_trial_count(self):
        counts = dict(
            self.env["edu.trial.lesson"]._read_group(
                [("lead_id", "in", self.ids)], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.edu_trial_count = counts.get(lead._origin, 0)

    @api.depends("edu_trial_ids.state", "edu_trial_ids.start_at")
    def _compute_edu_trial_state(self):
        for lead in self:
            lead.edu_trial_state = trial.lead_state(
                [
                    (lesson.start_at, lesson.id, lesson.state)
                    for lesson in lead.edu_trial_ids._origin
                ]
            )

    def action_edu_view_trials(self):
        """Open the trial lessons of the lead, or the form of a first one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._edu_open(
            "edu_trial_lesson_action",
            [("lead_id", "=", self.id)],
            {"default_lead_id": self.id},
        )
        if not self.edu_trial_count:
            action["views"] = [(False, "form")]
        return action

    def action_edu_plan_trial(self):
        """Open a new trial lesson of the lead."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a trial lesson"),
            "res_model": "edu.trial.lesson",
            "views": [(False, "form")],
            "context": {"default_lead_id": self.id},
        }

    def _edu_trial_learner(self):
        """Return the person who will come, if that is a contact already."""
        lead = self.sudo()  # sudo: who plans a lesson may know for whom it is
        customer = lead.partner_id
        if (
            not customer
            or customer.is_company
            or lead.edu_learner_name
            or customer == lead.edu_guardian_id
        ):
            customer = customer.browse()
        return (lead.edu_learner_id or customer).with_env(self.env)

    def _edu_after_trial(self):
        """Who came was in contact; and points may depend on the last result."""
        for lead in self:
            attended = lead.edu_trial_ids.filtered(lambda one: one.state == "attended")
            if attended:
                lead._after_contact(max(attended.mapped("stop_at")))
        screened = self.filtered("edu_intent_proposed")
        screened._rescreen()
        screened._after_screening()

    # ------------------------------------------------------------------ next step
    def _edu_give_step(self, xmlid, steps):
        """Schedule one activity of a type on each lead that has none of it.

        :param dict steps: ``{lead id: (user, days from today, summary)}``
        """
        open_ones = self.env["mail.activity"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(xmlid).id),
            ]
        )
        groups = defaultdict(self.browse)
        for lead in self.browse(self.ids) - self.browse(open_ones.mapped("res_id")):
            user, days, summary = steps[lead.id]
            today = (lead.company_id or self.env.company)._edu_today()
            groups[user, today + timedelta(days=days), summary] |= lead
        for (user, deadline, summary), leads in groups.items():
            # The activity is in the adviser's list; one email each would be a flood.
            leads.with_context(mail_activity_quick_update=True).activity_schedule(
                xmlid, date_deadline=deadline, summary=summary, user_id=user.id
            )

    # ------------------------------------------------------------------ closing
    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        if old_status_by_lead:  # a lead just made has no lessons
            closing = self.filtered(
                lambda lead: (
                    any(new_status_by_lead.get(lead.id, {}).values())
                    and not any(old_status_by_lead.get(lead.id, {}).values())
                )
            )
            closing._edu_cancel_trials()
        return result

    def _after_won(self):
        # sudo: whoever wins the lead, whosever the activities are
        tried = self.sudo().filtered("edu_trial_state")
        tried.activity_unlink([FOLLOW_UP, RESCHEDULE])
        return super()._after_won()

    def _edu_cancel_trials(self):
        """Cancel the lessons to come, and those planned that never took place.

        A confirmed one that has begun keeps waiting for its result.
        """
        if not self:
            return
        # sudo: who closes the lead frees the teachers, whoever planned the lessons
        lessons = self.env["edu.trial.lesson"].sudo()
        now = fields.Datetime.now()
        lessons.search(
            [
                ("lead_id", "in", self.ids),
                ("state", "in", trial.OPEN),
                "|",
                ("state", "=", trial.PLANNED),
                ("start_at", ">", now),
            ]
        ).action_cancel()

    def log_meeting(self, meeting):
        """The lesson's own chatter tells of its event."""
        if self.env.context.get("edu_from_trial_lesson"):
            return self.env["mail.message"]
        return super().log_meeting(meeting)

    # ------------------------------------------------------------------ merging
    def _merge_dependences(self, opportunities):
        """The lessons of merged leads go on with the lead that is left."""
        result = super()._merge_dependences(opportunities)
        # sudo: as the host does for all that hangs on a lead
        opportunities.sudo().edu_trial_ids.write({"lead_id": self.id})
        return result
