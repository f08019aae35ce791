"""What happens in the school earns, each event once and whatever a person thinks."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import mute_logger

from ..common import EduCase


class TestEvents(EduCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program(earns=False)

    def card_of(self, partner):
        cards = partner._edu_member_cards(self.program, create=False)
        return cards.get(partner, self.env["loyalty.card"])

    def points_of(self, partner):
        return self.card_of(partner).points

    # ------------------------------------------------------------------ enrollments
    def test_the_first_enrollment_makes_a_member(self):
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        self.make_enrollment(learner, guardian)
        self.assertTrue(self.card_of(guardian))
        self.assertFalse(self.card_of(learner))

    def test_without_a_program_nobody_becomes_a_member(self):
        self.env.company.edu_member_program_id = False
        before = self.env["loyalty.card"].search_count([])
        self.make_enrollment(self.make_customer())
        self.assertEqual(self.env["loyalty.card"].search_count([]), before)

    def test_beginning_a_course_earns_once(self):
        self.make_points_rule("enrollment", 100)
        learner = self.make_customer()
        enrollment = self.make_enrollment(learner)
        self.assertEqual(enrollment.state, "active")
        self.assertEqual(self.points_of(learner), 100)
        enrollment._after_state_changed("active")
        self.assertEqual(self.points_of(learner), 100)

    def test_completing_a_course_earns(self):
        self.make_points_rule("completed", 80)
        learner = self.make_customer()
        enrollment = self.make_enrollment(learner)
        with freeze_time(
            enrollment.date_end.replace(year=enrollment.date_end.year + 1)
        ):
            enrollment._roll()
        self.assertEqual(enrollment.state, "ended")
        self.assertEqual(self.points_of(learner), 80)

    def test_leaving_a_course_is_not_completing_it(self):
        self.make_points_rule("completed", 80)
        learner = self.make_customer()
        self.make_enrollment(learner)._withdraw(self.days_ago(0))
        self.assertFalse(self.points_of(learner))

    def test_a_rule_for_a_course_looks_at_the_course(self):
        course, other = self.make_course(), self.make_course()
        course_ids = course.product_tmpl_id.ids
        self.make_points_rule("enrollment", 100, course_ids=course_ids)
        one, two = self.make_customer(), self.make_customer()
        self.make_enrollment(one, course=course)
        self.make_enrollment(two, course=other)
        self.assertEqual((self.points_of(one), self.points_of(two)), (100, 0))

    # ------------------------------------------------------------------ trial lessons
    def test_coming_to_a_trial_lesson_earns(self):
        self.make_points_rule("trial", 30)
        family = self.make_customer()
        lead = self.make_lead(family, team_id=self.team().id)
        lesson = self.make_trial(lead, start_at=self.moment_ago(1))
        lesson.action_confirm()
        self.assertFalse(self.points_of(family))
        lesson.write({"rating": "4", "outcome": "undecided", "feedback": "Quick"})
        lesson.action_attend()
        self.assertEqual(self.points_of(family), 30)
        lesson.action_reset()
        lesson.action_confirm()
        lesson.action_attend()
        self.assertEqual(self.points_of(family), 30)

    def test_who_does_not_come_earns_nothing(self):
        self.make_points_rule("trial", 30)
        family = self.make_customer()
        lead = self.make_lead(family, team_id=self.team().id)
        self.make_trial(lead, "missed", start_at=self.moment_ago(1))
        self.assertFalse(self.points_of(family))

    # ------------------------------------------------------------------ surveys
    def test_an_answer_earns_the_same_whatever_it_says(self):
        self.make_points_rule("survey", 20)
        wave = self.make_wave()
        happy, angry = self.make_customer(), self.make_customer()
        self.answer(self.begin(wave, happy), {"overall": 5})
        self.answer(self.begin(wave, angry), {"overall": 1})
        self.assertEqual((self.points_of(happy), self.points_of(angry)), (20, 20))

    def test_one_person_earns_once_in_a_wave(self):
        self.make_points_rule("survey", 20)
        guardian = self.make_customer()
        wave = self.make_wave()
        for learner in (self.make_learner(guardian), self.make_learner(guardian)):
            self.answer(self.begin(wave, guardian, learner_id=learner.id), {})
        self.assertEqual(self.points_of(guardian), 20)
        self.answer(self.begin(self.make_wave(), guardian), {})
        self.assertEqual(self.points_of(guardian), 40)

    def test_an_answer_that_is_not_sent_earns_nothing(self):
        self.make_points_rule("survey", 20)
        customer = self.make_customer()
        self.tick(self.begin(partner=customer), {"overall": 5})
        self.assertFalse(self.points_of(customer))

    def test_anonymous_answers_tests_and_staff_earn_nothing(self):
        self.make_points_rule("survey", 20)
        before = self.env["edu.points.entry"].search_count([])
        secret = self.make_wave(self.make_campaign(is_anonymous=True))
        answer = self.begin(secret, edu_is_anonymous=True)
        self.answer(answer, {"overall": 5})
        self.answer(self.begin(test_entry=True), {"overall": 5})
        self.answer(self.begin(role="employee"), {"overall": 5})
        self.assertEqual(self.env["edu.points.entry"].search_count([]), before)

    # ------------------------------------------------------------------ trouble
    def test_trouble_with_points_stops_nobody_and_is_mended_at_night(self):
        self.make_points_rule("enrollment", 100)
        learner = self.make_customer()
        rules = type(self.env["edu.points.rule"])
        module = "odoo.addons.edu_crm_addon.models.settings.edu_job_failure"
        with (
            patch.object(rules, "_award", side_effect=ValueError("No")),
            mute_logger(module),
        ):
            enrollment = self.make_enrollment(learner)
        self.assertEqual(enrollment.state, "active")
        failure = self.env["edu.job.failure"].search([("job", "=", "points_event")])
        self.assertEqual(failure.res_id, enrollment.id)
        self.run_cron("edu_crm_addon.ir_cron_loyalty_award")
        self.assertFalse(failure.exists())
        self.assertEqual(self.points_of(learner), 100)
