"""A learner leaves early: once, and what follows from it."""

from odoo.exceptions import UserError
from odoo.fields import Date
from odoo.tests import tagged

from ..common import SIGNATURE
from .withdrawal_case import WithdrawalCase


@tagged("post_install", "-at_install")
class TestWithdrawalEnd(WithdrawalCase):
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
