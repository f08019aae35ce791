from odoo import models
from odoo.exceptions import AccessError

from ...logic import points as rule
from .points_source import REASON, PointsSource


class LoyaltyCard(models.Model):
    """Whatever moves the points of a member card is written to the ledger.

    Every path of the host assigns ``points``, so this is the one place to see it.
    """

    _inherit = "loyalty.card"

    def write(self, vals):
        members = "points" in vals and self.filtered("edu_is_member")
        if not members:
            return super().write(vals)
        members._edu_check_movable()
        members._edu_lock()
        before = {card: card.points for card in members}
        result = super().write(vals)
        members._edu_mirror({card: card.points - before[card] for card in members})
        return result

    def _edu_source(self):
        """Return why points move now, if who moves them told."""
        source = self.env.context.get(REASON)
        return source if isinstance(source, PointsSource) else None

    def _edu_check_movable(self):
        """Only orders, rules and the server itself move points."""
        if not self.env.su and not self._edu_source():
            raise AccessError(
                self.env._(
                    "Points of a member card move by orders and rules. Use “Adjust "
                    "points” to give or take some with a reason."
                )
            )

    def _edu_mirror_created(self):
        members = self.filtered(lambda card: card.edu_is_member and card.points)
        if members:
            members._edu_check_movable()
            members._edu_mirror({card: card.points for card in members})

    def _edu_mirror(self, changes):
        """Write what the host moved, ``{card: points}``, to the ledger."""
        source = self._edu_source()
        rows = [
            card._edu_mirror_row(rule.clean(points), source)
            for card, points in changes.items()
            if rule.clean(points)
        ]
        # sudo: nobody writes to the ledger
        self.env["edu.points.entry"].sudo()._insert(rows)

    def _edu_mirror_row(self, points, source):
        self.ensure_one()
        source = source or PointsSource(kind=rule.HOST, model="", record_id=0)
        text = source.text or (lambda env: env._("Change of the balance"))
        return {
            "card_id": self.id,
            "points": points,
            "kind": source.kind,
            "text": self._edu_in_words(text),
            "res_model": source.model,
            "res_id": source.record_id,
        }
