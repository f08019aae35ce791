"""Anonymous complaints: nobody knows who made one, and whoever did follows it."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .portal import PDF
from .test_public_form import PublicCase

FOLLOW = "/complaint/follow"
TRACKED = {"tracking_disable": False, "mail_notrack": False}
WRONG = "Number and code do not fit"


@tagged("post_install", "-at_install")
class TestPublicAnonymous(PublicCase):
    def open(self, number, code, **data):
        return self.post(FOLLOW, number=number, code=code, **data)

    def make_anonymous(self):
        complaint, code = self.send_anonymously()
        complaint.user_id = self.handler
        self.env.flush_all()
        return complaint, code

    # ------------------------------------------------------------------ unknown
    def test_nothing_tells_who_it_was(self):
        complaint, _code = self.send_anonymously(email_from="zhang@example.com")
        self.assertTrue(complaint.is_anonymous)
        self.assertFalse(complaint.partner_id)
        for name in ("partner_name", "phone", "email_from"):
            self.assertFalse(complaint[name])
        public = self.env.ref("base.public_user")
        self.assertEqual(complaint.create_uid, public)
        self.assertFalse(complaint.recorded_by_id)
        self.assertFalse(complaint.message_partner_ids)
        stored = str(complaint.sudo().read()[0]) + str(complaint.message_ids.read())
        self.assertNotIn("127.0.0.1", stored)

    def test_whoever_is_logged_in_stays_unknown_as_well(self):
        self.login(self.mother_user)
        complaint, code = self.send_anonymously(files=[("a.pdf", PDF)])
        self.open(complaint.name, code, act="message", message="Hello")
        people = complaint.create_uid.partner_id | complaint.message_ids.author_id
        people |= complaint.message_ids.attachment_ids.create_uid.partner_id
        people |= complaint.message_ids.create_uid.partner_id
        self.assertNotIn(self.mother, people)
        self.assertNotIn(complaint.name, self.page("/my/complaints")[1])

    def test_only_a_hash_of_the_code_is_kept(self):
        complaint, code = self.send_anonymously()
        self.assertNotIn(code, str(complaint.sudo().read()[0]))
        self.assertTrue(complaint.sudo().code_hash.startswith("$pbkdf2"))
        fields = self.handler.with_user(self.handler).env["edu.complaint"].fields_get()
        self.assertFalse({"code_hash", "code_tries", "form_digest"} & fields.keys())

    def test_the_same_form_sent_twice_has_one_code(self):
        stamp = self.stamp()
        _complaint, code = self.send_anonymously(stamp=stamp)
        self.assertEqual(self.send_anonymously(stamp=stamp), (self.sent(), code))
        self.assertEqual(len(self.sent()), 1)

    def test_only_a_leader_says_who_it_was_and_the_history_tells(self):
        complaint, _code = self.make_anonymous()
        agent = complaint.with_user(self.handler)
        for vals in (
            {"partner_id": self.mother.id},
            {"partner_name": "Mother"},
            {"phone": "139"},
            {"email_from": "m@example.com"},
            {"is_anonymous": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                agent.write(vals)
        leader = self.make_user("manager")
        complaint = complaint.with_user(leader).with_context(**TRACKED)
        complaint.partner_id = self.mother
        self.flush_tracking()
        self.env.invalidate_all()
        tracked = complaint.message_ids.sudo().tracking_value_ids
        self.assertIn("Mother", tracked.mapped("new_value_char"))

    # ------------------------------------------------------------------ following
    def test_number_and_code_show_the_answers(self):
        complaint, code = self.make_anonymous()
        complaint.with_user(self.handler).message_post(
            body="We clean twice a day",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        complaint.with_user(self.handler).message_post(body="He is a liar")
        self.env.flush_all()
        response = self.open(complaint.name, code.lower().replace("-", " "))
        self.assertEqual(response.status_code, 200)
        self.assertIn("We clean twice a day", response.text)
        self.assertNotIn("He is a liar", response.text)
        self.assertIn("Received", response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_whoever_complained_writes_on(self):
        complaint, code = self.make_anonymous()
        response = self.post(
            FOLLOW,
            [("files", ("a.pdf", PDF))],
            number=complaint.name,
            code=code,
            act="message",
            message="It is worse on Mondays",
        )
        self.assertIn("It is worse on Mondays", response.text)
        message = complaint.message_ids[0]
        self.assertEqual(message.author_id, self.env.ref("base.public_partner"))
        file = message.attachment_ids
        keys = {"number": complaint.name, "code": code, "file_id": file.id}
        response = self.post(f"{FOLLOW}/file", **keys)
        self.assertEqual(response.content, PDF)
        for change in ({"code": "2222-2222-2222"}, {"file_id": "x"}, {"file_id": "1"}):
            with self.subTest(change=change):
                response = self.post(f"{FOLLOW}/file", **{**keys, **change})
                self.assertEqual(response.status_code, 404)

    def test_files_are_limited_there_as_well(self):
        complaint, code = self.make_anonymous()
        response = self.post(
            FOLLOW,
            [("files", ("a.html", b"<html>"))],
            number=complaint.name,
            code=code,
            act="message",
            message="My words",
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("neither a PDF", response.text)
        self.assertIn("My words", response.text)

    def test_the_result_is_answered_there(self):
        complaint, code = self.make_anonymous()
        self.bring(complaint, "feedback")
        self.env.flush_all()
        self.assertIn("Yes, I accept", self.open(complaint.name, code).text)
        self.open(complaint.name, code, act="refuse")
        self.assertEqual((complaint.state, complaint.answer), ("plan", "refused"))

    # ------------------------------------------------------------------ the lock
    def test_whatever_is_wrong_the_answer_is_the_same(self):
        complaint, code = self.make_anonymous()
        named = self.complaint.name
        answers = {
            self.open(number, key).text.split("edu_complaint_follow")[0][-400:]
            for number, key in (
                (complaint.name, "2222-2222-2222"),
                (complaint.name, ""),
                ("CMP/1999/00001", code),
                (named, code),
                ("", ""),
            )
        }
        self.assertEqual(len(answers), 1)
        self.assertIn(WRONG, answers.pop())

    def test_five_wrong_codes_lock_it_for_a_quarter_of_an_hour(self):
        complaint, code = self.make_anonymous()
        for _try in range(4):
            self.open(complaint.name, "2222-2222-2222")
        self.assertEqual(self.open(complaint.name, code).status_code, 200)
        for _try in range(5):
            response = self.open(complaint.name, "2222-2222-2222")
        response = self.open(complaint.name, code)
        self.assertEqual(response.status_code, 422)
        self.assertIn(WRONG, response.text)
        with freeze_time(Datetime.now() + timedelta(minutes=14)):
            self.assertEqual(self.open(complaint.name, code).status_code, 422)
        with freeze_time(Datetime.now() + timedelta(minutes=16)):
            self.assertEqual(self.open(complaint.name, code).status_code, 200)

    def test_a_locked_complaint_locks_no_other(self):
        first, _code = self.make_anonymous()
        self.before |= first
        second, code = self.make_anonymous()
        for _try in range(5):
            self.open(first.name, "2222-2222-2222")
        self.assertEqual(self.open(second.name, code).status_code, 200)

    def test_without_the_token_of_the_form_nothing_opens(self):
        complaint, code = self.make_anonymous()
        response = self.open(complaint.name, code, csrf_token="")
        self.assertEqual(response.status_code, 400)

    def test_what_no_database_holds_is_no_accident(self):
        complaint, code = self.make_anonymous()
        self.assertEqual(self.open("CMP\0", code).status_code, 422)
        answer = self.open(complaint.name, code, act="message", message="Hel\0lo")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Hello", answer.text)
