from odoo import models
from odoo.exceptions import AccessError, ValidationError

from ...logic import points as rule
from .order_account import ORDER
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
            row
            for card, points in changes.items()
            if rule.clean(points)
            for row in card._edu_mirror_rows(rule.clean(points), source)
        ]
        # sudo: nobody writes to the ledger
        self.env["edu.points.entry"].sudo()._insert(rows)

    def _edu_mirror_rows(self, points, source):
        self.ensure_one()
        source = source or PointsSource(kind=rule.HOST, model="", record_id=0)
        if source.model == ORDER and source.kind == rule.SPEND:
            if points > 0:
                return self._edu_give_back_rows(source.record_id, points)
            self._edu_check_covered()
        text = source.text or (lambda env: env._("Change of the balance"))
        return [
            {
                "card_id": self.id,
                "points": points,
                "kind": source.kind,
                "text": self._edu_in_words(text),
                "res_model": source.model,
                "res_id": source.record_id,
            }
        ]

    def _edu_give_back_rows(self, order_id, points):
        """Rewards that leave a confirmed order: their points return to their grants."""
        # sudo: the ledger follows the order, whoever changes it
        order = self.env[ORDER].sudo().browse(order_id)
        accounts = order._edu_point_accounts(self)
        return [row for a in accounts for row in a.give_back_rows(points)]

    def _edu_check_covered(self):
        if rule.clean(self.points) < 0:
            raise ValidationError(
                self.env._(
                    "The member does not have the points that this reward costs."
                )
            )
