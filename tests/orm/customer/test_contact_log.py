"""Logging a contact keeps what was said and completes the file on the way."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestContactLog(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.customer = cls.make_customer(name="Wang", edu_interests="Robots")

    def open_log(self, user=None):
        action = self.customer.with_user(user or self.agent).action_edu_log_contact()
        logs = self.env[action["res_model"]].with_user(user or self.agent)
        return Form(logs.with_context(**action["context"]))

    def test_the_note_goes_to_the_chatter_with_its_kind_and_author(self):
        log = self.open_log()
        log.kind = "visit"
        log.note = "Likes the new course.\nWill call back."
        log.save().action_log()
        message = self.customer.message_ids[0]
        self.assertIn("Visit", message.body)
        self.assertIn("Likes the new course.<br>Will call back.", message.body)
        self.assertEqual(message.author_id, self.agent.partner_id)

    def test_what_was_typed_is_no_markup(self):
        log = self.open_log()
        log.note = "<b>5 < 6</b>"
        log.save().action_log()
        self.assertIn("&lt;b&gt;5 &lt; 6&lt;/b&gt;", self.customer.message_ids[0].body)

    def test_it_shows_what_is_missing(self):
        log = self.open_log()
        self.assertIn("Phone or email", log.missing)
        self.assertNotIn("Hobbies and interests", log.missing)

    def test_learned_on_the_way(self):
        log = self.open_log()
        log.note = "Moved to Beijing"
        log.city = "Beijing"
        log.phone = "+86 138 1234 5678"
        log.edu_background = "Grade 4"
        log.edu_channel_preference = "phone"
        log.edu_suggestions = "More evening courses"
        log.save().action_log()
        self.assertRecordValues(
            self.customer,
            [
                {
                    "city": "Beijing",
                    "phone": "+86 138 1234 5678",
                    "edu_background": "Grade 4",
                    "edu_channel_preference": "phone",
                    "edu_suggestions": "More evening courses",
                    "edu_interests": "Robots",
                }
            ],
        )
        self.assertMissing(self.customer, "stage", "need", "birth_date")

    def test_what_is_known_stays_when_nothing_is_entered(self):
        log = self.open_log()
        log.note = "Nothing new"
        log.save().action_log()
        self.assertEqual(self.customer.edu_interests, "Robots")

    def test_a_note_is_required(self):
        with self.assertRaisesRegex(AssertionError, "note"):
            self.open_log().save()

    def test_who_only_reads_cannot_log(self):
        with self.assertRaises(AccessError):
            self.env["edu.contact.log"].with_user(self.make_user("readonly")).create(
                {"partner_id": self.customer.id, "note": "No"}
            )
