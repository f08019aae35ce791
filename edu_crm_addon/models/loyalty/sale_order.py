from odoo import models
from odoo.exceptions import ValidationError

from ...logic.points import clean, whole


class SaleOrder(models.Model):
    """What the host does with points of an order, for member cards done by the ledger.

    The host confirms several orders with one balance, gives points before anything is
    paid, and never looks at a credit note. For member cards it moves nothing here: it
    says what an order gives and what rewards cost, and ``_edu_settle_points`` books it.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        if len(self) > 1 and self.order_line.coupon_id:
            # One by one, so that the next finds what the one before left.
            for order in self:
                order.action_confirm()
            return True
        self._edu_spent_cards()._edu_expire_due()
        result = super().action_confirm()
        if self._edu_has_points():
            self._edu_settle_points()
            self._edu_check_covered()
        return result

    def _action_cancel(self):
        confirmed = self._edu_giving()
        self._edu_forget_points()
        result = super()._action_cancel()
        if confirmed:
            confirmed._edu_settle_points(is_canceling=True)
        return result

    def _edu_forget_points(self):
        """Drop what the orders would give: the host lets only its managers do so.

        What they gave is in the ledger, and is taken back from there.
        """
        # sudo: whoever may cancel the order
        points = self.sudo().coupon_point_ids
        points.filtered("coupon_id.edu_is_member").unlink()

    def _edu_spent_cards(self):
        return self.order_line.coupon_id.filtered("edu_is_member")

    def _edu_check_covered(self):
        """No reward without the points: whatever way it came on the order."""
        if any(clean(card.points) < 0 for card in self._edu_spent_cards()):
            raise ValidationError(
                self.env._(
                    "The member does not have the points that the rewards of this "
                    "order cost."
                )
            )

    # ------------------------------------------------------------------ the host
    def _get_point_changes(self):
        """Nothing for member cards: the ledger moves their points."""
        changes = super()._get_point_changes()
        return {card: n for card, n in changes.items() if not card.edu_is_member}

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Points that wait cannot be spent; who owes some can still buy."""
        if not coupon.edu_is_member:
            return super()._get_real_points_for_coupon(coupon, post_confirm)
        self.ensure_one()
        points = 0.0 if coupon.edu_difference else coupon.points
        if self.state == "sale":
            return clean(max(points, 0.0))
        if not coupon.program_id.edu_hold_until_paid:
            own = self.coupon_point_ids.filtered(lambda p: p.coupon_id == coupon)
            points += whole(sum(own.mapped("points")))
        rewards = self.order_line.filtered(lambda line: line.coupon_id == coupon)
        return clean(max(points, 0.0) - sum(rewards.mapped("points_cost")))

    def _add_points_for_coupon(self, coupon_points):
        """Once confirmed, the host would move the points of the card as well."""
        members = {c: n for c, n in coupon_points.items() if c.edu_is_member}
        if self.state != "sale" or not members:
            return super()._add_points_for_coupon(coupon_points)
        known = {line.coupon_id: line for line in self.sudo().coupon_point_ids}
        for card, points in members.items():
            if card in known:
                known[card].points = points
        new = {card: n for card, n in members.items() if card not in known}
        # sudo: as the host does
        self.env["sale.order.coupon.points"].sudo().create(
            [
                {"order_id": self.id, "coupon_id": card.id, "points": points}
                for card, points in new.items()
            ]
        )
        others = {c: n for c, n in coupon_points.items() if c not in members}
        return super()._add_points_for_coupon(others) if others else None

    def _update_programs_and_rewards(self):
        """What it changes of a confirmed order is settled."""
        settle = self.state == "sale" and self._edu_has_points()
        result = super()._update_programs_and_rewards()
        if settle or (self.state == "sale" and self._edu_has_points()):
            self._edu_settle_points()
        return result
