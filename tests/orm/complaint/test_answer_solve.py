from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestSolve(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)

    def received(self, **values):
        return self.make_complaint(
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            **{"type": "product_problem", **values},
        ).with_user(self.agent)

    def test_one_call_fills_the_missing_steps_and_closes(self):
        complaint = self.received(description="No book")
        complaint._close_at_first_contact("Sent a book", self.cause(), True)
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "closed",
                    "is_first_contact": True,
                    "description": "No book",
                    "severity": "minor",
                    "scope": "single",
                    "complexity": "simple",
                    "plan": "Sent a book",
                    "lesson": "Sent a book",
                    "verdict": "upheld",
                    "answer": "accepted",
                    "answer_by": "staff",
                    "satisfied": "yes",
                }
            ],
        )
        self.assertTrue(complaint.decided_at and complaint.closed_at)

    def test_what_is_known_stays(self):
        complaint = self.received(step="plan", severity="serious")
        complaint._close_at_first_contact("Sent a book", self.cause(), "unasked")
        self.assertEqual(complaint.severity, "serious")
        self.assertEqual(complaint.complexity, "general")

    def test_who_is_not_satisfied_is_not_done_with(self):
        complaint = self.received()
        with self.assertRaisesRegex(UserError, "not solved"):
            complaint._close_at_first_contact("Sent a book", self.cause(), False)

    def test_what_was_escalated_is_closed_by_the_leader(self):
        complaint = self.received()
        complaint.sudo()._escalate()
        complaint.sudo().user_id = self.agent
        with self.assertRaisesRegex(UserError, "escalated"):
            complaint._close_at_first_contact("Sent a book", self.cause())
        complaint.with_user(self.leader)._close_at_first_contact("x", self.cause())
        self.assertEqual(complaint.state, "closed")

    def test_later_it_is_not_the_first_contact(self):
        complaint = self.received(step="feedback")
        complaint._close_at_first_contact("Sent a book", self.cause())
        self.assertEqual(complaint.state, "closed")
        self.assertFalse(complaint.is_first_contact)
