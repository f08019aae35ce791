"""Two clerks at once: one enrollment, one last seat."""

from psycopg2 import OperationalError

from odoo import api
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..workers import BRIEF
from .clerks import ClerksCase


@tagged("post_install", "-at_install")
class TestConcurrency(ClerksCase):
    def make_committed(self, seats=0):
        """Return ids of an order per learner, committed; and clean up afterwards."""
        with self.clerk() as env:
            course = self.course_of(env, edu_term=1)
            run = env["edu.course.run"].create(
                {
                    "name": "Concurrency run",
                    "product_tmpl_id": course.product_tmpl_id.id,
                    "date_start": "2026-01-01",
                    "seats": seats,
                }
            )
            orders = self.orders_of(env, course, "One", "Two", edu_run_id=run.id)
            self.clean_up_after(orders, run=run)
            env.flush_all()
        return orders.ids, run.id

    def assertRefused(self, order_id):
        """PostgreSQL refuses the second clerk; the host would try again later."""
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
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
