from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic import follow_up as rule
from ...logic.screening import INTENTS


class CrmLead(models.Model):
    """Late follow-up: open leads without next activity, or beyond their delay.

    It concerns leads of education teams and screened ones. The delay is that of the
    lead's intent in its company, counted in days of that company from the last contact,
    or from the creation of the lead. Whether a lead is late follows from the time: it
    is computed and searched, never stored; a test pins both to each other.
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
