"""Another class counts anew from the same start; nothing missed is healed by it."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestReclass(PromiseCase):
    def test_it_counts_from_the_same_start_and_tells_the_old_date(self):
        complaint = self.receive(6)
        with freeze_time(at(9)):
            complaint.with_user(self.agent).complexity = "simple"
        self.assertDue(complaint, "decide", 7, "12:00")
        self.assertIn("before on", complaint.message_ids[:1].body)
        row = self.promise(complaint, "decide")
        self.assertEqual(row.started_at, at(6))
        self.assertEqual(row.original_due_at, at(10, "18:00"))
        self.assertIn("1 working days", row.explanation)

    def test_in_the_middle_of_a_pause(self):
        complaint = self.receive(2, complexity="simple")
        with freeze_time(at(2, "15:00")):
            self.env["edu.complaint.pause"].with_user(self.agent).create(
                {"complaint_id": complaint.id, "reason": "Receipt missing"}
            )
        # The closings of 2 to 6 are in the pause.
        self.assertDue(complaint, "decide", 7, "12:00")
        with freeze_time(at(4)):
            complaint.with_user(self.leader).write(
                {"complexity": "general", "complexity_reason": "Several teachers"}
            )
            self.assertDue(complaint, "decide", 10)
            complaint.with_user(self.agent).action_resume()
        # The closings of 2 and 3 only.
        self.assertDue(complaint, "decide", 6)

    def test_what_was_missed_stays_missed(self):
        complaint = self.receive(2, complexity="simple")
        with freeze_time(at(4)):
            complaint.with_user(self.leader).write(
                {"complexity": "general", "complexity_reason": "Several teachers"}
            )
            self.assertStates(complaint, decide="missed")
            complaint._keep_promise("decide")
            self.assertStates(complaint, decide="missed")
        self.assertEqual(self.promise(complaint, "decide").missed_at, at(3, "18:00"))

    def test_missed_by_the_old_class_stays_so_through_a_complex_one(self):
        complaint = self.receive(2, complexity="simple")
        with freeze_time(at(4)):
            complaint.complexity = "complex"
            self.assertStates(complaint, decide="dropped", progress="open")
            complaint.complexity = "general"
            self.assertStates(complaint, decide="missed", progress="dropped")
        self.assertEqual(len(complaint.deadline_ids), 3)

    def test_only_a_leader_gives_a_slower_class_and_says_why(self):
        complaint = self.receive(2, complexity="simple")
        with freeze_time(at(2, "11:00")):
            with self.assertRaisesRegex(UserError, "Only a leader"):
                complaint.with_user(self.agent).complexity = "complex"
            with self.assertRaisesRegex(UserError, "Say why"):
                complaint.with_user(self.leader).complexity = "complex"
            complaint.with_user(self.leader).write(
                {"complexity": "complex", "complexity_reason": "Several teachers"}
            )
            complaint.with_user(self.agent).complexity = "simple"
        self.assertDue(complaint, "decide", 3)

    def test_an_agent_does_not_take_a_danger_back(self):
        complaint = self.receive(2, is_safety=True, user_id=self.agent.id)
        complaint.user_id = self.agent
        with self.assertRaisesRegex(UserError, "safety"):
            complaint.with_user(self.agent).is_safety = False

    def test_another_moment_of_receipt_moves_the_dates(self):
        complaint = self.receive(6)
        with freeze_time(at(6, "12:00")):
            complaint.received_at = at(5)
        self.assertDue(complaint, "decide", 9)
        self.assertDue(complaint, "acknowledge", 6)

    def test_a_suggestion_loses_its_decision(self):
        complaint = self.receive(6)
        with freeze_time(at(6, "12:00")):
            complaint.kind = "suggestion"
            self.assertStates(complaint, decide="dropped", acknowledge="open")
            complaint.kind = "complaint"
            self.assertStates(complaint, decide="open", acknowledge="open")
        self.assertDue(complaint, "decide", 10)
