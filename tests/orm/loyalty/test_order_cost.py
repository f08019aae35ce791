"""What the ledger costs an order, beside a loyalty program of the host."""

from .sales import PointSalesCase


class TestOrderCost(PointSalesCase):
    def cost(self, order):
        return self.queries(order.action_confirm)

    def ordering(self, *, spends):
        """Return a quotation of a customer who has a card with points."""
        member = self.make_customer()
        self.make_card(member, 500)
        order = self.order(member)
        order._update_programs_and_rewards()
        if spends:
            self.assertFalse(self.redeem(order))
        return order

    def host_ordering(self, *, spends):
        member = self.make_customer()
        program = self.env["loyalty.program"].search([("name", "=", "Host")])
        self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": member.id, "points": 500}
        )
        order = self.order(member)
        order._update_programs_and_rewards()
        if spends:
            for card, rewards in order._get_claimable_rewards().items():
                order._apply_program_reward(rewards[:1], card)
        return order

    def host_program(self):
        program = self.make_program(name="Host", edu_mode=False)
        self.env.company.edu_member_program_id = False
        return program

    def test_a_confirmed_order_costs_three_queries_more_than_by_the_host(self):
        for spends in (False, True):
            with self.subTest(spends=spends):
                program = self.host_program()
                self.cost(self.host_ordering(spends=spends))
                host = self.cost(self.host_ordering(spends=spends))
                program.active = False
                program.name = "Old"
                members = self.make_program()
                self.cost(self.ordering(spends=spends))
                ours = self.cost(self.ordering(spends=spends))
                self.assertLessEqual(ours, host + 3)
                members.active = False

    def test_orders_without_a_program_cost_nothing_more(self):
        def cost():
            return self.cost(self.order(self.make_customer()))

        before = self.warm(cost)
        self.make_card(points=5)
        self.member_program().active = False
        self.assertEqual(self.warm(cost), before)

    def test_an_invoice_without_points_costs_a_query_at_most(self):
        def cost():
            order = self.confirmed(self.make_customer())
            return self.queries(order._create_invoices().action_post)

        before = self.warm(cost)
        self.make_card(points=5)
        self.member_program().active = False
        self.assertLessEqual(self.warm(cost), before + 1)

    def warm(self, cost):
        """Return the least of some times: what the server remembers is no cost."""
        return min(cost() for _time in range(3))
