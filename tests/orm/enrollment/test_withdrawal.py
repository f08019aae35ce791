"""A learner leaves early: the credit note, and what stays on the order."""

from odoo.fields import Command, Date, Datetime
from odoo.tests import freeze_time, tagged

from .withdrawal_case import WithdrawalCase


@tagged("post_install", "-at_install")
class TestWithdrawal(WithdrawalCase):
    # ------------------------------------------------------------------ credit note
    def test_what_is_unused_is_credited_as_a_draft(self):
        enrollment, invoice = self.bill(paid=1000)
        note = self.withdraw(enrollment)
        self.assertCredited(note, invoice, 700)
        self.assertEqual(note.invoice_line_ids.sale_line_ids, enrollment.sale_line_id)
        self.assertEqual(enrollment.credit_note_ids, note)
        self.assertIn("Moves away", note.ref)
        note.action_post()
        self.assertEqual(enrollment.amount_invoiced, 300)
        self.assertEqual(enrollment.amount_due, -700)

    def test_a_credit_settles_what_is_still_to_pay_first(self):
        enrollment, invoice = self.bill(paid=500, term=2)
        note = self.withdraw(enrollment)
        note.action_post()
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(note.amount_residual, 200)
        self.assertEqual(enrollment.amount_due, -200)

    def test_a_day_that_has_begun_in_the_company_only_is_not_waited_for(self):
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.env.user.tz = "UTC"
        enrollment, _invoice = self.bill(paid=1000)
        tomorrow = Datetime.now().replace(hour=20)
        with freeze_time(tomorrow):
            note = self.withdraw(enrollment)
            self.assertEqual(note.auto_post, "no")
            note.action_post()
        self.assertEqual(note.state, "posted")

    def test_everything_used_makes_no_credit_note(self):
        enrollment, _invoice = self.bill(paid=1000)
        self.assertFalse(self.withdraw(enrollment, 22))
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertEqual(enrollment.order_id.invoice_status, "invoiced")

    def test_before_the_start_everything_is_credited(self):
        today = self.env.company._edu_today()
        enrollment, invoice = self.bill(
            paid=1000, edu_date_start=Date.add(today, days=30)
        )
        note = self.withdraw(enrollment, method="days")
        self.assertCredited(note, invoice, 1000)
        self.assertEqual(enrollment.date_end, enrollment.date_start)

    def test_by_days_pauses_are_not_used(self):
        today = self.env.company._edu_today()
        course = self.make_course_of(
            280.0, 0, edu_term_unit="weeks", edu_term=4, edu_lessons_per_week=0
        )
        enrollment, invoice = self.bill(
            course=course, paid=280, edu_date_start=Date.subtract(today, days=13)
        )
        enrollment.pause_ids = [
            Command.create(
                {
                    "date_from": Date.subtract(today, days=9),
                    "date_to": Date.subtract(today, days=3),
                    "reason": "Ill",
                }
            )
        ]
        # 14 days, 7 of them paused: 7 of 28 days are used.
        note = self.withdraw(enrollment, method="days")
        self.assertCredited(note, invoice, 210)

    def test_only_the_own_line_of_a_family_invoice_is_credited(self):
        guardian = self.make_person()
        order = self.env["sale.order"].create(
            {
                "partner_id": guardian.id,
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "Term"}),
                    *(
                        Command.create(
                            {
                                "product_id": self.make_course_of(price).id,
                                "edu_learner_id": self.make_learner(guardian).id,
                            }
                        )
                        for price in (1000.0, 400.0)
                    ),
                    Command.create({"product_id": self.make_product().id}),
                ],
            }
        )
        order.action_confirm()
        invoice = self.make_invoice(order)
        first, second = order.edu_enrollment_ids.sorted("sale_line_id")
        note = self.withdraw(first)
        self.assertCredited(note, invoice, 700)
        self.assertEqual(len(note.invoice_line_ids), 1)
        note.action_post()
        self.assertEqual(first.amount_invoiced, 300)
        self.assertEqual(second.amount_invoiced, 400)
        self.assertEqual(second.state, "active")

    def test_taxes_are_credited_with_the_line(self):
        for included in ("tax_excluded", "tax_included"):
            for percent, price, credit in (
                (6.0, 999.99, None),
                (13.0, 123.45, 77.77),
                (3.0, 100.0, 0.05),
            ):
                with self.subTest(included=included, percent=percent):
                    tax = self.env["account.tax"].create(
                        {
                            "name": f"Tax {included} {percent}",
                            "amount": percent,
                            "type_tax_use": "sale",
                            "price_include_override": included,
                        }
                    )
                    course = self.make_course_of(price, taxes_id=[Command.set(tax.ids)])
                    enrollment, invoice = self.bill(course=course)
                    expected = credit or enrollment.currency_id.round(
                        enrollment.price_total * 14 / 20
                    )
                    note = self.withdraw(enrollment, credit=expected)
                    self.assertEqual(note.invoice_line_ids.tax_ids, tax)
                    self.assertCredited(note, invoice, expected)

    def test_a_quantity_that_cannot_be_parted_exactly_is_credited_to_the_cent(self):
        enrollment, invoice = self.bill(100.0, course=self.make_course_of(100.0, 3))
        note = self.withdraw(enrollment, 2)
        self.assertCredited(note, invoice, 33.33)
        note.action_post()
        self.assertEqual(enrollment.amount_invoiced, 66.67)
        self.assertEqual(enrollment.order_id.invoice_status, "invoiced")

    def down_payment(self, percent):
        """Return enrollment and its paid down payment; nothing else is invoiced."""
        enrollment = self.make_enrollment(course=self.make_course_of(1000.0))
        order = enrollment.order_id
        self.env["sale.advance.payment.inv"].create(
            {
                "advance_payment_method": "percentage",
                "amount": percent,
                "sale_order_ids": [Command.set(order.ids)],
            }
        ).create_invoices()
        down = order.invoice_ids
        down.action_post()
        self.pay(down)
        return enrollment, down

    def test_a_down_payment_is_credited_as_far_as_it_exceeds_what_was_used(self):
        enrollment, down = self.down_payment(40)
        note = self.withdraw(enrollment)
        self.assertCredited(note, down, 100)
        note.action_post()
        self.assertEqual(enrollment.amount_invoiced, 300)
        self.assertEqual(enrollment.sale_line_id.qty_to_invoice, 0)

    def test_the_final_invoice_asks_for_what_was_used_beyond_the_down_payment(self):
        enrollment, _down = self.down_payment(40)
        self.assertFalse(self.withdraw(enrollment, 10))
        final = enrollment.order_id._create_invoices(final=True)
        self.assertEqual(final.amount_total, 100)
        final.action_post()
        self.assertEqual(enrollment.amount_invoiced, 500)

    # ------------------------------------------------------------------ the order
    def test_what_was_credited_is_not_invoiced_again(self):
        enrollment, _invoice = self.bill(paid=1000)
        order = enrollment.order_id
        note = self.withdraw(enrollment)
        self.assertEqual(order.order_line.product_uom_qty, 0.3)
        self.assertEqual(order.invoice_status, "invoiced")
        note.action_post()
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(order.amount_total, 300)
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertEqual(enrollment.price_total, 1000)

    def test_nothing_invoiced_leaves_what_was_used_to_be_invoiced(self):
        enrollment = self.make_enrollment(course=self.make_course_of(1000.0))
        order = enrollment.order_id
        self.assertFalse(self.withdraw(enrollment))
        self.assertEqual(order.amount_total, 300)
        self.assertEqual(self.make_invoice(order).amount_total, 300)

    def test_nothing_invoiced_and_nothing_used_leaves_nothing(self):
        enrollment = self.make_enrollment(course=self.make_course_of(1000.0))
        self.assertFalse(self.withdraw(enrollment, 0))
        self.assertEqual(enrollment.order_id.amount_total, 0)
        self.assertNotEqual(enrollment.order_id.invoice_status, "to invoice")
        self.assertEqual(enrollment.state, "withdrawn")

    def test_a_locked_order_stays_locked(self):
        enrollment, _invoice = self.bill(paid=1000)
        enrollment.order_id.locked = True
        self.withdraw(enrollment)
        self.assertTrue(enrollment.order_id.locked)
        self.assertEqual(enrollment.order_id.order_line.product_uom_qty, 0.3)
