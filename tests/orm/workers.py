"""Two who work at once: transactions beside that of the test."""

from contextlib import contextmanager

from odoo import api
from odoo.tools import mute_logger

BRIEF = "SET LOCAL lock_timeout = '300ms'"


class Workers:
    """For a test case: what they write is committed, and has to be deleted."""

    @contextmanager
    def worker(self, **context):
        """Yield the environment of a transaction that waits for nobody for long."""
        with self.registry.cursor() as cursor:
            cursor.execute(BRIEF)
            yield api.Environment(
                cursor, self.env.uid, {"tracking_disable": True, **context}
            )

    @contextmanager
    def late_worker(self):
        """Yield a transaction that has begun already, and is rolled back."""
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            env = api.Environment(cursor, self.env.uid, {})
            env["res.users"].search_count([])
            yield env
            env.cr.rollback()
