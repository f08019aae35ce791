"""Waiting for the customer moves dates, by exactly the closings it covers."""

from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestPauses(PromiseCase):
    def pause(self, complaint, user=None, **values):
        pauses = self.env["edu.complaint.pause"].with_user(user or self.agent)
        return pauses.create(
            {"complaint_id": complaint.id, "reason": "Receipt missing", **values}
        )

    def test_pause_resume_pause(self):
        complaint = self.receive(2)
        self.assertDue(complaint, "decide", 5)
        with freeze_time(at(3, "11:00")):
            self.pause(complaint)
            self.assertTrue(complaint.is_paused)
        with freeze_time(at(4, "11:00")):
            complaint.with_user(self.agent).action_resume()
            self.assertFalse(complaint.is_paused)
            self.assertDue(complaint, "decide", 6)
        with freeze_time(at(5, "11:00")):
            self.pause(complaint)
        with freeze_time(at(9, "09:30")):
            complaint.with_user(self.agent).action_resume()
        # The closings of the 3rd, 5th, 6th and 7th do not count: 4, 9, 10 do.
        self.assertDue(complaint, "decide", 10)
        self.assertEqual(
            self.promise(complaint, "decide").original_due_at, at(10, "18:00")
        )
        self.assertFalse(
            complaint.deadline_ids.filtered("missed_at").filtered(
                lambda row: row.kind == "decide"
            )
        )

    def test_it_ends_by_itself_after_the_maximum(self):
        complaint = self.receive(2)
        with freeze_time(at(3)):
            pause = self.pause(complaint)
        # The closings of 3, 4, 5, 6 and 7: Saturday is a working day here.
        self.assertEqual(pause.to_at, at(7, "12:00"))
        self.assertDue(complaint, "decide", 11)
        with freeze_time(at(7, "11:59")):
            self.assertTrue(complaint.is_paused)
            self.assertTrue(self.found(complaint))
            self.assertStates(complaint, decide="open")
        self.env.invalidate_all()
        with freeze_time(at(7, "12:01")):
            self.assertFalse(complaint.is_paused)
            self.assertFalse(self.found(complaint))

    def found(self, complaint):
        domain = [("is_paused", "=", True), ("id", "=", complaint.id)]
        return self.env["edu.complaint"].search(domain)

    def test_nobody_pauses_for_longer(self):
        complaint = self.receive(2)
        with freeze_time(at(3)), self.assertRaisesRegex(ValidationError, "5 working"):
            self.pause(complaint, to_at=at(9))

    def test_the_company_sets_the_maximum(self):
        self.env.company.edu_complaint_pause_days = 1
        complaint = self.receive(2)
        with freeze_time(at(3)):
            self.assertEqual(self.pause(complaint).to_at, at(3, "18:00"))

    def test_nobody_pauses_twice_at_a_time(self):
        complaint = self.receive(2)
        with freeze_time(at(3)):
            self.pause(complaint)
        with (
            freeze_time(at(4)),
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
        ):
            self.pause(complaint)

    def test_a_pause_has_a_reason(self):
        complaint = self.receive(2)
        with (
            freeze_time(at(3)),
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
        ):
            self.pause(complaint, reason="")

    def test_nobody_pauses_backwards(self):
        complaint = self.receive(2)
        with freeze_time(at(4)):
            pause = self.pause(complaint, from_at=at(2), user_id=self.leader.id)
        self.assertEqual(pause.from_at, at(4))
        self.assertEqual(pause.user_id, self.agent)
        with self.assertRaises(AccessError):
            pause.with_user(self.leader).to_at = at(20)
        with self.assertRaises(AccessError):
            pause.with_user(self.manager).unlink()

    def test_acknowledgements_and_reports_are_owed_all_the_same(self):
        complaint = self.receive(2, complexity="complex")
        with freeze_time(at(2, "11:00")):
            self.pause(complaint)
        self.assertDue(complaint, "acknowledge", 3)
        self.assertDue(complaint, "progress", 5)

    def test_safety_does_not_wait(self):
        complaint = self.receive(2)
        with freeze_time(at(3)):
            self.pause(complaint)
            self.assertDue(complaint, "decide", 11)
            complaint.is_safety = True
            self.assertDue(complaint, "decide", 5)
            self.assertFalse(complaint.is_paused)
            self.assertFalse(self.found(complaint))
        with freeze_time(at(9)), self.assertRaisesRegex(UserError, "safety"):
            self.pause(complaint, self.leader)

    def test_what_was_decided_is_not_paused(self):
        complaint = self.receive(2, step="feedback")
        with self.assertRaisesRegex(UserError, "being handled"):
            self.pause(complaint)

    def test_a_pause_does_not_heal_what_was_missed(self):
        complaint = self.receive(2)
        with freeze_time(at(6)):
            self.pause(complaint)
        self.assertDue(complaint, "decide", 5)
        self.assertTrue(self.promise(complaint, "decide").missed_at)

    def test_warnings_wait_as_well(self):
        complaint = self.receive(2)
        row = self.promise(complaint, "decide")
        before = row.most_at
        with freeze_time(at(3)):
            self.pause(complaint)
        self.assertGreater(row.most_at, before + timedelta(days=4))
