"""Several enrollments, and other things, on one invoice."""

from odoo.fields import Command
from odoo.tests import tagged

from .payment_case import PaymentCase


@tagged("post_install", "-at_install")
class TestPaymentShares(PaymentCase):
    def test_siblings_share_every_instalment_of_their_invoice(self):
        enrollments = self.siblings(100.0, 200.0)
        invoice = self.make_invoice(enrollments.order_id, term=3)
        self.pay(invoice, 100)
        for enrollment, invoiced, paid in zip(
            enrollments, (100, 200), (33.33, 66.67), strict=True
        ):
            self.assertAmounts(
                enrollment,
                "partial",
                invoiced=invoiced,
                paid=paid,
                due=invoiced - paid,
            )

    def test_shares_add_up_to_the_invoice_to_the_cent(self):
        enrollments = self.siblings(33.34, 33.33, 33.33, 0.01)
        invoice = self.make_invoice(enrollments.order_id, term=4)
        self.pay(invoice, 41.17)
        total = {
            name: round(sum(enrollments.mapped(name)), 2)
            for name in ("amount_invoiced", "amount_paid", "amount_due")
        }
        self.assertEqual(
            total,
            {"amount_invoiced": 100.01, "amount_paid": 41.17, "amount_due": 58.84},
        )
        self.assertEqual(total["amount_due"], invoice.amount_residual)

    def test_other_products_of_the_invoice_are_not_the_enrollments(self):
        enrollment = self.make_enrollment(course=self.make_course(list_price=300.0))
        order = enrollment.order_id
        order.order_line = [
            Command.create({"product_id": self.make_product(list_price=100).id})
        ]
        invoice = self.make_invoice(order)
        self.pay(invoice, 200)
        self.assertAmounts(enrollment, "partial", invoiced=300, paid=150, due=150)

    def test_taxes_are_part_of_what_is_due(self):
        tax = self.env["account.tax"].create(
            {"name": "Six percent", "amount": 6.0, "type_tax_use": "sale"}
        )
        course = self.make_course(taxes_id=[Command.set(tax.ids)])
        enrollment = self.make_enrollment(course=course)
        self.make_invoice(enrollment.order_id)
        self.assertAmounts(enrollment, "to_pay", invoiced=106, due=106)

    def test_a_down_payment_is_shared_by_price(self):
        enrollments = self.siblings(300.0, 100.0)
        order = enrollments.order_id
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "percentage",
                "amount": 50,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        wizard.create_invoices()
        down = order.invoice_ids
        down.action_post()
        self.assertAmounts(enrollments[0], "to_pay", invoiced=150, due=150)
        self.assertAmounts(enrollments[1], "to_pay", invoiced=50, due=50)
        self.pay(down)
        self.assertAmounts(enrollments[0], "paid", invoiced=150, paid=150)
        final = order._create_invoices(final=True)
        final.action_post()
        self.assertEqual(final.amount_total, 200)
        self.assertAmounts(enrollments[0], "partial", invoiced=300, paid=150, due=150)
        self.assertAmounts(enrollments[1], "partial", invoiced=100, paid=50, due=50)
