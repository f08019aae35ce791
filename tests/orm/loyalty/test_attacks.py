"""What salespeople may try by RPC to get points from nothing, or those of others."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .sales import PointSalesCase

FORGED = {"edu_points_source": "host", "su": True, "edu_is_member": True}


class TestAttacksOnOrders(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.make_program(edu_hold_until_paid=False)
        self.member = self.make_customer()
        self.card = self.make_card(self.member, 300)
        self.seller = self.make_user("employee")
        self.seller.group_ids |= self.env.ref("sales_team.group_sale_manager")

    def refuses(self, call, *arguments, **values):
        with self.assertRaises(UserError), self.cr.savepoint():
            call(*arguments, **values)
            self.env.flush_all()
        self.env.invalidate_all()

    def reward_line(self, order):
        return order.order_line.filtered("reward_id")

    def as_seller(self, records):
        return records.with_user(self.seller).with_context(**FORGED)

    # ------------------------------------------------------------------ costs
    def test_nobody_says_what_a_reward_costs(self):
        for confirm in (False, True):
            order = self.spending(self.member)
            if confirm:
                order.action_confirm()
            line = self.as_seller(self.reward_line(order))
            for cost in (0, -1000, 10):
                with self.subTest(confirm=confirm, cost=cost):
                    self.refuses(line.write, {"points_cost": cost})
            with self.subTest(confirm=confirm):
                other = self.as_seller(self.make_card(points=100))
                self.refuses(line.write, {"coupon_id": other.id})
                self.refuses(line.write, {"coupon_id": False})
                self.refuses(line.write, {"reward_id": False})
                self.assertAddsUp(self.card)

    def test_nobody_adds_a_line_that_moves_points(self):
        for confirm in (False, True):
            order = self.spending(self.member)
            if confirm:
                order.action_confirm()
            source = self.reward_line(order)
            vals = {
                "order_id": order.id,
                "product_id": source.product_id.id,
                "coupon_id": self.card.id,
                "points_cost": -5000,
            }
            lines = self.as_seller(source.browse())
            with self.subTest(confirm=confirm):
                self.refuses(lines.create, vals)
                forged = {f"default_{name}": value for name, value in vals.items()}
                self.refuses(
                    lines.with_context(**forged).create, {"order_id": order.id}
                )
                self.refuses(
                    self.as_seller(order).write,
                    {"order_line": [Command.create(vals)]},
                )
                self.refuses(
                    self.as_seller(order).copy, {"order_line": [Command.create(vals)]}
                )
        self.assertAddsUp(self.card)

    def test_a_copy_has_no_rewards(self):
        order = self.spending(self.member)
        copy = self.as_seller(order).copy()
        self.assertFalse(copy.order_line.coupon_id)
        self.assertEqual(len(copy.order_line), 1)

    # ------------------------------------------------------------------ what it gives
    def test_nobody_says_what_an_order_gives(self):
        order = self.confirmed(self.member)
        gives = self.as_seller(order.coupon_point_ids)
        self.refuses(gives.write, {"points": 100000})
        self.refuses(gives.write, {"coupon_id": self.make_card().id})
        command = Command.update(gives.id, {"points": 100000})
        self.refuses(self.as_seller(order).write, {"coupon_point_ids": [command]})
        for state in ("draft", "sale"):
            order = self.order(self.make_customer())
            if state == "sale":
                order.action_confirm()
            vals = {"order_id": order.id, "coupon_id": self.card.id, "points": 9999}
            with self.subTest(state=state):
                self.refuses(gives.create, vals)
                self.refuses(
                    self.as_seller(order).write,
                    {"coupon_point_ids": [Command.create(vals)]},
                )
        self.assertBalance(self.card, 1300)

    # ------------------------------------------------------------------ of others
    def test_an_order_spends_no_points_of_another_member(self):
        order = self.order(self.make_customer())
        self.as_seller(order).write(
            {"applied_coupon_ids": [Command.link(self.card.id)]}
        )
        reward = self.card.program_id.reward_ids
        self.refuses(order._apply_program_reward, reward, self.card)
        order.action_confirm()
        self.assertBalance(self.card, 300)

    def test_another_customer_does_not_keep_the_reward(self):
        order = self.spending(self.member)
        customer = self.make_customer()
        self.as_seller(order).partner_id = customer
        order.action_confirm()
        self.assertFalse(self.reward_line(order))
        self.assertBalance(self.card, 300)
        self.assertBalance(self.card_of(customer), 1000)

    def test_a_confirmed_order_keeps_its_customer(self):
        order = self.confirmed(self.member)
        self.refuses(
            self.as_seller(order).write, {"partner_id": self.make_customer().id}
        )
        self.refuses(order.write, {"partner_id": self.make_customer().id})
        self.assertBalance(self.card, 1300)

    def test_a_reward_line_moves_to_no_other_order(self):
        order, other = self.spending(self.member), self.order(self.make_customer())
        line = self.as_seller(self.reward_line(order))
        self.refuses(line.write, {"order_id": other.id})
