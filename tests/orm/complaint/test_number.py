from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import api
from odoo.exceptions import ValidationError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

SEQUENCE = "edu_crm_addon.seq_edu_complaint"


@tagged("post_install", "-at_install")
class TestNumber(EduCase):
    def test_a_number_has_the_year(self):
        self.assertRegex(self.make_complaint().name, r"^CMP/20\d\d/\d{5}$")

    def test_a_batch_draws_all_numbers_at_once(self):
        customer = self.make_customer()
        self.make_complaint(customer)

        def cost(count):
            with self.count_queries() as queries:
                self.env["edu.complaint"].create(
                    [{"subject": "x", "partner_id": customer.id}] * count
                )
            return queries[0]

        self.assertLessEqual((cost(50) - cost(10)) / 40, 3)

    def test_the_number_cannot_be_chosen(self):
        complaint = self.make_complaint(name="MINE")
        self.assertNotEqual(complaint.name, "MINE")

    def test_received_long_ago_needs_a_reason(self):
        with self.assertRaisesRegex(ValidationError, "more than a day"):
            self.make_complaint(received_at=self.moment_ago(2))
        complaint = self.make_complaint(
            received_at=self.moment_ago(2), received_note="Told on Friday"
        )
        self.assertTrue(complaint.name)

    def test_nothing_is_received_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self.make_complaint(received_at=self.moment_ago(-1))

    @contextmanager
    def clerk(self):
        """Yield the environment of a transaction that waits for nobody for long."""
        with self.registry.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            yield api.Environment(cursor, self.env.uid, {})
            cursor.rollback()

    def test_two_transactions_draw_different_numbers(self):
        with self.clerk() as env:
            env.ref(SEQUENCE)._edu_next_in_period(Date.today(), 1)
            env.cr.commit()
        with self.clerk() as first, self.clerk() as second:
            numbers = [
                self.complain(first),
                self.complain(second),
                self.complain(first),
            ]
        self.assertEqual(len(set(numbers)), 3)

    def complain(self, env):
        return (
            env["edu.complaint"].create({"subject": "Late", "is_anonymous": True}).name
        )

    def test_two_first_complaints_of_a_year_do_not_clash(self):
        sequence = self.env.ref(SEQUENCE)
        sequence.date_range_ids.unlink()
        sequence._edu_next_numbers(1)
        self.env.flush_all()
        with (
            self.clerk() as env,
            mute_logger("odoo.sql_db"),
            self.assertRaises(OperationalError),
        ):
            sequence.with_env(env)._edu_begin_period("2031-01-01")
