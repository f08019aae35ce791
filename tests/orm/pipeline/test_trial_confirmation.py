"""The family gets the confirmation of a trial lesson by a button, in its language."""

from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestTrialConfirmation(EduCase, MailCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        self.mother = self.make_person(name="Ms Wang", email="wang@example.com")
        self.lead = self.make_lead(
            self.mother, user_id=self.agent.id, edu_learner_name="Wang Lin"
        )

    def lesson(self, lead=None):
        return self.make_trial(
            lead or self.lead,
            state="confirmed",
            # 10:00 in Shanghai
            start_at=Datetime.to_datetime("2030-03-04 02:00:00"),
            teacher_id=self.make_teacher(name="Mr Chen").id,
            room_id=self.make_room(name="Room 7").id,
        ).with_user(self.agent)

    def send(self, lesson):
        action = lesson.action_send_confirmation()
        composer = self.env["mail.compose.message"].with_user(self.agent)
        composer = composer.with_context(**action["context"]).create({})
        with self.mock_mail_gateway():
            composer.action_send_mail()
            self.env.flush_all()
        return lesson.message_ids[:1]

    def receivers(self, message):
        """Return who is written to, apart from the sender."""
        return message.partner_ids - self.agent.partner_id

    def test_it_says_who_when_where_and_with_whom(self):
        message = self.send(self.lesson())
        self.assertEqual(self.receivers(message), self.mother)
        for text in ("Ms Wang", "Wang Lin", "Mr Chen", "Room 7", "10:00"):
            with self.subTest(text=text):
                self.assertIn(text, message.body)
        self.assertIn("March 4, 2030", message.body)

    def test_the_guardian_is_written_to_rather_than_the_learner(self):
        learner = self.make_learner(guardian=self.mother, name="Wang Lin")
        lead = self.make_lead(learner, user_id=self.agent.id)
        lesson = self.lesson(lead)
        self.assertEqual(lesson.learner_id, learner)
        self.assertEqual(lesson.contact_id, self.mother)
        self.assertEqual(self.receivers(self.send(lesson)), self.mother)

    def test_a_guardian_is_not_taken_for_the_learner(self):
        lesson = self.lesson()
        self.assertFalse(lesson.learner_id)
        self.assertEqual(lesson.learner_name, "Wang Lin")

    def test_a_prospect_without_contact_is_written_to_by_the_leads_email(self):
        lead = self.make_lead(
            self.env["res.partner"],
            user_id=self.agent.id,
            contact_name="New family",
            email_from="new.family@example.com",
        )
        message = self.send(self.lesson(lead))
        self.assertEqual(self.receivers(message).email, "new.family@example.com")

    def test_confirming_alone_sends_nothing(self):
        with self.mock_mail_gateway():
            self.lesson()
            self.env.flush_all()
        self.assertFalse(self._new_mails)
