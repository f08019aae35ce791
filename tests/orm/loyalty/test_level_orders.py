"""What is bought makes a level, and what is refunded takes it back."""

from .sales import PointSalesCase


class TestLevelOrders(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.make_program()
        self.make_ladder()
        self.member = self.make_customer()

    def settle(self, order):
        """Invoice the order and pay the invoice; return it."""
        invoice = order._create_invoices()
        invoice.action_post()
        self.pay(invoice)
        self.env.invalidate_all()
        return invoice

    def test_a_paid_order_counts_and_its_refund_counts_against_it(self):
        order = self.confirmed(self.member, 600)
        card = self.card_of(self.member)
        self.assertEqual(card.edu_qualifying_points, 0)
        invoice = self.settle(order)
        self.assertEqual(card.edu_qualifying_points, 600)
        self.run_levels()
        self.assertEqual(self.member.grade_id.name, "Silver")
        self.credit(invoice)
        self.env.invalidate_all()
        self.assertEqual(card.edu_qualifying_points, 0)
        self.run_levels()
        self.assertTrue(card.edu_level_notice_on)

    def test_what_a_member_spends_does_not_cost_the_level(self):
        self.settle(self.confirmed(self.member, 600))
        order = self.spending(self.member, 1000)
        order.action_confirm()
        self.settle(order)
        self.run_levels()
        self.assertEqual(self.member.grade_id.name, "Gold")
