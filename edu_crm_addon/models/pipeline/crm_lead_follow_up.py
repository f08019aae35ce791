from odoo import fields, models

from ...const import GROUP_READONLY
from ...logic import follow_up as rule
from .edu_intent_policy import INTENTS

FOLLOW_UP_ACTIVITY = "edu_crm_addon.mail_activity_type_follow_up"
# Who loads many leads at once plans no activity for each: such leads are late at once,
# and the reminders and the list "Late follow-up" take it from there.
BULK = ("tracking_disable", "import_file", "mail_activity_automation_skip")


class CrmLead(models.Model):
    """Follow-up by intent: a new intent schedules what its level asks for, once.

    That is the plan of activities of the level or, without a plan, one call; either
    after the days of the level. What the former intent scheduled and nobody has done
    goes away, so that nothing piles up.
    """

    _inherit = "crm.lead"

    edu_follow_up_intent = fields.Selection(
        INTENTS,
        string="Followed up as",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
        help="The intent that scheduled the follow-up last.",
    )
    edu_follow_up_ids = fields.Many2many(
        "mail.activity",
        "edu_lead_follow_up_rel",
        "lead_id",
        "activity_id",
        string="Scheduled follow-up",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )

    def _after_screening(self):
        result = super()._after_screening()
        changed = self.filtered(
            lambda lead: lead.edu_intent != lead.edu_follow_up_intent
        )
        for intent, leads in changed.grouped("edu_intent").items():
            leads.edu_follow_up_intent = intent
        if changed and not any(self.env.context.get(key) for key in BULK):
            changed.edu_follow_up_ids.unlink()
            changed.filtered(
                lambda lead: lead.edu_intent and lead._is_open()
            )._schedule_follow_up()
        return result

    def _is_open(self):
        self.ensure_one()
        return self.active and self.won_status == "pending"

    def _schedule_follow_up(self):
        policies = self.env["edu.intent.policy"]
        scheduled = self.env["mail.activity"]
        by_level = self.grouped(lambda lead: (lead.company_id, lead.edu_intent))
        for (company, intent), leads in by_level.items():
            days, plan = policies._follow_up(company.id, intent)
            today = (company or self.env.company)._edu_today()
            due_on = rule.due_on(today, days)
            if plan.sudo().active:
                scheduled += leads._schedule_plan(plan.sudo(), due_on)
            else:
                scheduled += leads._schedule_call(due_on)
        by_lead = scheduled.grouped("res_id")
        # One INSERT for all leads; an assignment to each would be one for each.
        self._fields["edu_follow_up_ids"].write_batch(
            [(lead, by_lead[lead.id]) for lead in self if lead.id in by_lead]
        )

    def _schedule_plan(self, plan, day):
        """Schedule the activities of a plan, as the host's wizard does for one lead."""
        activities = self.env["mail.activity"]
        for step in plan.template_ids:
            by_user = self.grouped(
                lambda lead, step=step: step._determine_responsible(
                    lead._responsible(), lead
                )["responsible"]
            )
            for user, leads in by_user.items():
                activities += leads._schedule(
                    user,
                    date_deadline=step._get_date_deadline(day),
                    activity_type_id=step.activity_type_id.id,
                    summary=step.summary,
                    note=step.note,
                )
        return activities

    def _schedule_call(self, day):
        """Schedule one call, unless something else is planned by then."""
        planned = self._planned()
        without = self.filtered(
            lambda lead: lead.id not in planned or planned[lead.id][0] > day
        )
        activities = self.env["mail.activity"]
        for user, leads in without.grouped(lambda lead: lead._responsible()).items():
            activities += leads._schedule(user, FOLLOW_UP_ACTIVITY, date_deadline=day)
        return activities

    def _schedule(self, user, act_type_xmlid="", **values):
        """Schedule one activity on each lead in the list of ``user``, without email."""
        leads = self.with_context(mail_activity_quick_update=True)
        return leads.activity_schedule(act_type_xmlid, user_id=user.id, **values)

    def _responsible(self):
        """Return the owner, or the team leader where there is none, or nobody."""
        self.ensure_one()
        return (self.user_id | self.team_id.user_id).filtered("active")[:1]

    def _next_step_on(self):
        """Return the day on which the next step of this lead is due by its intent."""
        self.ensure_one()
        lead = self.sudo()  # sudo: the days of a level are no secret
        days, _plan = self.env["edu.intent.policy"]._follow_up(
            lead.company_id.id, lead.edu_intent
        )
        today = (lead.company_id or self.env.company)._edu_today()
        return rule.due_on(today, days)

    def _log_follow_up(self, body, next_on=None, summary=""):
        """Log a contact with the customer of this lead, and plan the next one.

        What was scheduled for a contact up to now is done by it: the call that the
        intent asks for, the steps of its plan that are due, and the reminders.
        """
        self.ensure_one()
        self._message_log(body=body)
        self._after_contact()
        self._done_by_contact().action_archive()
        if next_on:
            user = self.sudo()._responsible() or self.env.user
            self._schedule(
                user,
                FOLLOW_UP_ACTIVITY,
                date_deadline=next_on,
                summary=summary,
                automated=False,
            )

    def _done_by_contact(self):
        lead = (
            self.sudo()
        )  # sudo: whoever logs the contact, whosever the activities are
        today = (lead.company_id or self.env.company)._edu_today()
        call = self.env["ir.model.data"]._xmlid_to_res_id(FOLLOW_UP_ACTIVITY)
        kinds = {call, *self._reminder_type_ids()}
        due = lead.edu_follow_up_ids.filtered(lambda step: step.date_deadline <= today)
        return due | lead.activity_ids.filtered(
            lambda activity: activity.activity_type_id.id in kinds
        )

    def _planned(self):
        """Return {lead id: (first, last due date)} of what is planned on these leads.

        A reminder is no plan: it says that there is none.
        """
        rows = (
            self.env["mail.activity"]
            .sudo()  # sudo: an activity counts, whoever may see it
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("active", "=", True),
                    ("activity_type_id", "not in", self._reminder_type_ids()),
                ],
                ["res_id"],
                ["date_deadline:min", "date_deadline:max"],
            )
        )
        return {lead_id: (first, last) for lead_id, first, last in rows}
