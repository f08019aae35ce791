"""A confirmed trial lesson is one event in the calendars of teacher and adviser."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import EduCase

START = Datetime.to_datetime("2030-03-04 02:00:00")


@tagged("post_install", "-at_install")
class TestTrialCalendar(EduCase, MailCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent", tz="Asia/Shanghai")
        self.teacher_user = self.make_user("employee")
        self.teacher = self.teacher_user.partner_id
        self.teacher.edu_is_teacher = True
        self.lead = self.make_lead(self.make_person(name="Tom"), user_id=self.agent.id)
        self.lesson = self.make_trial(
            self.lead,
            start_at=START,
            teacher_id=self.teacher.id,
            room_id=self.make_room(name="Room 7").id,
        ).with_user(self.agent)

    def events(self):
        events = self.env["calendar.event"].with_context(active_test=False)
        return events.search([("opportunity_id", "=", self.lead.id)])

    def test_planning_makes_no_event(self):
        self.assertFalse(self.lesson.event_id)

    def test_confirming_makes_one_event_for_teacher_and_adviser(self):
        self.lesson.action_confirm()
        event = self.lesson.event_id
        self.assertEqual(self.events(), event)
        self.assertEqual(event.partner_ids, self.teacher | self.agent.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)
        self.assertEqual(event.user_id, self.agent)
        self.assertEqual(event.location, "Room 7")
        self.assertIn("Tom", event.name)

    def test_the_event_is_at_the_time_typed_in_the_users_zone(self):
        lessons = self.env["edu.trial.lesson"].with_user(self.agent)
        lead = self.make_lead(self.make_person(), user_id=self.agent.id)
        with Form(lessons.with_context(tz="Asia/Shanghai")) as form:
            form.lead_id = lead
            form.teacher_id = self.teacher
            # 10:00 in Shanghai; the web client sends UTC.
            form.start_at = START + timedelta(days=1)
        form.record.action_confirm()
        event = form.record.event_id
        local = Datetime.context_timestamp(
            event.with_context(tz="Asia/Shanghai"), event.start
        )
        self.assertEqual(local.strftime("%Y-%m-%d %H:%M"), "2030-03-05 10:00")
        self.assertEqual(event.stop - event.start, timedelta(hours=1))
        self.assertFalse(event.allday)

    def test_confirming_again_makes_no_second_event(self):
        self.lesson.action_confirm()
        event = self.lesson.event_id
        self.lesson.write({"state": "confirmed"})
        self.lesson.action_cancel()
        self.assertFalse(event.active)
        self.lesson.action_reset()
        self.lesson.action_confirm()
        self.assertTrue(event.active)
        self.assertEqual(self.events(), event)

    def test_the_event_moves_with_the_lesson(self):
        self.lesson.action_confirm()
        self.lesson.start_at = START + timedelta(days=1)
        event = self.lesson.event_id
        self.assertEqual(event.start, START + timedelta(days=1))
        self.assertEqual(event.stop, START + timedelta(days=1, hours=1))

    def test_another_teacher_takes_the_event_over(self):
        self.lesson.action_confirm()
        other = self.make_teacher()
        self.lesson.teacher_id = other
        event = self.lesson.event_id
        self.assertEqual(event.partner_ids, other | self.agent.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, event.partner_ids)

    def test_a_teacher_who_moves_the_event_moves_the_lesson(self):
        self.lesson.action_confirm()
        event = self.lesson.event_id.with_user(self.teacher_user)
        event.write(
            {
                "start": START + timedelta(hours=3),
                "stop": START + timedelta(hours=4),
            }
        )
        self.assertEqual(self.lesson.start_at, START + timedelta(hours=3))
        self.assertEqual(self.lesson.stop_at, START + timedelta(hours=4))

    def test_an_event_deleted_by_hand_is_made_again_when_confirmed_again(self):
        self.lesson.action_confirm()
        self.lesson.event_id.unlink()
        self.assertFalse(self.lesson.event_id)
        self.lesson.state = "planned"
        self.lesson.action_confirm()
        self.assertEqual(len(self.events()), 1)

    def test_a_deleted_lesson_takes_its_event_along(self):
        self.lesson.action_confirm()
        event = self.lesson.event_id
        self.lesson.with_user(self.make_user("manager")).unlink()
        self.assertFalse(event.exists())

    def test_a_result_keeps_the_event(self):
        self.lesson.action_confirm()
        self.lesson.start_at = self.moment_ago(1)
        self.lesson.write({"missed_reason": "Ill", "state": "missed"})
        self.assertTrue(self.lesson.event_id.active)

    def test_nobody_is_mailed_by_it(self):
        """As in real life, where the tests' context does not keep the host quiet."""
        soon = Datetime.add(Datetime.now(), days=3)
        context = {**dict.fromkeys(self.default_env_context(), False), "lang": "en_US"}
        lesson = self.lesson.with_user(self.make_user("manager"))
        lesson = lesson.with_context(**context)
        with self.mock_mail_gateway():
            lesson.start_at = soon
            lesson.action_confirm()
            self.env.flush_all()
            lesson.start_at = soon + timedelta(hours=1)
            lesson.teacher_id = self.make_teacher(email="other@example.com")
            lesson.user_id = self.make_user("agent")
            self.env.flush_all()
            self.cr.precommit.run()
            lesson.action_cancel()
            lesson.copy()
            self.env.flush_all()
            self.cr.precommit.run()
        self.assertFalse(self._new_mails)
        self.assertFalse(self._mails)

    def test_the_adviser_is_not_mailed_for_each_next_step(self):
        context = {**dict.fromkeys(self.default_env_context(), False), "lang": "en_US"}
        lesson = self.lesson.with_user(self.make_user("manager"))
        lesson = lesson.with_context(**context)
        lesson.write({"start_at": self.moment_ago(1), "missed_reason": "Ill"})
        with self.mock_mail_gateway():
            lesson.action_confirm()
            lesson.action_miss()
            self.env.flush_all()
            self.cr.precommit.run()
        self.assertEqual(self.lead.activity_ids.user_id, self.agent)
        self.assertFalse(self._new_mails)

    def test_the_event_does_not_show_the_familys_phone(self):
        self.lead.partner_id.phone = "+86 138 0013 8000"
        self.lesson.action_confirm()
        self.assertNotIn("8000", self.lesson.event_id.description or "")
