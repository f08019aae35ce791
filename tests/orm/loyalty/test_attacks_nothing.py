"""Whatever is done to an order, nobody has more points than it earned."""

from odoo.fields import Command

from .sales import PointSalesCase


class TestPointsFromNothing(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program()
        self.member = self.make_customer()
        self.card = self.make_card(self.member, 300)

    def transaction(self, order, amount, **values):
        provider = self.env["payment.provider"].create(
            {"name": "School pay", "code": "none", "state": "test"}
        )
        self.patch(
            self.registry["payment.transaction"],
            "_create_payment",
            lambda self, **values: self.env["account.payment"],
        )
        made = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "reference": f"Paid {next(self._numbers)}",
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "state": "done",
                **values,
            }
        )
        made._post_process()
        self.env.flush_all()
        return made

    def test_confirmed_and_canceled_again_and_again(self):
        self.program.edu_hold_until_paid = False
        order = self.spending(self.member)
        for _round in range(20):
            order.action_confirm()
            self.assertGreaterEqual(self.card.points, 1200)
            self.cancel(order)
            self.assertBalance(self.card, 300)
            order.action_draft()
        order.action_confirm()
        self.assertAddsUp(self.card)
        self.assertLessEqual(self.card.points, 1300)

    def test_more_and_less_again_and_again(self):
        self.program.edu_hold_until_paid = False
        order = self.confirmed(self.member)
        line = order.order_line
        for quantity in (7, 1, 0.3, 1000, 0, 2, 1) * 3:
            line.product_uom_qty = quantity
            line.price_unit = 333.33
            line.discount = 50
            line.discount = 0
            line.price_unit = 1000
        self.assertBalance(self.card, 1300)

    def test_paid_in_very_small_parts(self):
        order = self.confirmed(self.member, 10)
        invoice = self.make_invoice(order)
        for _part in range(9):
            self.pay(invoice, 0.99)
            self.assertAddsUp(self.card)
            self.assertLessEqual(self.card.points, 309)
        self.pay(invoice, 1.09)
        self.assertBalance(self.card, 310)

    def test_credited_in_very_small_parts(self):
        order = self.confirmed(self.member, 10)
        invoice = self.make_invoice(order)
        self.pay(invoice)
        for _part in range(10):
            self.credit(invoice, 0.99)
            self.assertAddsUp(self.card)
        self.credit(invoice, 0.10)
        self.assertBalance(self.card, 300)

    def test_an_invoice_edited_and_posted_again(self):
        invoice = self.make_invoice(self.confirmed(self.member))
        self.pay(invoice)
        self.assertBalance(self.card, 1300)
        for _round in range(3):
            invoice.button_draft()
            self.assertBalance(self.card, 300, pending=1000)
            invoice.action_post()
            self.assertAddsUp(self.card)
        self.assertLessEqual(self.card.points + self.card.edu_pending_points, 1300)

    def test_a_payment_that_is_canceled(self):
        invoice = self.make_invoice(self.confirmed(self.member))
        for _round in range(3):
            payment = self.pay(invoice)
            self.assertBalance(self.card, 1300)
            payment.action_draft()
            payment.action_cancel()
            self.assertBalance(self.card, 300, pending=1000)

    def test_paid_online_and_refunded_online(self):
        order = self.confirmed(self.member)
        paid = self.transaction(order, 1000, sale_order_ids=[Command.set(order.ids)])
        self.assertBalance(self.card, 1300)
        refund = {"operation": "refund", "source_transaction_id": paid.id}
        self.transaction(order, -400, **refund)
        self.assertBalance(self.card, 900, pending=400)
        self.transaction(order, -600, **refund)
        self.assertBalance(self.card, 300, pending=1000)

    def test_a_part_paid_before(self):
        order = self.confirmed(self.member)
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard = wizard.create({"advance_payment_method": "percentage", "amount": 30})
        first = wizard._create_invoices(order)
        first.action_post()
        self.assertBalance(self.card, 300, pending=1000)
        self.pay(first)
        self.assertBalance(self.card, 600, pending=700)
        last = order._create_invoices(final=True)
        last.action_post()
        self.assertBalance(self.card, 600, pending=700)
        self.pay(last)
        self.assertBalance(self.card, 1300)

    def test_nothing_left_to_pay_gives_no_more_than_the_host_says(self):
        order = self.order(self.member)
        order.order_line = [
            Command.create(
                {
                    "product_id": self.make_product().id,
                    "price_unit": -1000,
                    "product_uom_qty": 1,
                }
            )
        ]
        order.action_confirm()
        self.assertBalance(self.card, 300)

    def test_a_rule_that_is_deleted(self):
        order = self.confirmed(self.member)
        self.program.rule_ids.unlink()
        self.pay(self.make_invoice(order))
        self.assertBalance(self.card, 1300)
        self.cancel(order)
        self.assertBalance(self.card, 300)

    def test_a_program_that_is_archived(self):
        order = self.confirmed(self.member)
        self.program.action_archive()
        order.order_line.product_uom_qty = 2
        self.pay(self.make_invoice(order))
        self.assertAddsUp(self.card)
        self.assertLessEqual(self.card.points, 2300)
        self.cancel(order)
        self.assertBalance(self.card, 300)

    def test_two_members_become_one_while_an_order_is_open(self):
        other = self.make_customer()
        theirs = self.make_card(other, 100)
        order = self.spending(other)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.member | other).ids, self.member)
        self.env.invalidate_all()
        self.assertBalance(self.card, 400)
        self.assertBalance(theirs, 0)
        order.action_confirm()
        self.assertBalance(self.card, 300, pending=1000 - 10 + 10)
        self.cancel(order)
        self.assertBalance(self.card, 400)

    def test_rewards_of_a_confirmed_order_are_not_taken_off_but_kept(self):
        order = self.spending(self.member)
        order.action_confirm()
        line = order.order_line.filtered("reward_id")
        self.assertEqual(self.card.points, 200)
        line.product_uom_qty = 0
        order._update_programs_and_rewards()
        self.assertAddsUp(self.card)
        total = sum(order.order_line.filtered("reward_id").mapped("points_cost"))
        self.assertEqual(self.card.points, 300 - total)

    def test_two_rewards_for_one_balance(self):
        order = self.order(self.member)
        for _number in range(5):
            self.redeem(order)
        order.action_confirm()
        self.assertAddsUp(self.card)
        self.assertGreaterEqual(self.card.points, 0)
        spent = sum(order.order_line.mapped("points_cost"))
        self.assertEqual(self.card.points, 300 - spent)

    def test_orders_that_become_one(self):
        first, second = self.spending(self.member), self.spending(self.member)
        third = self.spending(self.member)
        (first | second | third).action_confirm()
        self.assertBalance(self.card, 0, pending=3000)
