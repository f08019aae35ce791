from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic import trial
from .edu_trial_lesson_followup import FOLLOW_UP, RESCHEDULE
from .edu_trial_lesson_state import STATES

CONTACT_TYPES = ("email", "comment", "email_outgoing", "sms")


class CrmLead(models.Model):
    """Contact: when the customer of a lead was last in contact, and trial lessons.

    A message to or from the customer counts, an activity that is done, and a contact
    that somebody logs; a mere note does not. It is kept for leads of education teams
    and for screened ones: others have nothing to do with it.

    Who attends a trial lesson is in contact too. A lead that is won or lost needs no
    more of them.
    """

    _inherit = "crm.lead"

    # Contact
    edu_last_contact_at = fields.Datetime(
        string="Last contact", readonly=True, copy=False, groups=GROUP_READONLY
    )
    edu_silent_days = fields.Integer(
        string="Days without contact",
        compute="_compute_edu_silent_days",
        search="_search_edu_silent_days",
        compute_sudo=True,
        groups=GROUP_READONLY,
        help="Since the last contact, or since the creation of the lead.",
    )
    # Trial lessons
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

    # ------------------------------------------------------------------ computing
    @api.depends("edu_last_contact_at", "company_id")
    def _compute_edu_silent_days(self):
        today = fields.Datetime.now()
        for company, leads in self.grouped("company_id").items():
            clock = company or self.env.company
            for lead in leads:
                moment = lead.edu_last_contact_at or lead.create_date or today
                passed = clock._edu_today() - clock._edu_today(moment)
                lead.edu_silent_days = passed.days

    def _search_edu_silent_days(self, operator, value):
        more = self._silent_for_more
        match operator:
            case "in":
                days = [int(day) for day in value]
                return Domain.OR(more(day - 1) & ~more(day) for day in days)
            case ">":
                return more(int(value))
            case "<=":
                return ~more(int(value))
            case ">=":
                return more(int(value) - 1)
            case "<":
                return ~more(int(value) - 1)
        return NotImplemented

    @api.model
    def _silent_for_more(self, days):
        """Return which leads had no contact for more than so many days."""
        # sudo: a user need not be allowed to the companies of all leads one may see
        companies = self.env["res.company"].sudo()
        groups = {}
        for company in [
            companies,
            *companies.search([("active", "in", [True, False])]),
        ]:
            clock = company or self.env.company
            limit = clock._edu_midnight(clock._edu_today() - timedelta(days=days))
            groups.setdefault(limit, []).append(company.id)
        return Domain.OR(
            Domain("company_id", "in", ids) & self._contact_before(limit)
            for limit, ids in groups.items()
        )

    @api.model
    def _contact_before(self, limit):
        never = Domain("edu_last_contact_at", "=", False)
        return Domain("edu_last_contact_at", "<", limit) | (
            never & Domain("create_date", "<", limit)
        )

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

    # ------------------------------------------------------------------ creating
    def _edu_after_create(self):
        self._edu_leave_empty("edu_trial_state")
        return super()._edu_after_create()

    # ------------------------------------------------------------------ actions
    def action_edu_log_contact(self):
        """Open the log; who may change the customer completes its file on the way."""
        self.ensure_one()
        customer = self.partner_id
        may_learn = customer and customer.has_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log a contact"),
            "res_model": "edu.contact.log",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_lead_id": self.id,
                "default_partner_id": may_learn and customer.id,
            },
        }

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

    # ------------------------------------------------------------------ in contact
    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if self._is_contact(msg_vals):
            self._after_contact(message.date)
        return result

    def _is_contact(self, msg_vals):
        if msg_vals.get("mail_activity_type_id"):
            return True
        if msg_vals.get("message_type") not in CONTACT_TYPES:
            return False
        to_customer = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        return msg_vals.get("subtype_id") == to_customer

    def _after_contact(self, moment=None):
        """Remember a contact at ``moment``, now by default; any area may call it."""
        moment = min(moment or fields.Datetime.now(), fields.Datetime.now())
        # sudo: whoever is in contact need not be allowed to see the figures of it
        leads = self.sudo().filtered(
            lambda lead: lead.team_id.edu_is_education or lead.edu_intent
        )
        earlier = leads.filtered(
            lambda lead: (
                not lead.edu_last_contact_at or lead.edu_last_contact_at < moment
            )
        )
        if earlier:
            earlier.edu_last_contact_at = moment

    # ------------------------------------------------------------------ trial lessons
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

    def log_meeting(self, meeting):
        """The lesson's own chatter tells of its event."""
        if self.env.context.get("edu_from_trial_lesson"):
            return self.env["mail.message"]
        return super().log_meeting(meeting)

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

    # ------------------------------------------------------------------ merging
    def _merge_dependences(self, opportunities):
        """The last contact of all counts; lessons go on with the lead that is left."""
        result = super()._merge_dependences(opportunities)
        # sudo: whoever may merge the leads, with or without education role; as the host
        # does for all that hangs on a lead
        opportunities = opportunities.sudo()
        others = opportunities.filtered("edu_last_contact_at")
        if others:
            self._after_contact(max(others.mapped("edu_last_contact_at")))
        opportunities.edu_trial_ids.write({"lead_id": self.id})
        return result
