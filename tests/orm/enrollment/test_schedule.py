"""The schedule is told to the family when the learner has a place."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .onboarding import CRON_MAIL, OnboardingCase


@tagged("post_install", "-at_install")
class TestSchedule(OnboardingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.require("schedule")

    def enroll(self, *, email=True, **line):
        """Return an enrollment in a run of a family, with an adviser."""
        mother, learner = self.make_family()
        if not email:
            mother.email = False
        course = line.pop("course", None) or self.make_course()
        run = self.make_run(
            course,
            schedule="Saturdays 9:00 to 10:30",
            notes="Come early",
            bring="Two pencils",
        )
        enrollment = self.make_enrollment(
            learner, mother, course=course, edu_run_id=run.id, **line
        )
        enrollment.user_id = self.make_user("agent")
        return enrollment

    # ------------------------------------------------------------------ by itself
    def test_confirming_sends_it_and_the_enrollment_begins(self):
        enrollment = self.enroll()
        self.assertEqual(enrollment.state, "onboarding")
        self.assertTrue(enrollment.is_schedule_pending)
        self.assertFalse(self.mails_to(enrollment.contact_id))
        self.run_cron(CRON_MAIL)
        self.assertTrue(enrollment.schedule_sent_at)
        self.assertFalse(enrollment.is_schedule_pending)
        self.assertTrue(enrollment.is_told)
        self.assertEqual(enrollment.state, "active")
        mail = self.mails_to(enrollment.contact_id)
        self.assertEqual(len(mail), 1)
        self.assertIn(mail, enrollment.message_ids)
        for text in ("Saturdays 9:00", "Come early", "Two pencils"):
            self.assertIn(text, mail.body)

    def test_it_is_sent_once(self):
        enrollment = self.enroll()
        self.run_cron(CRON_MAIL)
        self.run_cron(CRON_MAIL)
        order = enrollment.order_id
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.run_cron(CRON_MAIL)
        self.assertEqual(len(self.mails_to(enrollment.contact_id)), 1)

    def test_the_family_reads_it_in_its_language(self):
        self.env.ref("base.module_edu_crm_addon")._update_translations(["zh_CN"])
        enrollment = self.enroll()
        enrollment.run_id.with_context(lang="zh_CN").schedule = "每周六九点"
        enrollment.contact_id.lang = "zh_CN"
        self.run_cron(CRON_MAIL)
        self.assertIn("每周六九点", self.mails_to(enrollment.contact_id).body)

    def test_the_goal_is_told(self):
        enrollment = self.enroll()
        enrollment.goal = "Pass the entrance examination"
        self.run_cron(CRON_MAIL)
        body = self.mails_to(enrollment.contact_id).body
        self.assertIn("Pass the entrance examination", body)

    def test_a_company_sends_it_by_hand_if_it_likes(self):
        self.env.company.edu_send_schedule = False
        enrollment = self.enroll()
        self.run_cron(CRON_MAIL)
        self.assertFalse(enrollment.schedule_sent_at)

    def test_imports_and_demo_data_write_to_nobody(self):
        order = self.make_course_order(self.make_customer(), confirm=False)
        order.with_context(edu_no_mail=True).action_confirm()
        self.assertFalse(order.edu_enrollment_ids.is_schedule_pending)

    def test_a_course_that_is_over_is_not_announced(self):
        enrollment = self.enroll(edu_date_start="2024-01-01")
        enrollment.run_id = False
        enrollment.date_end = "2024-02-01"
        self.run_cron(CRON_MAIL)
        self.assertEqual(enrollment.state, "ended")
        self.assertFalse(self.mails_to(enrollment.contact_id))

    def test_who_waits_for_a_seat_is_told_later(self):
        course = self.make_course()
        run = self.make_run(course, seats=1)
        self.make_enrollment(course=course, edu_run_id=run.id)
        mother, learner = self.make_family()
        enrollment = self.make_enrollment(
            learner, mother, course=course, edu_run_id=run.id
        )
        self.run_cron(CRON_MAIL)
        self.assertEqual(enrollment.state, "draft")
        self.assertFalse(self.mails_to(mother))
        run.seats = 2
        self.run_cron(CRON_MAIL)
        self.assertTrue(enrollment.schedule_sent_at)

    def test_a_family_without_address_is_called(self):
        enrollment = self.enroll(email=False)
        self.run_cron(CRON_MAIL)
        self.assertFalse(enrollment.schedule_sent_at)
        self.assertIn("tell the family", enrollment.activity_ids.summary)
        self.run_cron(CRON_MAIL)
        self.assertEqual(len(enrollment.activity_ids), 1)

    def test_one_that_fails_does_not_stop_the_others(self):
        bad, good = self.enroll(), self.enroll()
        template = self.env.ref("edu_crm_addon.mail_template_edu_enrollment_schedule")
        template.body_html = (
            f"<p t-if='object.id == {bad.id}' t-out='1 // 0'/><p>Hello</p>"
        )
        self.run_cron(CRON_MAIL)
        self.assertTrue(good.schedule_sent_at)
        self.assertFalse(bad.schedule_sent_at)
        failure = self.env["edu.job.failure"].search([("job", "=", "enrollment_mail")])
        self.assertEqual(failure.res_id, bad.id)

    # ------------------------------------------------------------------ by hand
    def test_the_button_sends_it_at_once(self):
        self.env.company.edu_send_schedule = False
        enrollment = self.enroll()
        enrollment.with_user(enrollment.user_id).action_send_schedule()
        self.assertTrue(enrollment.schedule_sent_at)
        self.assertEqual(enrollment.state, "active")
        self.assertEqual(len(self.mails_to(enrollment.contact_id)), 1)

    def test_the_button_says_who_has_no_address(self):
        enrollment = self.enroll(email=False)
        with self.assertRaisesRegex(UserError, "no email address"):
            enrollment.action_send_schedule()

    def test_telling_by_phone_counts(self):
        enrollment = self.enroll(email=False)
        enrollment.with_user(enrollment.user_id).action_mark_told()
        self.assertTrue(enrollment.is_told)
        self.assertEqual(enrollment.state, "active")
        self.run_cron(CRON_MAIL)
        self.assertFalse(self.mails_to(enrollment.contact_id))

    def test_who_only_reads_tells_nobody(self):
        enrollment = self.enroll().with_user(self.make_user("readonly"))
        for action in (enrollment.action_send_schedule, enrollment.action_mark_told):
            with self.assertRaises(AccessError):
                action()

    # ------------------------------------------------------------------ changes
    def test_a_new_schedule_of_the_run_is_to_be_sent_again(self):
        enrollment = self.enroll()
        self.run_cron(CRON_MAIL)
        enrollment.run_id.schedule = "Saturdays 9:00 to 10:30"
        self.assertFalse(enrollment.is_schedule_outdated)
        enrollment.run_id.schedule = "Sundays 9:00 to 10:30"
        self.assertTrue(enrollment.is_schedule_outdated)
        self.assertEqual(enrollment.state, "active")
        enrollment.action_send_schedule()
        self.assertFalse(enrollment.is_schedule_outdated)

    def test_another_run_or_first_day_is_to_be_told_again(self):
        for name, value in (
            ("run_id", lambda e: self.make_run(e.course_id).id),
            ("date_start", lambda e: self.days_ago(-3)),
        ):
            with self.subTest(field=name):
                enrollment = self.enroll()
                self.run_cron(CRON_MAIL)
                enrollment.write({name: value(enrollment)})
                self.assertTrue(enrollment.is_schedule_outdated)

    def test_what_was_never_told_does_not_change(self):
        enrollment = self.enroll()
        enrollment.run_id.notes = "Bring a friend"
        self.assertFalse(enrollment.is_schedule_outdated)

    def test_another_learner_is_told_anew(self):
        guardian = self.make_customer(email="guardian@example.com")
        first, second = self.make_learner(guardian), self.make_learner(guardian)
        enrollment = self.make_enrollment(first, guardian)
        self.run_cron(CRON_MAIL)
        enrollment.order_id.order_line.edu_learner_id = second
        self.assertFalse(enrollment.schedule_sent_at)
        self.run_cron(CRON_MAIL)
        self.assertEqual(len(self.mails_to(guardian)), 2)
