"""The situations in which the host's points go wrong, and do not with a ledger."""

from odoo.exceptions import UserError, ValidationError

from odoo.addons.edu_crm_addon.logic import points as rule

from .sales import PointSalesCase


class TestOrderGuards(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.make_program(edu_hold_until_paid=False)
        self.member = self.make_customer()

    def spent(self, points=1000, **program):
        """Return an order that gave points, most of which were spent."""
        self.member_program().write(program)
        order = self.confirmed(self.member, points)
        card = self.card_of(self.member)
        self.book(card, -900)
        return order, card

    def void(self, card):
        entries = card.sudo().edu_entry_ids.filtered(lambda e: e.state == rule.VOID)
        return sum(entries.mapped("points"))

    # ------------------------------------------------------------------ spent before
    def test_host_fails_a_debt_is_told_and_paid_by_the_next_points(self):
        order, card = self.spent(edu_debt_policy="debt")
        self.cancel(order)
        self.assertBalance(card, -900)
        self.assertEqual(card._edu_wallets()[card].debt, 900)
        self.confirmed(self.member)
        self.assertBalance(card, 100)

    def test_host_fails_what_was_spent_is_written_off(self):
        order, card = self.spent(edu_debt_policy="write_off")
        self.cancel(order)
        self.assertBalance(card, 0)
        self.assertEqual(self.void(card), -900)

    def test_what_was_written_off_is_not_given_again(self):
        order, card = self.spent(edu_debt_policy="write_off")
        self.cancel(order)
        order.action_draft()
        order.action_confirm()
        self.assertBalance(card, 100)

    def test_host_fails_an_order_whose_points_were_spent_is_not_canceled(self):
        order, card = self.spent(edu_debt_policy="block")
        with self.assertRaises(UserError), self.cr.savepoint():
            order._action_cancel()
        self.assertBalance(card, 100)
        self.book(card, 900, kind="adjust")
        self.cancel(order)
        self.assertBalance(card, 0)

    def test_a_credit_note_is_not_refused_and_leaves_a_debt(self):
        order, card = self.spent(edu_debt_policy="block")
        self.credit(self.make_invoice(order))
        self.assertBalance(card, -900)

    def test_who_owes_points_can_still_buy(self):
        order, card = self.spent()
        self.cancel(order)
        self.confirmed(self.member, 100)
        self.assertBalance(card, -800)

    # ------------------------------------------------------------------ credit notes
    def test_host_fails_a_part_credited_takes_its_part_back(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        invoice = self.make_invoice(order)
        self.credit(invoice, 333.33)
        self.assertBalance(card, 666)
        self.credit(invoice, 666.67)
        self.assertBalance(card, 0)

    def test_host_fails_what_was_given_is_taken_back_whatever_rules_say_now(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        self.member_program().rule_ids.reward_point_amount = 5
        self.credit(self.make_invoice(order))
        self.assertBalance(card, 0)

    def test_a_credit_note_counts_once(self):
        self.member_program().edu_hold_until_paid = True
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        invoice = self.make_invoice(order)
        self.pay(invoice)
        note = self.credit(invoice, 400)
        self.assertBalance(card, 600)
        self.pay(note)
        self.assertBalance(card, 600)
        note.button_draft()
        self.assertBalance(card, 1000)

    def test_a_payment_that_is_undone_takes_the_points_back_to_wait(self):
        self.member_program().edu_hold_until_paid = True
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        invoice = self.make_invoice(order)
        self.pay(invoice)
        invoice.line_ids.remove_move_reconcile()
        self.assertBalance(card, 0, pending=1000)
        self.pay(invoice)
        self.assertBalance(card, 1000)

    def test_points_expired_before_the_refund_are_not_taken_twice(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        grant = card.edu_entry_ids
        self.book(card, -1000, kind=rule.EXPIRE, reverses_id=grant.id)
        self.book(card, 50)
        self.cancel(order)
        self.assertBalance(card, 50)

    # ------------------------------------------------------------------ changed orders
    def test_host_fails_another_quantity_gives_other_points(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        order.order_line.product_uom_qty = 3
        self.assertBalance(card, 3000)
        order.order_line.product_uom_qty = 0
        self.assertBalance(card, 0)

    def test_what_was_promised_follows_in_proportion_when_rules_changed(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        self.member_program().rule_ids.reward_point_amount = 2
        order.order_line.product_uom_qty = 3
        self.assertBalance(card, 3000)

    def test_a_line_more_gives_more(self):
        order = self.confirmed(self.member)
        card = self.card_of(self.member)
        product = self.make_product(list_price=50)
        self.env["sale.order.line"].create(
            {"order_id": order.id, "product_id": product.id}
        )
        self.assertBalance(card, 1050)

    def test_host_fails_a_reward_on_a_confirmed_order_is_in_the_ledger(self):
        card = self.make_card(self.member, 100)
        order = self.confirmed(self.member)
        self.assertBalance(card, 1100)
        clerk = self.env["sale.order"].with_user(self.make_user("leader"))
        self.assertFalse(self.redeem(clerk.browse(order.id)))
        self.assertBalance(card, 1000)
        spend = card.edu_entry_ids[0]
        self.assertEqual((spend.kind, spend.res_id), (rule.SPEND, order.id))
        order.action_open_reward_wizard()
        self.assertBalance(card, 1000)
        self.cancel(order)
        self.assertBalance(card, 100)

    def test_a_reward_typed_beyond_the_balance_is_refused(self):
        card = self.make_card(self.member, 100)
        order = self.spending(self.member)
        order.order_line.filtered("points_cost").points_cost = 5000
        with self.assertRaises(ValidationError), self.cr.savepoint():
            order.action_confirm()
        self.member_program().edu_hold_until_paid = True
        order = self.spending(self.member)
        order.action_confirm()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            order.order_line.filtered("points_cost").points_cost = 5000
        self.assertBalance(card, 0, pending=1000)

    # ------------------------------------------------------------------ blocked cards
    def test_a_card_that_does_not_add_up_redeems_nothing(self):
        card = self.make_card(self.member, 500)
        card.sudo().edu_difference = 1
        self.member_program().edu_hold_until_paid = True
        self.assertTrue(self.redeem(self.order(self.member)))
