"""Two clerks at once: one reminder, one credit note."""

from contextlib import contextmanager

from psycopg2 import Error, OperationalError

from odoo import api
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestTwoClerksRemind(EduCase):
    """Two who remind at once, in transactions of their own."""

    @contextmanager
    def clerk(self):
        with self.registry.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            yield api.Environment(cursor, self.env.uid, {"tracking_disable": True})

    def make_committed(self):
        with self.clerk() as env:
            course = env["product.product"].create(
                {
                    "name": "Reminder course",
                    "type": "service",
                    "service_tracking": "edu_course",
                    "list_price": 100,
                    "taxes_id": [Command.clear()],
                }
            )
            payer = env["res.partner"].create(
                {"name": "Payer at once", "email": "once@example.com"}
            )
            order = env["sale.order"].create(
                {
                    "partner_id": payer.id,
                    "order_line": [Command.create({"product_id": course.id})],
                }
            )
            order.action_confirm()
            invoice = order._create_invoices()
            invoice.invoice_date = invoice.invoice_date_due = self.days_ago(5)
            invoice.action_post()
            env.flush_all()
            made = (invoice, order, payer, course.product_tmpl_id)
        self.addCleanup(self.remove, *made)
        return invoice.id

    def remove(self, invoice, order, payer, course):
        with self.clerk() as env:
            env["mail.mail"].search(
                [("model", "=", "account.move"), ("res_id", "=", invoice.id)]
            ).unlink()
            invoice = invoice.with_env(env)
            invoice.button_draft()
            invoice.with_context(force_delete=True).unlink()
            order = order.with_env(env)
            order._action_cancel()
            order.edu_enrollment_ids._update_state(("ended", "withdrawn"), "canceled")
            order.unlink()
            payer.with_env(env).unlink()
            course.with_env(env).unlink()

    def test_two_who_remind_at_once_send_one_mail(self):
        invoice_id = self.make_committed()

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
                cursor.execute("SET LOCAL lock_timeout = '300ms'")
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


@tagged("post_install", "-at_install")
class TestTwoClerksWithdraw(EduCase):
    @contextmanager
    def clerk(self):
        with self.registry.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            yield api.Environment(cursor, self.env.uid, {"tracking_disable": True})

    def make_committed(self):
        with self.clerk() as env:
            course = env["product.product"].create(
                {
                    "name": "Withdrawal course",
                    "type": "service",
                    "service_tracking": "edu_course",
                    "list_price": 100,
                    "taxes_id": [Command.clear()],
                    "edu_lessons": 10,
                }
            )
            payer = env["res.partner"].create({"name": "Payer who leaves"})
            order = env["sale.order"].create(
                {
                    "partner_id": payer.id,
                    "order_line": [Command.create({"product_id": course.id})],
                }
            )
            order.action_confirm()
            invoice = order._create_invoices()
            invoice.action_post()
            env.flush_all()
            made = (invoice, order, payer, course.product_tmpl_id)
            enrollment_id = order.edu_enrollment_ids.id
        self.addCleanup(self.remove, *made)
        return enrollment_id

    def remove(self, invoice, order, payer, course):
        with self.clerk() as env:
            invoice = invoice.with_env(env)
            invoice.reversal_move_ids.unlink()
            invoice.button_draft()
            invoice.with_context(force_delete=True).unlink()
            order = order.with_env(env)
            order.edu_enrollment_ids._update_state(("withdrawn",), "canceled")
            order._action_cancel()
            order.unlink()
            payer.with_env(env).unlink()
            course.with_env(env).unlink()

    def test_two_clerks_withdraw_at_once_and_one_credit_note_is_made(self):
        enrollment_id = self.make_committed()

        def withdraw(env):
            enrollment = env["edu.enrollment"].browse(enrollment_id)
            return enrollment._withdraw_and_refund(
                enrollment.date_start, reason="Moves", method="lessons", lessons_used=2
            )

        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
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
