"""A learner leaves early: refund, credit note, order, seat."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from ..common import SIGNATURE, EduCase


class WithdrawalCase(EduCase):
    def make_course_of(self, price, lessons=20, **values):
        return self.make_course(list_price=price, edu_lessons=lessons, **values)

    def bill(self, price=1000.0, paid=None, term=None, course=None, **line):
        """Return enrollment and posted invoice, of which ``paid`` is paid."""
        course = course or self.make_course_of(price)
        enrollment = self.make_enrollment(course=course, **line)
        invoice = self.make_invoice(enrollment.order_id, term=term)
        if paid:
            self.pay(invoice, paid)
        return enrollment, invoice

    def withdraw(self, enrollment, lessons_used=6, **values):
        return enrollment._withdraw_and_refund(
            enrollment.company_id._edu_today(),
            **{
                "reason": "Moves away",
                "method": "lessons",
                "lessons_used": lessons_used,
                **values,
            },
        )

    def assertCredited(self, note, invoice, amount):
        self.assertRecordValues(
            note,
            [
                {
                    "state": "draft",
                    "move_type": "out_refund",
                    "reversed_entry_id": invoice.id,
                    "amount_total": amount,
                    "currency_id": invoice.currency_id.id,
                    "company_id": invoice.company_id.id,
                }
            ],
        )


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

    # ------------------------------------------------------------------ once
    def test_nobody_withdraws_twice(self):
        enrollment, _invoice = self.bill(paid=1000)
        note = self.withdraw(enrollment)
        with self.assertRaisesRegex(UserError, "over already"):
            self.withdraw(enrollment)
        self.assertEqual(enrollment.credit_note_ids, note)

    def test_ended_and_canceled_enrollments_cannot_be_withdrawn(self):
        ended = self.make_enrollment(edu_date_start="2024-01-01")
        canceled = self.make_enrollment()
        canceled.order_id._action_cancel()
        for enrollment in (ended, canceled):
            with self.assertRaisesRegex(UserError, "over already"):
                self.withdraw(enrollment)

    def test_no_more_is_credited_than_was_invoiced(self):
        enrollment, _invoice = self.bill(paid=1000)
        for credit in (1000.01, -0.01):
            with self.assertRaisesRegex(UserError, "At most"):
                self.withdraw(enrollment, credit=credit)

    def test_a_draft_is_settled_first(self):
        enrollment = self.make_enrollment(course=self.make_course_of(1000.0))
        invoice = self.make_invoice(enrollment.order_id, post=False)
        with self.assertRaisesRegex(UserError, "draft invoice"):
            self.withdraw(enrollment)
        invoice.action_post()
        self.assertCredited(self.withdraw(enrollment), invoice, 700)

    def test_what_accounting_credited_before_is_not_credited_again(self):
        enrollment, invoice = self.bill(paid=1000)
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id})
        wizard.refund_moves()
        earlier = wizard.new_move_ids
        earlier.invoice_line_ids.price_unit = 200
        earlier.action_post()
        note = self.withdraw(enrollment)
        self.assertCredited(note, invoice, 500)

    # ------------------------------------------------------------------ what follows
    def test_the_seat_is_free_for_who_waits(self):
        course = self.make_course_of(1000.0)
        run = self.make_run(course, seats=1)
        first = self.make_enrollment(course=course, edu_run_id=run.id)
        second = self.make_enrollment(course=course, edu_run_id=run.id)
        self.assertTrue(second.is_waiting)
        self.withdraw(first, 0)
        self.assertNotEqual(second.state, "draft")

    def test_coming_activities_are_dropped_and_late_ones_stay(self):
        enrollment, _invoice = self.bill()
        today = self.env.company._edu_today()
        for days, summary in ((-2, "Late"), (0, "Today"), (5, "Coming")):
            enrollment.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=Date.add(today, days=days),
                summary=summary,
            )
        self.withdraw(enrollment)
        self.assertEqual(
            set(enrollment.activity_ids.mapped("summary")), {"Late", "Today"}
        )

    def test_the_file_tells_how_the_refund_was_reckoned(self):
        enrollment, _invoice = self.bill(paid=500)
        self.withdraw(enrollment)
        log = str(enrollment.message_ids[0].body)
        for words in ("Moves away", "6 of 20", "14 of 20", "300.00", "200.00"):
            self.assertIn(words, log)
        self.assertEqual(enrollment.withdrawal_reason, "Moves away")

    def test_a_signed_contract_asks_for_no_new_signature(self):
        enrollment, _invoice = self.bill(paid=1000)
        order = enrollment.order_id
        order.write(
            {
                "signed_by": "Mother",
                "signed_on": self.moment_ago(1),
                "signature": SIGNATURE,
            }
        )
        self.assertTrue(order.edu_contract_id)
        self.assertFalse(order.edu_contract_to_sign_id)
        self.withdraw(enrollment)
        self.assertFalse(order.edu_contract_to_sign_id)
        order._edu_review_contracts()
        self.assertFalse(order.edu_contract_to_sign_id)


@tagged("post_install", "-at_install")
class TestWithdrawalWizard(WithdrawalCase):
    def open(self, enrollment, user):
        action = enrollment.with_user(user).action_withdraw()
        model = self.env[action["res_model"]].with_user(user)
        return Form(model.with_context(**action["context"]))

    def test_the_wizard_shows_the_formula_and_withdraws(self):
        agent = self.make_user("agent")
        enrollment, invoice = self.bill(paid=500)
        enrollment.order_id.user_id = agent
        with self.open(enrollment, agent) as form:
            self.assertEqual(form.method, "lessons")
            self.assertEqual(form.proposed, 1000)
            form.lessons_used = 6
            form.reason = "Moves away"
            self.assertEqual(
                [form.used_value, form.unused_value, form.credit, form.paid_back],
                [300, 700, 700, 200],
            )
            self.assertIn("6 of 20", str(form.formula))
        form.record.action_withdraw()
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertCredited(enrollment.credit_note_ids, invoice, 700)

    def test_another_amount_needs_a_reason(self):
        enrollment, invoice = self.bill(paid=1000)
        with self.open(enrollment, self.make_user("manager")) as form:
            form.reason = "Complaint"
            form.lessons_used = 6
            form.credit = 900
            form.credit_reason = "placeholder"
            self.assertEqual(form.paid_back, 900)
        form.record.credit_reason = False
        with self.assertRaisesRegex(UserError, "Say why"):
            form.record.action_withdraw()
        form.record.credit_reason = "Goodwill"
        form.record.action_withdraw()
        self.assertCredited(enrollment.credit_note_ids, invoice, 900)
        self.assertIn("Goodwill", enrollment.withdrawal_reason)

    def test_an_accountant_goes_on_with_the_draft(self):
        user = self.make_user("manager")
        user.group_ids |= self.env.ref("account.group_account_invoice")
        enrollment, _invoice = self.bill(paid=1000)
        with self.open(enrollment, user) as form:
            form.reason = "Moves away"
        action = form.record.action_withdraw()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(action["res_id"], enrollment.credit_note_ids.id)

    # ------------------------------------------------------------------ rights
    def test_who_may_change_the_enrollment_may_withdraw_it(self):
        for role in ("agent", "leader", "manager"):
            with self.subTest(role=role):
                user = self.make_user(role)
                enrollment, _invoice = self.bill(paid=1000)
                enrollment.order_id.user_id = user
                self.env.flush_all()
                self.withdraw(enrollment.with_user(user))
                self.assertEqual(enrollment.state, "withdrawn")

    def test_nobody_else_may(self):
        agent = self.make_user("agent")
        enrollment, _invoice = self.bill(paid=1000)
        enrollment.order_id.user_id = agent
        self.env.flush_all()
        for role in ("readonly", "agent", "employee", "portal", "accountant"):
            with self.subTest(role=role):
                stranger = enrollment.with_user(self.make_user(role))
                with self.assertRaises(AccessError):
                    self.withdraw(stranger)
        self.assertEqual(enrollment.state, "active")

    def test_an_agent_does_not_post_the_credit_note(self):
        agent = self.make_user("agent")
        enrollment, _invoice = self.bill(paid=1000)
        enrollment.order_id.user_id = agent
        self.env.flush_all()
        note = self.withdraw(enrollment.with_user(agent))
        with self.assertRaises(AccessError):
            note.with_user(agent).action_post()
