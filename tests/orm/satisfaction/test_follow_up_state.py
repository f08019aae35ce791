from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .low_scores import LowScoreCase


class TestFollowUpState(LowScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow_up = cls.follow().with_user(cls.adviser)

    def test_it_is_done_with_a_result(self):
        self.follow_up.result = "Called, gave another teacher"
        self.follow_up.action_done()
        self.assertEqual(self.follow_up.state, "done")
        self.assertEqual(self.follow_up.date_done, self.env.company._edu_today())
        self.assertFalse(self.follow_up.activity_ids)

    def test_it_is_not_done_without_a_result(self):
        for result in (False, "  "):
            self.follow_up.result = result
            with self.subTest(result=result), self.assertRaises(UserError):
                self.follow_up.action_done()

    def test_the_database_refuses_what_has_no_result(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.follow_up.sudo()._update_state(
                ("open",), "done", date_done=self.days_ago(0)
            )
            self.env.flush_all()

    def test_it_is_taken_up_again(self):
        self.follow_up.result = "Called"
        self.follow_up.action_done()
        self.follow_up.action_reopen()
        self.assertEqual(self.follow_up.state, "open")
        self.assertFalse(self.follow_up.date_done)
        self.assertEqual(self.follow_up.activity_ids.user_id, self.adviser)

    def test_dissatisfaction_is_perceived_identified_and_handled(self):
        self.assertEqual(self.follow_up.handling_step, "perceive")
        self.follow_up.cause = "The room is loud"
        self.assertEqual(self.follow_up.handling_step, "identify")
        self.follow_up.result = "Another room"
        self.assertEqual(self.follow_up.handling_step, "handle")

    # ------------------------------------------------------------------ guards
    def test_nobody_writes_what_follows_from_the_answer(self):
        for name, value in {
            "state": "recovered",
            "score": 90,
            "new_score": 90,
            "partner_id": self.make_customer().id,
            "input_id": False,
            "reask_count": 0,
            "low_score": 0,
            "date_done": "2026-01-01",
        }.items():
            with self.subTest(field=name), self.assertRaises(UserError):
                self.follow_up.with_context(edu_forged=True).write({name: value})

    def test_nobody_makes_one_by_hand(self):
        leader = self.make_user("manager")
        with self.assertRaises(UserError):
            self.follow_ups.with_user(leader).sudo(False).create(
                {"partner_id": self.make_customer().id, "date": "2026-01-01"}
            )

    def test_readers_do_not_finish_it(self):
        reader = self.make_user("readonly")
        self.follow_up.result = "Called"
        for name in ("action_done", "action_reopen", "action_ask_again"):
            with self.subTest(button=name):
                self.assertRefused(getattr(self.follow_up.with_user(reader), name))
