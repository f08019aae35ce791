from odoo import api, models

from ...logic import order_points as rule
from ...logic.points import SPEND
from .order_account import ORDER
from .points_source import REASON, PointsSource

# Whoever changes one of these on a confirmed line changes what the order gives.
PRICED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
    }
)
COST = "points_cost"


class SaleOrderLine(models.Model):
    """Lines of a confirmed order that change move points of its member cards."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        ids = dict.fromkeys(vals.get("order_id") for vals in vals_list)
        orders = self.env["sale.order"].browse(filter(None, ids))
        is_reward = any(vals.get(COST) for vals in vals_list)
        if is_reward and len(orders) > 1:
            return self.concat(*(self.create([vals]) for vals in vals_list))
        if is_reward:
            told = self._edu_for_rewards(orders)
            return super(SaleOrderLine, told).create(vals_list).with_env(self.env)
        orders = orders._edu_giving()
        before = orders._edu_points_now()
        lines = super().create(vals_list)
        orders._edu_reissue(before)
        return lines

    def write(self, vals):
        orders = self.order_id if COST in vals else self.env["sale.order"]
        if len(orders) > 1:
            for order in orders:
                (self & order.order_line).write(vals)
            return True
        if orders:
            return super(SaleOrderLine, self._edu_for_rewards(orders)).write(vals)
        if PRICED.isdisjoint(vals):
            return super().write(vals)
        orders = self.order_id._edu_giving()
        before = orders._edu_points_now()
        result = super().write(vals)
        orders._edu_reissue(before)
        return result

    def unlink(self):
        """Of a confirmed order the host refuses it, but gives the points back first."""
        orders = self.filtered(lambda line: line.coupon_id.edu_is_member).order_id
        if len(orders) == 1:
            return super(SaleOrderLine, self._edu_for_rewards(orders)).unlink()
        return super().unlink()

    def _edu_for_rewards(self, order):
        """Say for which confirmed order the host moves points of a card."""
        if order.state != "sale":
            return self
        return self.with_context(**{REASON: order._edu_spending()})


class SaleOrder(models.Model):
    """What a confirmed order gives follows its lines."""

    _inherit = "sale.order"

    def _edu_giving(self):
        if not self.env["loyalty.card"]._edu_has_members():
            return self.browse()
        return self.filtered(lambda o: o.state == "sale" and o._edu_has_points())

    def _edu_spending(self):
        """Return why the host moves points for the rewards of this order."""
        name = self.name
        return PointsSource(
            kind=SPEND,
            model=ORDER,
            record_id=self.id,
            text=lambda env: env._("Rewards: order %s", name),
        )

    def _edu_points_now(self):
        """Return ``{order: (amount, {card: points})}`` by today's rules of the host."""
        return {order: (order.amount_total, order._edu_rule_points()) for order in self}

    def _edu_rule_points(self):
        cards = self.coupon_point_ids.coupon_id.filtered("edu_is_member")
        programs = cards.program_id.filtered_domain(self._get_program_domain())
        found = self._program_check_compute_points(programs)
        return {
            card: found.get(card.program_id, {}).get("points", [0.0])[0]
            for card in cards
        }

    def _edu_reissue(self, before):
        """Have the orders give what their lines are worth now.

        :param before: what ``_edu_points_now`` said before they changed
        """
        after = self._edu_points_now()
        for order in self:
            (old_amount, old), (amount, new) = before[order], after[order]
            scale = amount / old_amount if old_amount else 1.0
            # sudo: as the host does
            for line in order.sudo().coupon_point_ids:
                if line.coupon_id in old:
                    card = line.coupon_id
                    args = line.points, old[card], new.get(card, 0.0)
                    line.points = rule.reissued(*args, scale=scale)
        if self:
            self._edu_settle_points()
