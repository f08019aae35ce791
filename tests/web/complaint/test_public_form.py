"""The public form: what it takes, and how it keeps robots out."""

import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.controllers import complaint_follow, complaint_public

from .portal import PDF, PortalCase

FORM = "/complaint"


class PublicCase(PortalCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        for throttle in (complaint_public.SENDING, complaint_follow.FOLLOWING):
            throttle.clear()
            self.addCleanup(throttle.clear)
        self.kind = self.complaint_type("teaching_quality")
        self.before = self.env["edu.complaint"].search([])

    def stamp(self, age=timedelta(minutes=2)):
        with freeze_time(Datetime.now() - age):
            text = self.page(FORM)[1]
        return re.search(r'name="stamp" value="([^"]+)"', text)[1]

    def send(self, files=(), **data):
        stamp = data.pop("stamp", None) or self.stamp()
        values = {
            "kind": "complaint",
            "type_id": self.kind.id,
            "description": "The toilets are dirty",
            "identity": "named",
            "partner_name": "Zhang Wei",
            "phone": "+86 139 1234 5678",
            "stamp": stamp,
            **data,
        }
        values = {name: value for name, value in values.items() if value is not None}
        return self.post(FORM, [("files", file) for file in files], **values)

    def sent(self):
        return self.env["edu.complaint"].search([]) - self.before

    def send_anonymously(self, **data):
        """Return the complaint and its code."""
        text = self.send(identity="anonymous", **data).text
        code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", text)[0]
        return self.sent(), code


@tagged("post_install", "-at_install")
class TestPublicForm(PublicCase):
    def assertRefused(self, words, files=(), **data):
        response = self.send(files, **data)
        self.assertEqual(response.status_code, 422)
        text = " ".join(response.text.split())
        self.assertIn(words, text)
        if "description" not in data:
            self.assertIn("The toilets are dirty", text)
        self.assertFalse(self.sent())

    def test_somebody_with_a_name_complains(self):
        response = self.send([("photo.pdf", PDF)], email_from="zhang@example.com")
        self.assertEqual(response.status_code, 200)
        complaint = self.sent()
        self.assertIn(complaint.name, response.text)
        self.assertIn("You will have our decision by", response.text)
        self.assertNotIn("edu_complaint_code", response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(complaint.channel, "web")
        self.assertEqual(complaint.partner_name, "Zhang Wei")
        self.assertEqual(complaint.email_from, "zhang@example.com")
        self.assertFalse(complaint.partner_id)
        self.assertFalse(complaint.recorded_by_id)
        self.assertEqual(complaint.receipt_state, "waiting")
        self.assertEqual(complaint.message_ids.attachment_ids.name, "photo.pdf")

    def test_the_form_needs_who_and_what(self):
        for data, words in (
            ({"partner_name": " "}, "Please tell us your name"),
            ({"phone": ""}, "a telephone number or an email address"),
            ({"email_from": "nowhere"}, "This is no email address"),
            ({"type_id": "999999"}, "Please choose what it is about"),
            ({"description": ""}, "Please tell us what happened"),
        ):
            with self.subTest(words=words):
                self.assertRefused(words, **data)

    def test_files_are_limited(self):
        for files, words in (
            ([(f"{n}.pdf", PDF) for n in range(6)], "no more than 5 files"),
            ([("a.pdf", PDF + bytes(5 * 1024 * 1024))], "larger than"),
            ([("a.svg", b"<svg onload='x'/>")], "neither a PDF"),
            ([("a.pdf", b"")], "is empty"),
        ):
            with self.subTest(words=words):
                self.assertRefused(words, files)

    def test_nothing_else_is_taken_from_the_form(self):
        self.send(
            partner_id=self.mother.id,
            learner_id=self.child.id,
            state="closed",
            user_id=self.handler.id,
            company_id=self.make_company().id,
        )
        complaint = self.sent()
        self.assertFalse(complaint.partner_id | complaint.learner_id)
        self.assertEqual(complaint.state, "receive")
        self.assertEqual(complaint.company_id, self.env.company)

    def test_the_name_of_a_customer_links_no_customer(self):
        self.mother.write({"email": "mother@example.com", "phone": "13900000000"})
        self.send(email_from="mother@example.com", phone="13900000000")
        self.assertFalse(self.sent().partner_id)

    def test_the_same_form_sent_twice_is_one_complaint(self):
        stamp = self.stamp()
        first, second = self.send(stamp=stamp), self.send(stamp=stamp)
        self.assertEqual(len(self.sent()), 1)
        self.assertIn(self.sent().name, first.text)
        self.assertIn(self.sent().name, second.text)

    def test_a_name_is_one_line(self):
        self.send(partner_name="Zhang\r\nBcc: x@example.com", phone="1\n2345678")
        self.assertEqual(self.sent().partner_name, "Zhang Bcc: x@example.com")
        self.assertEqual(self.sent().phone, "1 2345678")

    # ------------------------------------------------------------------ robots
    def test_the_field_nobody_sees_is_left_empty_by_people(self):
        self.assertRefused(
            "could not take your message", website="https://spam.example"
        )

    def test_a_form_sent_at_once_is_not_taken(self):
        self.assertRefused("very fast", stamp=self.stamp(timedelta()))

    def test_a_form_of_yesterday_is_not_taken(self):
        stamp = self.stamp(timedelta(days=1, minutes=1))
        self.assertRefused("open for too long", stamp=stamp)

    def test_a_stamp_that_was_made_up_is_not_taken(self):
        for stamp in (None, "é.x", "20200101000000-ab.cd", self.stamp()[:-1] + "x"):
            with self.subTest(stamp=stamp):
                self.assertRefused("open for too long", stamp=stamp or "x")

    def test_from_one_address_ten_an_hour_are_taken(self):
        for _number in range(10):
            self.assertEqual(self.send().status_code, 200)
        self.before = self.env["edu.complaint"].search([])
        self.assertRefused("Too many messages")
        with freeze_time(Datetime.now() + timedelta(hours=1, minutes=1)):
            self.assertEqual(self.send().status_code, 200)

    def test_the_captcha_of_the_host_is_asked(self):
        def refuse(_model, action):
            self.assertEqual(action, "edu_complaint")
            raise UserError("Suspicious activity")

        self.assertIn('data-captcha="edu_complaint"', self.page(FORM)[1])
        name = "_verify_request_recaptcha_token"
        with patch.object(self.env.registry["ir.http"], name, refuse):
            self.assertRefused("Suspicious activity")

    def test_without_the_token_of_the_form_nothing_is_taken(self):
        self.assertEqual(self.send(csrf_token="").status_code, 400)
        self.assertFalse(self.sent())

    # ------------------------------------------------------------------ switch
    def test_the_form_can_be_switched_off(self):
        stamp = self.stamp()
        self.env.company.edu_complaint_public_form = False
        self.env.flush_all()
        self.assertEqual(self.page(FORM)[0], 404)
        self.assertEqual(self.send(stamp=stamp).status_code, 404)
        self.assertEqual(self.page("/complaint/follow")[0], 404)
        self.assertFalse(self.sent())

    def test_the_host_name_chooses_the_company(self):
        other = self.make_company(website="https://127.0.0.1:8069/school")
        self.send()
        self.assertEqual(self.sent().company_id, other)
