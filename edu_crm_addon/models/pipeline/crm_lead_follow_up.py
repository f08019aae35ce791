from odoo import fields, models

from ...const import GROUP_READONLY
from ...logic import follow_up as rule
from .edu_intent_policy import INTENTS

FOLLOW_UP_ACTIVITY = "edu_crm_addon.mail_activity_type_follow_up"
LATE_REMINDER = "edu_crm_addon.mail_activity_type_late"
LIMIT_REMINDER = "edu_crm_addon.mail_activity_type_stage_limit"
# Who loads many leads at once plans no activity for each: such leads are late at once,
# and the reminders and the list "Late follow-up" take it from there.
BULK = ("tracking_disable", "import_file", "mail_activity_automation_skip")


class CrmLead(models.Model):
    """Follow-up by intent: a new intent schedules what its level asks for, once.

    That is the plan of activities of the level or, without a plan, one call; either
    after the days of the level. What the former intent scheduled and nobody has done
    goes away, so that nothing piles up. It goes to the next owner with the lead.

    The next step on a lead is what is planned, for whom, and what a contact settles.
    Planned is an activity that nobody has done yet, or a meeting to come, as of a trial
    lesson. A reminder is no plan: it says that there is none.
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

    # ------------------------------------------------------------------ a new owner
    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: who hands over a lead need not see what is scheduled on it
        followed = self.sudo().filtered(
            lambda lead: (
                lead.edu_follow_up_intent
                or lead.edu_reminded_at
                or lead.edu_limit_reminded_at
            )
        )
        owners = {lead.id: lead._responsible() for lead in followed}
        result = super().write(vals)
        followed._pass_on(owners)
        return result

    def _pass_on(self, owners):
        """Give what was scheduled for ``owners`` {lead id: user} to the new ones."""
        moved = self.filtered(lambda lead: lead._responsible() != owners[lead.id])
        if not moved:
            return
        steps = moved.edu_follow_up_ids | moved._open_reminders()
        leads = {lead.id: lead for lead in moved}
        theirs = steps.filtered(
            lambda step: step.user_id in (owners[step.res_id], step.user_id.browse())
        )
        theirs = theirs.with_context(mail_activity_quick_update=True)
        for user, group in theirs.grouped(
            lambda step: leads[step.res_id]._responsible()
        ).items():
            group.user_id = user

    # ------------------------------------------------------------------ a new intent
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

    def _schedule_follow_up(self):
        policies = self.env["edu.intent.policy"]
        scheduled = self.env["mail.activity"]
        by_level = self.grouped(lambda lead: (lead.company_id, lead.edu_intent))
        for (company, intent), leads in by_level.items():
            days, plan = policies._follow_up(company.id, intent)
            day = rule.due_on((company or self.env.company)._edu_today(), days)
            # sudo: the steps of a plan are scheduled, whoever may see the plan
            if plan.sudo().active:
                scheduled += leads._schedule_plan(plan.sudo(), day)
            else:
                scheduled += leads._schedule_call(day)
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

    # ------------------------------------------------------------------ the next step
    def _is_open(self):
        self.ensure_one()
        return self.active and self.won_status == "pending"

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
        return rule.due_on((lead.company_id or self.env.company)._edu_today(), days)

    # ------------------------------------------------------------------ planned
    def _planned(self):
        """Return {lead id: (first, last day)} of what is planned, in two queries."""
        days = {}
        for lead_id, first, last in self._planned_activities():
            days[lead_id] = [first, last]
        companies = {lead.id: lead.company_id or self.env.company for lead in self}
        for lead, first, last in self._meetings_to_come():
            clock = companies[lead.id]
            found = days.setdefault(lead.id, [])
            found += [clock._edu_today(first), clock._edu_today(last)]
        return {lead_id: (min(found), max(found)) for lead_id, found in days.items()}

    def _planned_activities(self):
        # sudo: an activity counts, whoever may see it
        activities = self.env["mail.activity"].sudo()
        return activities._read_group(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("active", "=", True),
                ("activity_type_id", "not in", self._reminder_type_ids()),
            ],
            ["res_id"],
            ["date_deadline:min", "date_deadline:max"],
        )

    def _meetings_to_come(self):
        # sudo: a meeting counts, whoever may see it
        meetings = self.env["calendar.event"].sudo()
        return meetings._read_group(
            [
                ("opportunity_id", "in", self.ids),
                ("active", "=", True),
                ("start", ">=", fields.Datetime.now()),
            ],
            ["opportunity_id"],
            ["start:min", "start:max"],
        )

    def _reminder_type_ids(self):
        find = self.env["ir.model.data"]._xmlid_to_res_id
        return [find(name) for name in (LATE_REMINDER, LIMIT_REMINDER)]

    def _open_reminders(self, *type_ids):
        """Return the reminders on these leads, of some types or of all."""
        # sudo: reminders of whoever they are
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", type_ids or self._reminder_type_ids()),
                ]
            )
        )

    # ------------------------------------------------------------------ scheduling
    def _schedule(self, user, act_type_xmlid="", **values):
        """Schedule one activity on each lead in the list of ``user``, without email."""
        leads = self.with_context(mail_activity_quick_update=True)
        return leads.activity_schedule(act_type_xmlid, user_id=user.id, **values)

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
            self._schedule(
                self.sudo()._responsible() or self.env.user,
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

    # ------------------------------------------------------------------ closing
    def _after_won(self):
        """Who has enrolled needs no more calls about it."""
        # sudo: whoever wins the lead, whosever the activities are
        won = self.sudo().filtered(lambda lead: lead.edu_follow_up_intent)
        (won.edu_follow_up_ids | won._open_reminders()).unlink()
        return super()._after_won()

    def _merge_dependences(self, opportunities):
        """The lead that is left has its own follow-up; those of the others go away."""
        # sudo: whoever may merge the leads, with or without education role
        others = opportunities.sudo()
        (others.edu_follow_up_ids | others._open_reminders()).unlink()
        return super()._merge_dependences(opportunities)
