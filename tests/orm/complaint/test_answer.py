from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestAnswer(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.manager = cls.make_user("manager")
        cls.complaint_team = cls.make_complaint_team(
            cls.agent, leader_id=cls.leader.id, manager_id=cls.manager.id
        )

    def told(self, **values):
        """Return a complaint whose result the customer knows."""
        return self.make_complaint(
            step="feedback",
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            **values,
        )

    def test_accepted_it_goes_on_to_the_summary(self):
        complaint = self.told()
        self.assertTrue(complaint.answer_due_at)
        self.assertEqual(complaint._accept("Thank you"), complaint)
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "summarise",
                    "answer": "accepted",
                    "answer_by": "customer",
                    "answer_note": "Thank you",
                }
            ],
        )
        self.assertTrue(complaint.answered_at)

    def test_refused_it_is_planned_again_one_level_higher(self):
        complaint = self.told()
        self.assertEqual(complaint._refuse("Not enough"), complaint)
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "plan",
                    "answer": "refused",
                    "verdict": "not_accepted",
                    "level": "team_leader",
                    "user_id": self.leader.id,
                    "refusal_count": 1,
                    "round": 1,
                }
            ],
        )
        complaint.verdict = "partly"
        complaint.verdict_reason = "Half of it"
        complaint.state = "implement"
        complaint.state = "feedback"
        self.assertFalse(complaint.answer, "the next result is answered anew")

    def test_only_the_first_answer_counts(self):
        complaint = self.told()
        complaint._accept()
        self.assertFalse(complaint._refuse("No"))
        self.assertEqual(complaint.answer, "accepted")
        self.assertFalse(self.make_complaint(step="plan")._accept())

    def test_silence_is_no_answer_and_goes_on(self):
        complaint = self.told(received_at="2026-03-02 09:00:00", received_note="x")
        complaint._close_unanswered()
        self.assertEqual(complaint.state, "feedback")
        with freeze_time(complaint.answer_due_at):
            complaint._close_unanswered()
        self.assertEqual(complaint.state, "summarise")
        self.assertEqual((complaint.answer, complaint.answer_by), ("no_answer", False))

    def test_who_wrote_and_waits_for_us_is_not_silent(self):
        complaint = self.told()
        complaint.waiting_since = complaint.answer_due_at
        with freeze_time(complaint.answer_due_at):
            self.assertFalse(complaint._close_unanswered())
        self.assertEqual(complaint.state, "feedback")

    def test_silence_closes_what_lacks_nothing(self):
        complaint = self.told(cause_id=self.cause().id, lesson="Call back")
        with freeze_time(complaint.answer_due_at):
            complaint._close_unanswered()
        self.assertEqual(complaint.state, "closed")

    def test_the_wait_is_the_companys(self):
        self.env.company.edu_complaint_answer_days = 0
        self.assertFalse(self.told().answer_due_at)

    def test_not_accepted_is_a_refusal_logged_by_staff(self):
        complaint = self.told()
        complaint.with_user(self.agent).verdict = "not_accepted"
        self.assertEqual((complaint.state, complaint.answer_by), ("plan", "staff"))
        self.assertEqual(complaint.level, "team_leader")
        early = self.make_complaint(step="plan", user_id=self.agent.id)
        with self.assertRaisesRegex(UserError, "does not wait for an answer"):
            early.with_user(self.agent).verdict = "not_accepted"

    def test_nobody_writes_the_answer(self):
        complaint = self.told().with_user(self.agent)
        for vals in ({"answer": "accepted"}, {"refusal_count": 0}):
            with self.assertRaisesRegex(UserError, "by hand"):
                complaint.write(vals)

    def test_what_was_told_is_not_changed_silently(self):
        complaint = self.told().with_user(self.agent)
        with self.assertRaisesRegex(UserError, "was told the result"):
            complaint.write({"verdict": "not_upheld", "verdict_reason": "No"})

    def test_an_imported_answer_is_the_staffs(self):
        values = {
            "subject": "Import",
            "is_anonymous": True,
            "type_id": self.complaint_type("product_problem").id,
            "description": "Broken",
            "severity": "minor",
            "scope": "single",
            "plan": "New one",
            "responsibility": "service",
            "verdict": "upheld",
            "state": "summarise",
            "answer": "accepted",
            "answer_by": "customer",
        }
        complaint = self.env["edu.complaint"].with_user(self.agent).create(values)
        self.assertEqual(complaint.answer_by, "staff")
        self.assertTrue(complaint.answered_at)
