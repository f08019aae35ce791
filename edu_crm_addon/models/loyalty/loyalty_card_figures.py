from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...const import GROUP_READONLY, MODULE
from ...logic import points as rule
from ...logic import points_expiry as expiry_rule

_lt = LazyTranslate(__name__)

# Members are told early what they are about to lose.
EXPIRING_DAYS = 30
WITHOUT_LEVEL = _lt("Without level")


class LoyaltyCard(models.Model):
    """What screens and the portal show of a member card beside its balance.

    In the portal members see their cards and those of their learners. They have no
    right on cards or the ledger, not even by RPC: pages find cards by
    ``_edu_portal_find``, and show nothing but what the methods below return.
    """

    _inherit = "loyalty.card"

    edu_expiring_points = fields.Float(
        string="Expiring in 30 days",
        compute="_compute_edu_expiring_points",
        compute_sudo=True,  # of the whole balance, which everybody sees
        digits=(16, 2),
    )
    # What `edu_next_expiry` says for the job may be too early.
    edu_expires_on = fields.Date(
        string="Next points expire on",
        compute="_compute_edu_expires_on",
        compute_sudo=True,
    )
    # As superuser, so that members can be grouped by it; grades are no secret.
    edu_grade_id = fields.Many2one(
        related="partner_id.grade_id",
        string="Member level",
        falsy_value_label=WITHOUT_LEVEL,
    )

    @api.depends("edu_entry_ids")
    def _compute_edu_expiring_points(self):
        expiring = self._origin._edu_expiring(EXPIRING_DAYS)
        for card in self:
            card.edu_expiring_points = expiring.get(card._origin, 0.0)

    @api.depends("edu_entry_ids")
    def _compute_edu_expires_on(self):
        wallets, days = self._origin._edu_wallets(), self._origin._edu_days()
        for card in self:
            wallet = wallets.get(card._origin)
            card.edu_expires_on = wallet and expiry_rule.next_expiry(
                wallet, days[card._origin]
            )

    @api.depends("edu_is_member", "partner_id.name", "program_id.name")
    def _compute_display_name(self):
        """Name a member card by its member: nobody knows codes by heart."""
        members = self.filtered(lambda card: card.edu_is_member and card.partner_id)
        for card in members:
            card.display_name = f"{card.partner_id.name} ({card.program_id.name})"
        return super(LoyaltyCard, self - members)._compute_display_name()

    @api.model
    def _edu_member_form(self):
        return self.env.ref(f"{MODULE}.loyalty_card_view_form_member")

    def get_formview_id(self, access_uid=None):
        """Open member cards with their ledger, not with the host's history."""
        user = self.env["res.users"].browse(access_uid or self.env.uid)
        if len(self) == 1 and self.edu_is_member and user.has_group(GROUP_READONLY):
            return self._edu_member_form().id
        return super().get_formview_id(access_uid=access_uid)

    def action_edu_open_contact(self):
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_edu_open_ledger(self):
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_points_entry_action", [("card_id", "in", self.ids)]
        )

    # ------------------------------------------------------------------ portal
    @api.model
    def _edu_portal_domain(self):
        """Return which cards are the current user's own, or of the user's learners."""
        user = self.env.user
        if user._is_public():
            return Domain.FALSE
        # sudo: the links of the user's own family
        links = user.partner_id.sudo().edu_learner_link_ids
        people = user.partner_id | links.learner_id
        return (
            Domain("edu_is_member", "=", True)
            & Domain("partner_id", "in", people.ids)
            & Domain("program_id.active", "=", True)
            & Domain("company_id", "in", user.company_ids.ids)
        )

    @api.model
    def _edu_portal_cards(self):
        """Return the cards, as superuser, one's own first."""
        # sudo: the domain is the right
        cards = self.sudo().search(self._edu_portal_domain(), order="id")
        own = self.env.user.partner_id
        return cards.sorted(lambda card: (card.partner_id != own, card.id))

    def _edu_portal_figures(self):
        self.ensure_one()
        is_own = self.partner_id == self.env.user.partner_id
        return {
            "id": self.id,
            "member": self.partner_id.name,
            "referral_url": self._edu_referral_url() if is_own else None,
            "program": self.program_id.name,
            "level": self.edu_grade_id.name,
            "benefits": self.edu_grade_id.edu_benefits,
            "code": self.code,
            "balance": self._format_points(self.points),
            "pending": self._format_points(self.edu_pending_points),
            "expiring": self._format_points(self.edu_expiring_points),
            "is_expiring": self.edu_expiring_points > 0,
            "is_blocked": bool(self.edu_difference),
            "program_benefits": self.program_id.edu_benefits,
            "institution": self.edu_institution_id.name,
            "external_number": self.edu_external_number,
        }

    def _edu_signed(self, points):
        return f"{'+' if points > 0 else '-'}{self._format_points(abs(points))}"

    def _edu_portal_waiting(self):
        """Return why points are pending, and until when."""
        self.ensure_one()
        entries = self.edu_entry_ids.filtered(
            lambda entry: (
                entry.state == rule.PENDING and entry.points > 0 and not entry.origin_id
            )
        )
        return [
            {
                "text": entry.text,
                "reason": entry.reason,
                "points": self._edu_signed(points),
                "available_from": entry.available_from,
            }
            for entry, points in entries._waiting().items()
        ]

    def _edu_portal_moves_domain(self):
        """Return what is told as movements; pending ones have their own place."""
        return Domain("card_id", "in", self.ids) & Domain("state", "!=", rule.PENDING)

    def _edu_portal_moves(self, limit, offset=0):
        """Return a page of the movements, the latest first."""
        moves = self.env["edu.points.entry"].search(
            self._edu_portal_moves_domain(), limit=limit, offset=offset
        )
        return [
            {
                "date": move.date,
                "text": move.text,
                "reason": move.reason,
                "points": move.card_id._edu_signed(move.points),
                "is_gain": move.points > 0,
                "expires_on": move.points > 0 and move.expires_on,
                "is_void": move.state == rule.VOID,
            }
            for move in moves
        ]
