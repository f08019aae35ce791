from odoo import api, models
from odoo.fields import Domain

from ...logic import points as rule


class LoyaltyCard(models.Model):
    """What members see of their cards and of those of their learners.

    They have no right on cards or the ledger, not even by RPC: pages find cards by
    ``_edu_portal_find``, and show nothing but what the methods below return.
    """

    _inherit = "loyalty.card"

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
