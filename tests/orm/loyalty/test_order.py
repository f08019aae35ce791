"""Points of an order can be spent when it is paid, and go when it is canceled."""

from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError

from .sales import PointSalesCase


class TestOrder(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.make_program()
        self.member = self.make_customer()

    def test_host_fails_points_wait_for_the_payment(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        self.assertBalance(card, 0, pending=1000)
        self.pay(self.make_invoice(order))
        self.assertBalance(card, 1000)

    def test_host_fails_points_follow_a_partial_payment(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        invoice = self.make_invoice(order)
        self.pay(invoice, 333.33)
        self.assertBalance(card, 333, pending=667)
        self.pay(invoice)
        self.assertBalance(card, 1000)

    def test_points_are_given_at_once_where_nothing_waits(self):
        self.member_program().edu_hold_until_paid = False
        self.confirmed(self.member)
        self.assertBalance(self.card_of(self.member), 1000)

    def test_canceled_before_the_payment_nothing_was_given(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        self.cancel(order)
        self.assertBalance(card, 0)

    def test_confirmed_again_it_gives_again(self):
        order = self.confirmed(self.member)
        self.cancel(order)
        order.action_draft()
        order.action_confirm()
        self.assertBalance(self.card_of(self.member), 0, pending=1000)

    def test_a_reward_spends_and_a_canceled_order_gives_back(self):
        # The host earns on the price before rewards of the same program.
        card = self.make_card(self.member, 150, expires_on=self.days_ago(-30))
        order = self.spending(self.member)
        order.action_confirm()
        self.assertBalance(card, 50, pending=1000)
        self.cancel(order)
        self.assertBalance(card, 150)
        wallet = card._edu_wallets()[card]
        self.assertEqual(
            [(g.left, g.expires_on) for g in wallet.grants],
            [(150, self.days_ago(-30))],
        )

    def test_host_fails_two_orders_confirmed_together_do_not_overdraw(self):
        card = self.make_card(self.member, 100)
        orders = self.spending(self.member) | self.spending(self.member)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            orders.action_confirm()
        self.assertBalance(card, 100)

    def test_host_fails_waiting_points_are_no_discount(self):
        order = self.order(self.member)
        self.assertTrue(self.redeem(order))
        self.assertFalse(order.order_line.reward_id)

    def test_host_fails_a_credit_note_takes_the_points_back(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        invoice = self.make_invoice(order)
        self.pay(invoice)
        self.credit(invoice)
        self.assertBalance(card, 0)

    def test_a_line_of_a_confirmed_order_keeps_its_points(self):
        card = self.make_card(self.member, 100)
        order = self.spending(self.member)
        order.action_confirm()
        with self.assertRaises(UserError), self.cr.savepoint():
            order.order_line.filtered("reward_id").unlink()
        self.assertBalance(card, 0, pending=1000)

    def test_a_lesson_that_took_place_stays_spent(self):
        card = self.make_card(self.member, 100)
        order = self.spending(self.member)
        order.action_confirm()
        reward = order.order_line.filtered("reward_id")
        with patch.object(type(reward), "unlink", lambda lines: True):
            order._action_cancel()
        self.assertBalance(card, 0)
        reward.unlink()
        order._edu_settle_points()
        self.assertBalance(card, 100)

    def test_settled_again_nothing_is_booked(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        self.pay(self.make_invoice(order))
        before = len(card.edu_entry_ids)
        order._edu_settle_points()
        self.assertEqual(len(card.edu_entry_ids), before)

    def test_a_salesperson_without_a_role_confirms(self):
        clerk = self.make_user("salesperson")
        order = self.order(self.member, user_id=clerk.id).with_user(clerk)
        order.action_confirm()
        self.assertBalance(self.card_of(self.member), 0, pending=1000)

    def test_host_fails_who_confirms_an_order_may_cancel_it(self):
        for role in ("salesperson", "agent"):
            with self.subTest(role):
                clerk = self.make_user(role)
                order = self.order(self.member, user_id=clerk.id).with_user(clerk)
                order.action_confirm()
                order._action_cancel()
                self.assertEqual(order.state, "cancel")
                self.assertBalance(self.card_of(self.member), 0)

    def test_who_may_change_a_quotation_may_cancel_it(self):
        clerk = self.make_user("agent")
        order = self.order(self.member, user_id=clerk.id).with_user(clerk)
        order._update_programs_and_rewards()
        order._action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_host_fails_a_balance_is_not_typed_by_the_wizard_of_the_host(self):
        card = self.make_card(self.member, 100)
        wizard = self.env["loyalty.card.update.balance"].create(
            {"card_id": card.id, "new_balance": 500, "description": "Gift"}
        )
        with self.assertRaises(UserError):
            wizard.action_update_card_point()
        self.assertBalance(card, 100)
