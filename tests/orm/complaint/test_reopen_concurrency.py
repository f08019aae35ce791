"""Two clicks at once, in transactions of their own."""

from contextlib import contextmanager

from odoo import api
from odoo.exceptions import LockError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestReopenConcurrency(EduCase):
    @contextmanager
    def clerk(self):
        """Yield the environment of a transaction that waits for nobody for long."""
        with self.registry.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            yield api.Environment(cursor, self.env.uid, {"tracking_disable": True})

    def make_committed(self):
        with self.clerk() as env:
            complaint = env["edu.complaint"].create(
                {
                    "subject": "Concurrency",
                    "is_anonymous": True,
                    "type_id": env.ref(
                        "edu_crm_addon.edu_complaint_type_product_problem"
                    ).id,
                }
            )
            cause = env.ref("edu_crm_addon.edu_complaint_cause_misunderstanding")
            complaint._close_at_first_contact("Sent a book", cause)
            env.flush_all()
        self.addCleanup(self.remove, complaint)
        return complaint

    def remove(self, complaint):
        with self.clerk() as env:
            complaint = complaint.with_env(env)
            complaint.action_withdraw()
            complaint.unlink()

    def test_two_clicks_at_once_open_one_round(self):
        complaint = self.make_committed()
        with self.clerk() as one, self.clerk() as two:
            # Both see it closed before either clicks.
            for env in (one, two):
                self.assertEqual(complaint.with_env(env).state, "closed")
            self.assertTrue(complaint.with_env(one)._reopen("Again"))
            one.flush_all()
            with self.assertRaises(LockError):
                complaint.with_env(two)._reopen("Again")
        with self.clerk() as env:
            complaint = complaint.with_env(env)
            self.assertEqual((complaint.round, len(complaint.round_ids)), (2, 1))
