from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...const import GROUP_READONLY
from ...logic import referral as rule
from .edu_referral import STATES

CHANGEABLE = (*rule.OPEN, rule.BLOCKED)


class CrmLead(models.Model):
    """Who recommended us to the customer of a lead.

    Staff enter the member, or the code the customer names; the page behind a member's
    link does the same. Nothing of it is stored on the lead but the host's own words.
    """

    _inherit = "crm.lead"

    edu_referral_ids = fields.One2many(
        "edu.referral", "lead_id", string="Referrals", groups=GROUP_READONLY
    )
    edu_referral_id = fields.Many2one(
        "edu.referral",
        string="Referral",
        compute="_compute_edu_referral_id",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    edu_referral_state = fields.Selection(
        STATES,
        string="State of the referral",
        compute="_compute_edu_referral_id",
        compute_sudo=True,
        groups=GROUP_READONLY,
    )
    edu_referrer_id = fields.Many2one(
        "res.partner",
        string="Recommended by",
        compute="_compute_edu_referral_id",
        inverse="_inverse_edu_referrer_id",
        search="_search_edu_referrer_id",
        compute_sudo=True,
        domain=[("edu_is_customer", "=", True), ("is_company", "=", False)],
        groups=GROUP_READONLY,
    )
    edu_referral_code = fields.Char(
        string="Referral code",
        compute="_compute_edu_referral_code",
        inverse="_inverse_edu_referral_code",
        groups=GROUP_READONLY,
        help="The code the customer names finds the member who recommended us.",
    )

    @api.depends("edu_referral_ids.state", "edu_referral_ids.referrer_id")
    def _compute_edu_referral_id(self):
        for lead in self:
            referral = lead.edu_referral_ids.filtered(
                lambda r: r.state != rule.CANCELED
            )[:1]
            lead.edu_referral_id = referral
            lead.edu_referral_state = referral.state
            lead.edu_referrer_id = referral.referrer_id

    @api.model
    def _search_edu_referrer_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        by_person = Domain("referrer_id", operator, value)
        counted = Domain("state", "!=", rule.CANCELED)
        if operator == "in" and False in value:
            none = Domain("edu_referral_ids", "not any", counted)
            some = Domain("referrer_id", "in", [one for one in value if one])
            return none | Domain("edu_referral_ids", "any", counted & some)
        return Domain("edu_referral_ids", "any", counted & by_person)

    def _compute_edu_referral_code(self):
        """Only typed: the member found is shown instead."""
        self.edu_referral_code = False

    def _inverse_edu_referral_code(self):
        cards = self.env["loyalty.card"]
        for lead in self.filtered("edu_referral_code"):
            card = cards._edu_find_by_code(lead.edu_referral_code, lead._edu_company())
            if not card:
                raise UserError(
                    self.env._(
                        "No member has the referral code %s.", lead.edu_referral_code
                    )
                )
            lead._edu_recommend(card.partner_id)

    def _inverse_edu_referrer_id(self):
        for lead in self:
            lead._edu_recommend(lead.edu_referrer_id)

    def _edu_company(self):
        return self.company_id or self.env.company

    def _edu_recommend(self, person):
        """Record that ``person`` recommended us; a former entry counts no longer."""
        self.ensure_one()
        # sudo: there is one, whoever may see it
        former = self.sudo().edu_referral_ids.filtered(
            lambda r: r.state != rule.CANCELED
        )
        if former.referrer_id == person:
            return
        if former.state and former.state not in CHANGEABLE:
            raise UserError(
                self.env._(
                    "The recommendation of %s counts already and cannot be changed.",
                    former.referrer_id.display_name,
                )
            )
        if former.state == rule.BLOCKED:
            raise UserError(
                self.env._(
                    "The recommendation of %s is blocked: a leader decides on it.",
                    former.referrer_id.display_name,
                )
            )
        former._cancel()
        if person:
            # sudo: whoever may change the lead says who recommended it
            self.env["edu.referral"].sudo().create(
                {
                    "referrer_id": person.id,
                    "lead_id": self.id,
                    "company_id": self._edu_company().id,
                    "date": self._edu_company()._edu_today(),
                    "partner_name": self.contact_name,
                    "phone": self.phone,
                    "email": self.email_from,
                }
            )

    # ------------------------------------------------------------------ what happens
    def write(self, vals):
        """The customer of a recommended lead is who was recommended."""
        result = super().write(vals)
        if vals.get("partner_id"):
            # The host's word for it says, without a query, which leads to look at.
            named = self.filtered("referred")
            # sudo: the referral follows the lead, whoever changes that
            named.sudo().edu_referral_id._take_customers()
        return result

    def _merge_dependences(self, opportunities):
        """Of two recommendations the one that came further stays."""
        result = super()._merge_dependences(opportunities)
        # sudo: whoever may merge the leads, with or without education role
        leads = (self | opportunities).sudo()
        referrals = leads.edu_referral_id.sorted(
            lambda r: (rule.FURTHEST_FIRST.index(r.state), r.id)
        )
        referrals[1:]._drop()
        referrals[:1].lead_id = self
        return result
