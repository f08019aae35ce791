"""A customer with an account writes a complaint or a suggestion."""

import re
from unittest.mock import patch

from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import PDF, PortalCase

NEW = "/my/complaints/new"


@tagged("post_install", "-at_install")
class TestPortalNew(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enrollment = cls.make_enrollment(
            cls.child, cls.mother, course=cls.make_course(name="Piano")
        )
        cls.kind = cls.complaint_type("teaching_quality")
        cls.matter = cls.kind.matter_ids[:1] or cls.env["edu.complaint.matter"].create(
            {"name": "Canceled lesson", "type_id": cls.kind.id}
        )

    def setUp(self):
        super().setUp()
        self.login(self.mother_user)
        self.before = self.mine()

    def mine(self):
        return self.env["edu.complaint"].search([("partner_id", "=", self.mother.id)])

    def stamp(self):
        text = self.page(NEW)[1]
        return re.search(r'name="stamp" value="([^"]+)"', text)[1]

    def send(self, files=(), **data):
        values = {
            "stamp": self.stamp(),
            "kind": "complaint",
            "type_id": self.kind.id,
            "description": "The lesson was canceled twice",
            **data,
        }
        return self.post(NEW, [("files", file) for file in files], **values)

    def sent(self):
        return self.mine() - self.before

    # ------------------------------------------------------------------ what is made
    def test_a_complaint_is_recorded_with_everything(self):
        response = self.send(
            [("photo.pdf", PDF)],
            matter_id=self.matter.id,
            learner_id=self.child.id,
            enrollment_id=self.enrollment.id,
            remedy="refund",
        )
        self.assertEqual(response.status_code, 303)
        complaint = self.sent()
        self.assertEqual(complaint.channel, "portal")
        self.assertEqual(complaint.kind, "complaint")
        self.assertEqual(complaint.type_id, self.kind)
        self.assertEqual(complaint.matter_id, self.matter)
        self.assertEqual(complaint.subject, self.matter.name)
        self.assertEqual(complaint.learner_id, self.child)
        self.assertEqual(complaint.enrollment_id, self.enrollment)
        self.assertEqual(complaint.course_id, self.enrollment.course_id)
        self.assertEqual(complaint.order_id, self.enrollment.order_id)
        self.assertEqual(complaint.remedy, "refund")
        self.assertEqual(complaint.description, "The lesson was canceled twice")
        self.assertNotIn(self.mother, complaint.message_partner_ids)
        text = self.page(response.headers["Location"].split("8069")[-1])[1]
        self.assertIn("Thank you for telling us", text)
        self.assertIn(complaint.name, text)
        self.assertIn("photo.pdf", text)
        promised = complaint._promised_on()
        self.assertTrue(promised)
        self.assertEqual(text.count("You will have our decision by"), 2)

    def test_a_suggestion_takes_the_same_form(self):
        self.send(kind="suggestion", description="Open on Sundays")
        self.assertEqual(self.sent().kind, "suggestion")
        self.assertIn("Suggestion", self.page(f"/my/complaints/{self.sent().id}")[1])

    def test_a_learner_complains_for_itself(self):
        self.send(learner_id=self.mother.id)
        self.assertEqual(self.sent().learner_id, self.mother)

    def test_the_same_form_sent_twice_is_one_complaint(self):
        stamp = self.stamp()
        first = self.send(stamp=stamp)
        second = self.send(stamp=stamp)
        self.assertEqual(len(self.sent()), 1)
        self.assertEqual(first.headers["Location"], second.headers["Location"])

    def test_two_clicks_at_once_are_one_complaint(self):
        """The second one is handled again, and then finds the first."""
        complaints = self.env["edu.complaint"].with_user(self.mother_user)
        values = {"type_id": self.kind.id, "description": "Canceled twice"}
        send = (values, "a nonce", self.env.company)
        first = complaints._submit(*send)
        model = self.env.registry["edu.complaint"]
        with (
            patch.object(model, "_find_sent", lambda model, _nonce: model.browse()),
            mute_logger("odoo.sql_db"),
            self.assertRaises(ConcurrencyError),
        ):
            complaints._submit(*send)
        self.assertEqual(complaints._submit(*send), first)
        self.assertEqual(self.sent(), first)

    # ------------------------------------------------------------------ what is refused
    def test_what_is_missing_is_said_and_what_was_typed_stays(self):
        other = self.complaint_type("service_attitude")
        stranger = self.make_learner(self.make_customer())
        foreign = self.make_enrollment()
        for data, words in (
            ({"type_id": ""}, "Please choose what it is about"),
            ({"description": " "}, "Please tell us what happened"),
            ({"type_id": other.id, "matter_id": self.matter.id}, "does not belong"),
            ({"learner_id": stranger.id}, "Please choose again"),
            ({"enrollment_id": foreign.id}, "Please choose again"),
            (
                {"learner_id": self.mother.id, "enrollment_id": self.enrollment.id},
                "another learner",
            ),
            ({"files": [("a.html", b"<html>")]}, "neither a PDF"),
            ({"files": [(f"{n}.pdf", PDF) for n in range(6)]}, "no more than 5"),
            ({"stamp": "made up"}, "open for too long"),
        ):
            with self.subTest(words=words, data=data):
                typed = {"remedy": "refund", "kind": "suggestion", **data}
                response = self.send(**typed)
                self.assertEqual(response.status_code, 422)
                text = " ".join(response.text.split())
                self.assertIn(words, text)
                self.assertRegex(text, 'value="refund"[^>]* selected="selected"')
                self.assertRegex(text, 'value="suggestion"[^>]* checked="checked"')
                if "description" not in data:
                    self.assertIn("The lesson was canceled twice", text)
        self.assertFalse(self.sent())

    def test_nothing_else_is_taken_from_the_form(self):
        self.send(
            state="closed",
            priority_override="5",
            user_id=self.handler.id,
            partner_id=self.handler.partner_id.id,
            level="supervisor",
            name="CMP/1",
            accused_partner_ids=self.mother.id,
            complexity="simple",
        )
        complaint = self.sent()
        self.assertEqual(complaint.state, "receive")
        self.assertFalse(complaint.priority_override)
        self.assertFalse(complaint.user_id)
        self.assertEqual(complaint.complexity, "general")
        self.assertFalse(complaint.accused_partner_ids)
        self.assertNotEqual(complaint.name, "CMP/1")

    def test_without_the_token_of_the_form_nothing_is_taken(self):
        self.assertEqual(self.send(csrf_token="").status_code, 400)
        self.assertFalse(self.sent())

    def test_only_own_learners_and_courses_are_offered(self):
        stranger = self.make_learner(self.make_customer(), name="Child of Others")
        payer = stranger.edu_guardian_link_ids.guardian_id
        self.make_enrollment(stranger, payer, course=self.make_course(name="Violin"))
        text = self.page(NEW)[1]
        self.assertIn("Child One", text)
        self.assertIn("Piano", text)
        self.assertNotIn("Child of Others", text)
        self.assertNotIn("Violin", text)

    def test_who_is_not_logged_in_logs_in(self):
        self.authenticate(None, None)
        response = self.url_open(NEW, allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])
