"""Seats of a run: the first come, the next wait, in order of registration."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase
from .onboarding import CRON_MAIL, OnboardingCase


@tagged("post_install", "-at_install")
class TestSeats(EduCase):
    def enroll(self, run, number=1, **line):
        """Return so many enrollments, each of an order of its own."""
        return self.env["edu.enrollment"].union(
            *(
                self.make_enrollment(course=self.course, edu_run_id=run.id, **line)
                for _ in range(number)
            )
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.course = cls.make_course()

    def seats(self, number):
        return self.make_run(self.course, seats=number)

    def assertStates(self, enrollments, *states):
        self.assertEqual(enrollments.mapped("state"), list(states))

    # ------------------------------------------------------------------ first come
    def test_without_a_limit_everybody_gets_in(self):
        self.assertStates(self.enroll(self.seats(0), 3), *["active"] * 3)

    def test_whoever_comes_when_all_are_taken_waits(self):
        run = self.seats(2)
        self.assertStates(self.enroll(run, 3), "active", "active", "draft")
        self.assertEqual((run.seats_taken, run.waiting_count), (2, 1))
        self.assertEqual(run.seats_free, 0)

    def test_one_order_with_more_learners_than_seats(self):
        run = self.seats(1)
        guardian = self.make_person()
        order = self.make_course_order(
            guardian,
            self.make_learner(guardian),
            confirm=False,
            course=self.course,
            edu_run_id=run.id,
        )
        order.order_line.copy(
            {"order_id": order.id, "edu_learner_id": self.make_learner(guardian).id}
        )
        order.action_confirm()
        states = order.edu_enrollment_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["active", "draft"])

    def test_a_paused_learner_keeps_the_seat(self):
        run = self.seats(1)
        first = self.enroll(run)
        first.pause_ids.create(
            {
                "enrollment_id": first.id,
                "date_from": self.days_ago(0),
                "reason": "Holidays",
            }
        )
        self.assertEqual(first.state, "paused")
        self.assertEqual(self.enroll(run).state, "draft")

    # ------------------------------------------------------------------ promotion
    def test_a_canceled_order_gives_its_seat_to_who_waits_longest(self):
        first, second, third = self.enroll(self.seats(1), 3)
        first.order_id._action_cancel()
        self.assertStates(first | second | third, "canceled", "active", "draft")

    def test_a_withdrawal_gives_its_seat_away(self):
        first, second = self.enroll(self.seats(1), 2)
        first._withdraw(self.days_ago(0))
        self.assertStates(first | second, "withdrawn", "active")

    def test_the_end_of_a_course_gives_its_seat_away(self):
        first, second = self.enroll(self.seats(1), 2)
        first.date_end = first.date_start
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE edu_enrollment SET date_start = %s, date_end = %s WHERE id = %s",
            [self.days_ago(9), self.days_ago(1), first.id],
        )
        self.env.invalidate_all()
        first._roll()
        self.assertStates(first | second, "ended", "active")

    def test_more_seats_let_in_as_many_in_order(self):
        run = self.seats(1)
        enrollments = self.enroll(run, 4)
        run.seats = 3
        self.assertStates(enrollments, "active", "active", "active", "draft")
        run.seats = 0
        self.assertEqual(enrollments[3].state, "active")

    def test_whoever_leaves_the_run_gives_the_seat_away(self):
        run, other = self.seats(1), self.seats(0)
        first, second = self.enroll(run, 2)
        first.run_id = other
        self.assertStates(first | second, "active", "active")

    def test_whoever_waits_and_moves_to_a_free_run_gets_in(self):
        run, other = self.seats(1), self.seats(1)
        _first, second = self.enroll(run, 2)
        second.run_id = other
        self.assertEqual(second.state, "active")
        self.assertEqual(run.waiting_count, 0)

    def test_whoever_waits_and_moves_to_a_full_run_waits_there(self):
        run, other = self.seats(1), self.seats(1)
        self.enroll(other)
        _first, second = self.enroll(run, 2)
        second.run_id = other
        self.assertEqual(second.state, "draft")
        self.assertEqual(other.waiting_count, 1)

    def test_changing_the_run_on_the_order_does_the_same(self):
        run, other = self.seats(1), self.seats(1)
        _first, second = self.enroll(run, 2)
        second.order_id.order_line.edu_run_id = other
        self.assertEqual(second.state, "active")

    def test_who_was_canceled_while_waiting_is_passed_over(self):
        first, second, third = self.enroll(self.seats(1), 3)
        second.order_id._action_cancel()
        first.order_id._action_cancel()
        self.assertStates(first | second | third, "canceled", "canceled", "active")

    def test_coming_back_when_the_seat_is_gone_is_waiting(self):
        first, second = self.enroll(self.seats(1), 2)
        order = first.order_id
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertStates(first | second, "draft", "active")

    # ------------------------------------------------------------------ guards
    def test_fewer_seats_than_learners_are_refused(self):
        run = self.seats(3)
        self.enroll(run, 2)
        run.seats = 2
        with self.assertRaisesRegex(ValidationError, "1 seats and 2 learners"):
            run.seats = 1

    def test_nobody_is_moved_into_a_full_run(self):
        run, other = self.seats(1), self.seats(1)
        self.enroll(run)
        enrollment = self.enroll(other)
        with self.assertRaisesRegex(ValidationError, "1 seats and 2 learners"):
            enrollment.run_id = run

    def test_import_and_rpc_take_no_seat(self):
        run = self.seats(1)
        _first, second = self.enroll(run, 2)
        manager = self.make_user("manager")
        with self.assertRaises(UserError):
            second.with_user(manager).state = "onboarding"
        with self.assertRaises(ValidationError):
            second.sudo().state = "onboarding"

    def test_the_button_says_that_there_is_no_seat(self):
        _first, second = self.enroll(self.seats(1), 2)
        with self.assertRaisesRegex(UserError, "no free seat"):
            second.action_take_seat()

    def test_a_negative_number_of_seats_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.seats(-1)
            self.env.flush_all()

    def test_agents_do_not_change_the_number_of_seats(self):
        run = self.seats(1).with_user(self.make_user("agent"))
        with self.assertRaises(AccessError):
            run.seats = 5

    def test_an_agent_who_cancels_promotes_another_agents_learner(self):
        first, second = self.enroll(self.seats(1), 2)
        agents = self.make_user("agent"), self.make_user("agent")
        for enrollment, agent in zip(first | second, agents, strict=True):
            enrollment.order_id.user_id = agent
        first.order_id.with_user(agents[0])._action_cancel()
        self.assertEqual(second.state, "active")


@tagged("post_install", "-at_install")
class TestSeatOffered(OnboardingCase):
    def waiting(self, **values):
        """Return a seated and a waiting enrollment; the latter's mother has mail."""
        course = self.make_course()
        run = self.make_run(course, seats=1)
        first = self.make_enrollment(course=course, edu_run_id=run.id)
        mother, learner = self.make_family(**values)
        second = self.make_enrollment(learner, mother, course=course, edu_run_id=run.id)
        second.user_id = self.make_user("agent")
        return first, second

    def test_the_adviser_calls_and_the_family_gets_a_mail(self):
        first, second = self.waiting()
        first.order_id._action_cancel()
        self.assertIn("seat became free", second.activity_ids.summary)
        self.assertEqual(second.activity_ids.user_id, second.user_id)
        self.assertFalse(self.mails_to(second.contact_id))
        self.run_cron(CRON_MAIL)
        mails = self.mails_to(second.contact_id)
        self.assertIn("a seat became free", mails[0].body)
        self.assertIn("has a place in", mails[1].body)
        self.run_cron(CRON_MAIL)
        self.assertEqual(len(self.mails_to(second.contact_id)), 2)

    def test_who_lost_the_seat_again_is_not_written_to(self):
        first, second = self.waiting()
        first.order_id._action_cancel()
        second.order_id._action_cancel()
        self.run_cron(CRON_MAIL)
        self.assertFalse(self.mails_to(second.contact_id))

    def test_without_an_adviser_only_the_mail_goes_out(self):
        first, second = self.waiting()
        second.user_id = False
        first.order_id._action_cancel()
        self.assertFalse(second.activity_ids)
        self.run_cron(CRON_MAIL)
        self.assertTrue(self.mails_to(second.contact_id))

    def test_whoever_gets_a_place_at_once_is_not_told_of_a_free_seat(self):
        enrollment = self.make_enrollment(self.make_customer(email="one@example.com"))
        self.assertFalse(enrollment.is_seat_news_pending)
        self.assertFalse(enrollment.activity_ids)
