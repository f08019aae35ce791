from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic import follow_up as rule
from ...logic.screening import INTENTS
from .crm_lead_follow_up import LATE_REMINDER, LIMIT_REMINDER

# The host subscribes each owner in turn: a batch had better be of few of them.
BY_OWNER = "user_id, team_id, id"


class CrmLead(models.Model):
    """Late follow-up: open leads without next activity, or beyond their delay.

    It concerns leads of education teams and screened ones. The delay is that of the
    lead's intent in its company, counted in days of that company from the last contact,
    or from the creation of the lead. Whether a lead is late follows from the time: it
    is computed and searched, never stored; a test pins both to each other.

    The owner is reminded, of each thing exactly once. One reminder when the follow-up
    is late, once per episode: the episode ends when somebody gets in contact or plans
    something. One when the lead stays in its stage for longer than the stage allows,
    once per stay. Where there is no owner the team leader is told; where there is
    neither, nobody is, until there is somebody.
    """

    _inherit = "crm.lead"

    edu_is_late = fields.Boolean(
        string="Late follow-up",
        compute="_compute_edu_is_late",
        search="_search_edu_is_late",
        compute_sudo=True,
        groups=GROUP_READONLY,
        help="Without next activity, or without contact for longer than its intent "
        "allows.",
    )
    edu_is_planned = fields.Boolean(
        string="Has a next activity",
        compute="_compute_edu_is_late",
        search="_search_edu_is_planned",
        compute_sudo=True,
        groups=GROUP_READONLY,
        help="An activity is planned, or a meeting is to come. A reminder is none.",
    )
    edu_reminded_at = fields.Datetime(
        string="Reminded of follow-up",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=GROUP_READONLY,
    )
    edu_limit_reminded_at = fields.Datetime(
        string="Reminded of stage limit",
        readonly=True,
        copy=False,
        groups=GROUP_READONLY,
    )

    # ------------------------------------------------------------------ computing
    @api.depends(
        "active",
        "won_status",
        "team_id.edu_is_education",
        "company_id",
        "edu_intent",
        "edu_last_contact_at",
        "activity_ids.active",
        "activity_ids.date_deadline",
        "calendar_event_ids.active",
        "calendar_event_ids.start",
    )
    def _compute_edu_is_late(self):
        facts = self._follow_up_facts()
        for lead in self:
            lead.edu_is_late = rule.is_late(facts[lead])
            lead.edu_is_planned = facts[lead].last_deadline is not None

    def _search_edu_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._late_domain()
        return Domain.OR(late if wanted else ~late for wanted in value)

    def _search_edu_is_planned(self, operator, value):
        if operator != "in":
            return NotImplemented
        planned = self._planned_domain()
        return Domain.OR(planned if wanted else ~planned for wanted in value)

    # ------------------------------------------------------------------ writing
    def write(self, vals):
        if "stage_id" in vals:
            # sudo: who moves the lead need not see when its owner was reminded
            reminded = self.sudo().filtered("edu_limit_reminded_at")
            reminded._end_reminders(LIMIT_REMINDER, "edu_limit_reminded_at")
        return super().write(vals)

    # ------------------------------------------------------------------ facts
    def _follow_up_facts(self):
        """Return {lead: FollowUp}, asking once for all."""
        planned = self._planned()
        limits = self._contact_limits(self.company_id)
        now = fields.Datetime.now()
        return {
            lead: rule.FollowUp(
                is_open=lead._is_followed_up(),
                contact=lead.edu_last_contact_at or lead.create_date or now,
                limit=limits[lead.company_id.id, lead.edu_intent],
                last_deadline=planned.get(lead._origin.id, (None, None))[1],
                reminded=lead.edu_reminded_at or None,
            )
            for lead in self
        }

    def _is_followed_up(self):
        self.ensure_one()
        is_ours = self.team_id.edu_is_education or self.edu_intent
        return bool(is_ours and self._is_open() and self._origin)

    @api.model
    def _contact_limits(self, companies):
        """Return {(company id, intent): moment before which a contact is too long ago}.

        Leads without company count days as the current one does.
        """
        policies = self.env["edu.intent.policy"]
        limits = {}
        for company in [companies.browse(), *companies]:
            clock = company or self.env.company
            today = clock._edu_today()
            for intent in (*INTENTS, False):
                days, _plan = policies._follow_up(company.id, intent)
                limit = clock._edu_midnight(today - timedelta(days=days))
                limits[company.id, intent] = limit
        return limits

    # ------------------------------------------------------------------ domains
    @api.model
    def _late_domain(self):
        return self._followed_up_domain() & (
            ~self._planned_domain() | self._beyond_delay_domain()
        )

    @api.model
    def _followed_up_domain(self):
        is_ours = Domain("edu_intent", "!=", False) | Domain(
            "team_id", "any!", Domain("edu_is_education", "=", True)
        )
        is_open = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        return is_open & is_ours

    @api.model
    def _planned_domain(self):
        """Say in a domain what ``_planned`` finds."""
        activity = Domain("active", "=", True) & Domain(
            "activity_type_id", "not in", self._reminder_type_ids()
        )
        meeting = Domain("active", "=", True) & Domain(
            "start", ">=", fields.Datetime.now()
        )
        return Domain("activity_ids", "any!", activity) | Domain(
            "calendar_event_ids", "any!", meeting
        )

    @api.model
    def _beyond_delay_domain(self):
        # sudo: a user need not be allowed to the companies of all leads one may see
        companies = (
            self.env["res.company"].sudo().search([("active", "in", [True, False])])
        )
        by_limit = {}
        for (company_id, intent), limit in self._contact_limits(companies).items():
            by_limit.setdefault(limit, {}).setdefault(intent, []).append(company_id)
        return Domain.OR(
            Domain("edu_intent", "=", intent)
            & Domain("company_id", "in", company_ids)
            & self._contact_before(limit)
            for limit, groups in by_limit.items()
            for intent, company_ids in groups.items()
        )

    # ------------------------------------------------------------------ cron
    @api.model
    def _cron_edu_follow_up(self):
        """Daily: remind of late follow-ups and of time limits. Safe to repeat."""
        run = self.env["edu.job.failure"]._run_job
        for job, records, step in (
            ("lead_follow_up", self._leads_to_remind, type(self)._remind_of_follow_up),
            ("lead_stage_limit", self._leads_over_limit, type(self)._remind_of_limit),
        ):
            if not run(job, records(), step):
                break

    @api.model
    def _leads_to_remind(self):
        """Return the leads that are late, or in an episode that may be over."""
        reminded = Domain("edu_reminded_at", "!=", False)
        leads = self.with_context(active_test=False)
        found = leads.search(self._late_domain() | reminded, order=BY_OWNER)
        return found.with_env(self.env)

    def _remind_of_follow_up(self):
        facts = self._follow_up_facts()
        days = {
            company: (company or self.env.company)._edu_today()
            for company in {lead.company_id for lead in self}
        }
        todo = self.grouped(
            lambda lead: rule.reminder(facts[lead], days[lead.company_id])
        )
        settled = todo.get(rule.SETTLE, self.browse())
        settled._end_reminders(LATE_REMINDER, "edu_reminded_at")
        late = todo.get(rule.REMIND, self.browse()).filtered(
            lambda lead: lead._responsible()
        )
        late._end(LATE_REMINDER)
        late._remind(LATE_REMINDER, "edu_reminded_at")

    @api.model
    def _leads_over_limit(self):
        """Return the leads longer in their stage than it allows, not yet told of."""
        return self.search(
            Domain("edu_limit_reminded_at", "=", False)
            & Domain("is_rotting", "=", True)
            & self._followed_up_domain(),
            order=BY_OWNER,
        ).filtered(lambda lead: lead._responsible())

    def _remind_of_limit(self):
        self._remind(LIMIT_REMINDER, "edu_limit_reminded_at")

    # ------------------------------------------------------------------ reminders
    def _remind(self, type_xmlid, stamp):
        """Schedule a reminder for today on each lead, and stamp it."""
        by_user = self.grouped(lambda lead: (lead._responsible(), lead.company_id))
        for (user, company), leads in by_user.items():
            today = (company or self.env.company)._edu_today()
            leads._schedule(user, type_xmlid, date_deadline=today)
        if self:
            self[stamp] = fields.Datetime.now()

    def _end_reminders(self, type_xmlid, stamp):
        """Forget an episode: the reminder is obsolete, the next one is told again."""
        if self:
            self._end(type_xmlid)
            self[stamp] = False

    def _end(self, type_xmlid):
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(type_xmlid)
        self._open_reminders(type_id).unlink()
