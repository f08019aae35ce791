"""Many workers, the same events: each is given once, and limits hold."""

import threading

from psycopg2.errors import SerializationFailure

from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .workers import WorkerCase

THREADS, EVENTS = 4, 12
QUIET = ("odoo.sql_db", "odoo.service.model")


@tagged("post_install", "-at_install")
class TestAwardWorkers(WorkerCase):
    def run_threads(self, work, count=THREADS):
        """Run ``work(env)`` in as many threads at once, retried as requests are."""
        barrier, errors = threading.Barrier(count), []

        def begin():
            try:
                with self.worker() as env:
                    barrier.wait(30)
                    retrying(lambda: work(env), env)
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=begin) for _ in range(count)]
        with mute_logger(*QUIET):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(120)
        self.assertFalse(errors)

    def test_four_threads_with_the_same_twelve_events_give_twelve(self):
        program, [member] = self.make_committed()

        def give(env):
            for number in range(EVENTS):
                self.award_in(env, (str(number), member))

        self.run_threads(give)
        with self.worker() as env:
            entries = self.ledger_of(env, program)
            self.assertEqual(len(entries), EVENTS)
            self.assertEqual(entries.card_id.points, 10 * EVENTS)

    def test_a_late_worker_gives_nothing_twice(self):
        program, [member] = self.make_committed()
        with mute_logger(*QUIET), self.worker(commit=False) as late:
            late["res.company"].search_count([])  # it has begun
            with self.worker() as first:
                self.award_in(first, ("1", member))
            with self.assertRaises(SerializationFailure):
                self.award_in(late, ("1", member))
        with self.worker() as env:
            self.assertFalse(self.award_in(env, ("1", member)))
            self.assertEqual(len(self.ledger_of(env, program)), 1)

    def test_a_late_worker_does_not_overdraw_a_budget(self):
        _program, [one, two] = self.make_committed(2, budget=10)
        with mute_logger(*QUIET), self.worker(commit=False) as late:
            late["res.company"].search_count([])
            with self.worker() as first:
                self.award_in(first, ("1", one))
            with self.assertRaises(SerializationFailure):
                self.award_in(late, ("2", two))
        with self.worker() as env:
            refused = self.award_in(env, ("2", two))
            self.assertEqual(refused.state, "void")

    def test_threads_do_not_go_over_the_limit_of_a_member(self):
        limit = {"member_limit": 20, "hold": "days", "hold_days": 5}
        program, [member] = self.make_committed(**limit)
        numbers = iter(range(100))

        def give(env):
            self.award_in(env, (str(next(numbers)), member))

        self.run_threads(give)
        with self.worker() as env:
            states = sorted(self.ledger_of(env, program).mapped("state"))
            self.assertEqual(states.count("pending"), 2)
            self.assertEqual(set(states), {"pending", "void"})
