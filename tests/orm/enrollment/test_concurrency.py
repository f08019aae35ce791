"""Two clerks at once, in transactions of their own."""

from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestConcurrency(EduCase):
    @contextmanager
    def clerk(self):
        """Yield the environment of a transaction that waits for nobody for long."""
        with self.registry.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            yield api.Environment(cursor, self.env.uid, {"tracking_disable": True})

    def make_committed(self, seats=0):
        """Return ids of an order per learner, committed; and clean up afterwards."""
        with self.clerk() as env:
            course = env["product.product"].create(
                {
                    "name": "Concurrency course",
                    "type": "service",
                    "service_tracking": "edu_course",
                    "edu_term": 1,
                }
            )
            run = env["edu.course.run"].create(
                {
                    "name": "Concurrency run",
                    "product_tmpl_id": course.product_tmpl_id.id,
                    "date_start": "2026-01-01",
                    "seats": seats,
                }
            )
            learners = env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
            orders = env["sale.order"].create(
                [
                    {
                        "partner_id": learner.id,
                        "order_line": [
                            Command.create(
                                {"product_id": course.id, "edu_run_id": run.id}
                            )
                        ],
                    }
                    for learner in learners
                ]
            )
            made = orders, learners, run, course.product_tmpl_id
            env.flush_all()
        self.addCleanup(self.remove, *made)
        return orders.ids, run.id

    def remove(self, orders, learners, run, course):
        with self.clerk() as env:
            orders = orders.with_env(env)
            orders._action_cancel()
            orders.edu_enrollment_ids.filtered(
                lambda e: e.state not in ("draft", "canceled")
            )._update_state(("ended", "withdrawn"), "canceled")
            orders.unlink()
            run.with_env(env).unlink()
            learners.with_env(env).unlink()
            course.with_env(env).unlink()

    def assertRefused(self, order_id):
        """PostgreSQL refuses the second clerk; the host would try again later."""
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            second = api.Environment(cursor, self.env.uid, {})
            try:
                second["sale.order"].browse(order_id).action_confirm()
                second.flush_all()
            except OperationalError:
                cursor.rollback()
                return
            cursor.rollback()
            self.fail("Two clerks got it at once.")

    def test_two_clerks_confirm_the_same_order_and_one_enrollment_is_made(self):
        (order_id, _other), _run = self.make_committed()
        with self.clerk() as first:
            first["sale.order"].browse(order_id).action_confirm()
            first.flush_all()
            self.assertRefused(order_id)
        with self.clerk() as second, self.assertRaises(UserError):
            second["sale.order"].browse(order_id).action_confirm()
        with self.clerk() as env:
            found = env["edu.enrollment"].search([("order_id", "=", order_id)])
            self.assertEqual(len(found), 1)

    def test_two_clerks_sell_the_last_seat_and_one_learner_waits(self):
        order_ids, run_id = self.make_committed(seats=1)
        with self.clerk() as first:
            first["sale.order"].browse(order_ids[0]).action_confirm()
            first.flush_all()
            self.assertRefused(order_ids[1])
        # The host tries a refused transaction again.
        with self.clerk() as second:
            second["sale.order"].browse(order_ids[1]).action_confirm()
        with self.clerk() as env:
            run = env["edu.course.run"].browse(run_id)
            self.assertEqual(run.seats_taken, 1)
            self.assertEqual(run.waiting_count, 1)
