from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import GROUP_READONLY

CONTACT_TYPES = ("email", "comment", "email_outgoing", "sms")


class CrmLead(models.Model):
    """When the customer of a lead was last in contact with us, either way.

    A message to or from the customer counts, an activity that is done, and a contact
    that somebody logs; a mere note does not. It is kept for leads of education teams
    and for screened ones: others have nothing to do with it.
    """

    _inherit = "crm.lead"

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

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: whoever may merge the leads, with or without education role
        others = opportunities.sudo().filtered("edu_last_contact_at")
        if others:
            self._after_contact(max(others.mapped("edu_last_contact_at")))
        return result
