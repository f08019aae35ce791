"""The result in the portal: read, accepted, refused; coming back after the end."""

from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Datetime
from odoo.tests import tagged

from .portal import PDF, PortalCase


@tagged("post_install", "-at_install")
class TestPortalAnswer(PortalCase):
    def setUp(self):
        super().setUp()
        self.login(self.mother_user)

    def close(self):
        self.bring(self.complaint, "feedback")
        self.complaint._accept()
        self.complaint.write({"cause_id": self.cause().id, "lesson": "Call first"})
        self.complaint.action_close()
        self.env.flush_all()

    def test_the_stages_are_those_of_the_customer(self):
        for step, label in (
            (None, "Received"),
            ("assess", "Being handled"),
            ("implement", "Being handled"),
            ("feedback", "Result: please answer"),
        ):
            with self.subTest(step=step):
                if step:
                    self.bring(self.complaint, step)
                    self.env.flush_all()
                self.assertIn(label, self.page()[1])

    def test_the_result_is_read_once_it_was_told(self):
        self.bring(self.complaint, "implement")
        self.complaint.write(
            {"verdict": "partly", "verdict_reason": "The bus was late"}
        )
        self.env.flush_all()
        self.assertNotIn("The bus was late", self.page()[1])
        self.complaint.state = "feedback"
        self.env.flush_all()
        text = self.page()[1]
        self.assertIn("justified in part", text)
        self.assertIn("The bus was late", text)

    def test_nothing_internal_is_on_the_page(self):
        secret = {
            "plan": "SECRET plan",
            "lesson": "SECRET lesson",
            "staff_finding": "SECRET finding",
            "staff_action": "SECRET action",
            "improvement": "SECRET improvement",
            "priority_override": "5",
            "priority_reason": "SECRET reason",
            "clarified": "SECRET statement",
        }
        teacher = self.make_person(name="SECRET teacher")
        self.complaint.write({**secret, "accused_partner_ids": teacher.ids})
        self.bring(self.complaint, "feedback")
        self.flush_tracking()
        self.assertNotIn("SECRET", self.page()[1])

    def test_the_letter_is_there_once_the_result_was_told(self):
        render = patch.object(
            self.env.registry["edu.complaint"], "_letter_pdf", lambda _self: PDF
        )
        with render:
            self.assertEqual(self.page(f"{self.url}/letter")[0], 404)
            self.bring(self.complaint, "feedback")
            self.env.flush_all()
            self.assertIn(f"{self.url}/letter", self.page()[1])
            response = self.url_open(f"{self.url}/letter")
        self.assertEqual(response.content, PDF)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")

    def test_the_handling_is_rated_behind_a_link(self):
        self.assertNotIn(f"{self.url}/rate", self.page()[1])
        self.bring(self.complaint, "feedback")
        self.env.flush_all()
        self.assertIn(f"{self.url}/rate", self.page()[1])
        text = self.page(f"{self.url}/rate")[1]
        self.assertIn("score_fairness", text)

    def test_the_promised_day_explains_itself(self):
        text = self.page()[1]
        self.assertIn("You will have our decision by", text)
        self.assertIn("working days", text)
        row = self.complaint.sudo().deadline_ids.filtered(lambda r: r.kind == "decide")
        row.write(
            {
                "extended_due_at": row.due_at + timedelta(days=3),
                "extension_reason": "SECRET",
            }
        )
        self.env.flush_all()
        self.assertNotIn("SECRET", self.page()[1])

    def test_accepting_goes_on_to_the_summary(self):
        self.bring(self.complaint, "feedback")
        self.assertIn("Yes, I accept", self.page()[1])
        response = self.post(f"{self.url}/answer", act="accept", note="Thank you")
        self.assertEqual(response.status_code, 303)
        complaint = self.complaint
        self.assertEqual((complaint.state, complaint.answer), ("summarise", "accepted"))
        self.assertEqual(complaint.answer_by, "customer")
        self.assertEqual(complaint.answer_note, "Thank you")
        text = self.page()[1]
        self.assertIn("You accept the solution", text)
        self.assertNotIn("Yes, I accept", text)

    def test_refusing_takes_it_back_to_planning_one_level_higher(self):
        self.bring(self.complaint, "feedback")
        self.post(f"{self.url}/answer", act="refuse", note="Not solved")
        complaint = self.complaint
        self.assertEqual((complaint.state, complaint.level), ("plan", "team_leader"))
        text = self.page()[1]
        self.assertIn("Being handled", text)
        self.assertIn("You do not accept the solution", text)

    def test_the_second_click_changes_nothing(self):
        self.bring(self.complaint, "feedback")
        self.post(f"{self.url}/answer", act="refuse")
        self.post(f"{self.url}/answer", act="accept")
        self.assertEqual(self.complaint.answer, "refused")
        self.assertEqual(self.complaint.refusal_count, 1)

    def test_before_the_result_there_is_nothing_to_answer(self):
        self.post(f"{self.url}/answer", act="accept")
        self.assertEqual(self.complaint.state, "receive")

    def test_within_the_window_it_is_opened_again(self):
        self.close()
        self.assertIn("Open it again", self.page()[1])
        for _click in range(2):
            response = self.post(f"{self.url}/reopen", reason="It rains in again")
            self.assertEqual(response.status_code, 303)
        complaint = self.complaint
        self.assertEqual((complaint.state, complaint.round), ("plan", 2))
        self.assertEqual(complaint.reopen_reason, "It rains in again")
        self.assertEqual(complaint.reopened_by, "customer")
        self.assertIn("It was opened again", self.page()[1])

    def test_without_a_reason_nothing_is_opened(self):
        self.close()
        response = self.post(f"{self.url}/reopen", reason=" ")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.complaint.state, "closed")

    def test_after_the_window_it_becomes_a_new_complaint_once(self):
        self.close()
        self.complaint.sudo().reopen_until = Datetime.now() - timedelta(days=1)
        self.env.flush_all()
        self.assertIn("Complain again", self.page()[1])
        for _click in range(2):
            response = self.post(f"{self.url}/reopen", reason="It rains in again")
        later = self.complaint.follow_up_ids
        self.assertEqual(len(later), 1)
        self.assertEqual(later.channel, "portal")
        self.assertEqual(later.description, "It rains in again")
        self.assertEqual(self.complaint.state, "closed")
        url = f"/my/complaints/{later.id}"
        self.assertIn(url, response.headers["Location"])
        self.assertIn(self.complaint.name, self.page(url)[1])
        self.assertIn(later.name, self.page()[1])
        response = self.post(f"{self.url}/message", message="Hello")
        self.assertEqual(response.status_code, 422)
