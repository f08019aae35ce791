"""Two clerks at once: one reminder, one credit note."""

from psycopg2 import Error, OperationalError

from odoo import api
from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import BRIEF
from .clerks import ClerksCase


@tagged("post_install", "-at_install")
class TestTwoClerksAndMoney(ClerksCase):
    def make_committed(self, invoiced_on=None, **course):
        """Return ids of a posted invoice and of its enrollment, committed."""
        with self.clerk() as env:
            order = self.orders_of(env, self.course_of(env, **course), "Payer")
            order.partner_id.email = "once@example.com"
            order.action_confirm()
            invoice = order._create_invoices()
            if invoiced_on:
                invoice.invoice_date = invoice.invoice_date_due = invoiced_on
            invoice.action_post()
            self.clean_up_after(order, invoice)
            env.flush_all()
            return invoice.id, order.edu_enrollment_ids.id

    def test_two_who_remind_at_once_send_one_mail(self):
        invoice_id, _enrollment = self.make_committed(invoiced_on=self.days_ago(5))

        def remind(env):
            invoice = env["account.move"].browse(invoice_id)
            rows = env["edu.payment.reminder"]._remind(invoice)
            env.flush_all()
            return rows

        with self.registry.cursor() as cursor:
            late = api.Environment(cursor, self.env.uid, {})
            late["account.move"].browse(invoice_id).name  # noqa: B018 its snapshot
            with self.clerk() as first:
                self.assertEqual(len(remind(first)), 1)
                cursor.execute(BRIEF)
                with (
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(Error),
                    late.cr.savepoint(),
                ):
                    remind(late)
            # The first has committed; the second still sees what was before.
            self.assertFalse(remind(late))
            cursor.commit()
        with self.clerk() as env:
            mails = env["mail.mail"].search(
                [("model", "=", "account.move"), ("res_id", "=", invoice_id)]
            )
            self.assertEqual(len(mails), 1)
            self.assertFalse(remind(env))

    def test_two_clerks_withdraw_at_once_and_one_credit_note_is_made(self):
        _invoice, enrollment_id = self.make_committed(edu_lessons=10)

        def withdraw(env):
            enrollment = env["edu.enrollment"].browse(enrollment_id)
            return enrollment._withdraw_and_refund(
                enrollment.date_start, reason="Moves", method="lessons", lessons_used=2
            )

        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            late["edu.enrollment"].browse(enrollment_id).read(["state"])
            with self.clerk() as first:
                self.assertEqual(len(withdraw(first)), 1)
                first.flush_all()
                with self.assertRaises(LockError):
                    withdraw(late)
            # Nor afterwards, as long as it sees what was before.
            with self.assertRaises(OperationalError):
                withdraw(late)
            cursor.rollback()
            late.invalidate_all()
            with self.assertRaisesRegex(UserError, "over already"):
                withdraw(late)
        with self.clerk() as env:
            enrollment = env["edu.enrollment"].browse(enrollment_id)
            self.assertEqual(len(enrollment.credit_note_ids), 1)
            self.assertEqual(enrollment.state, "withdrawn")
