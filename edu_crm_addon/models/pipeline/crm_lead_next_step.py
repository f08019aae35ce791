from odoo import fields, models

from ...logic import follow_up as rule

FOLLOW_UP_ACTIVITY = "edu_crm_addon.mail_activity_type_follow_up"
LATE_REMINDER = "edu_crm_addon.mail_activity_type_late"
LIMIT_REMINDER = "edu_crm_addon.mail_activity_type_stage_limit"


class CrmLead(models.Model):
    """The next step on a lead: what is planned, for whom, and what a contact settles.

    Planned is an activity that nobody has done yet, or a meeting to come, as of a trial
    lesson. A reminder is no plan: it says that there is none.
    """

    _inherit = "crm.lead"

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
