"""An order that has nothing to do with courses pays nothing for contracts."""

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from ..common import SIGNATURE, EduCase


@tagged("post_install", "-at_install")
class TestContractQueries(EduCase):
    def cost(self, values, method):
        """Return the queries of writing on one plain order, and those of one method."""
        order = self.make_order(self.make_person(), confirm=False)
        self.env.invalidate_all()
        seen = []
        model = type(order)
        original = getattr(model, method)

        def counted(records, *args):
            records.env.flush_all()
            before = records.env.cr.sql_log_count
            result = original(records, *args)
            seen.append(records.env.cr.sql_log_count - before)
            return result

        self.patch(model, method, counted)
        order.write(values)
        self.env.flush_all()
        return sum(seen)

    def test_signing_a_plain_order_costs_one_query_more(self):
        cost = self.cost(
            {"signature": SIGNATURE, "signed_by": "A", "signed_on": Datetime.now()},
            "_edu_course_lines",
        )
        self.assertLessEqual(cost, 1)

    def test_an_order_never_signed_is_not_compared(self):
        term = self.env["account.payment.term"].create({"name": "Later"})
        self.assertEqual(
            self.cost({"payment_term_id": term.id}, "_edu_review_contracts"), 0
        )

    def test_lines_of_a_plain_order_are_not_compared(self):
        order = self.make_order(self.make_person(), confirm=False)
        product = self.make_product()
        costs = []
        for write in (
            lambda: order.order_line.write({"price_unit": 7}),
            lambda: order.write(
                {"order_line": [Command.create({"product_id": product.id})]}
            ),
            lambda: order.order_line[0].unlink(),
        ):
            self.env.flush_all()
            self.env.invalidate_all()
            costs.append(self.queries(write))
        self.assertEqual(costs, [0, 0, 0])

    def queries(self, write):
        """Return how many queries the comparison itself makes."""
        seen = []
        model = type(self.env["sale.order"])
        original = model._edu_review_changed

        def counted(records, *args):
            before = records.env.cr.sql_log_count
            original(records, *args)
            seen.append(records.env.cr.sql_log_count - before)

        self.patch(model, "_edu_review_changed", counted)
        write()
        return sum(seen)

    def test_confirming_an_order_without_courses_asks_nothing_of_contracts(self):
        order = self.make_order(self.make_person(), confirm=False)
        called = []
        self.patch(
            type(order),
            "_edu_review_contract",
            lambda record: called.append(record),
        )
        order.action_confirm()
        self.assertFalse(called)
