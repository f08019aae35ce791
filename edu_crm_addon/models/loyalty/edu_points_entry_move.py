from odoo import fields, models

from ...logic import points as rule
from .loyalty_card_ledger import MOVED


class EduPointsEntry(models.Model):
    """Entries of a card that was merged into another."""

    _inherit = "edu.points.entry"

    moved_from_id = fields.Many2one(
        "edu.points.entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The same movement on the card of a contact that was merged.",
    )

    def _edu_off_row(self):
        """Return the row that takes this entry off its card."""
        self.ensure_one()
        is_pending = self.state == rule.PENDING
        return {
            **{name: self[name] for name in MOVED},
            "card_id": self.card_id.id,
            "points": -self.points,
            "text": self.card_id._edu_in_words(
                lambda env: env._("Moved to another card of the same person")
            ),
            "rule_id": self.rule_id.id,
            "firm_id": self.firm_id.id,
            "reverses_id": self.reverses_id.id,
            "origin_id": self.origin_id.id or (self.id if is_pending else None),
        }

    def _edu_current(self):
        """Return these entries, or what became of them on the card that stayed."""
        moved = self.search([("moved_from_id", "in", self.ids)])
        if not moved:
            return self
        return (self - moved.moved_from_id) | moved._edu_current()
