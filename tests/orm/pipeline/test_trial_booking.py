"""No teacher, room or learner is in two trial lessons at a time."""

import threading
from contextlib import closing
from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Datetime
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..common import EduCase

START = Datetime.to_datetime("2030-03-04 10:00:00")


@tagged("post_install", "-at_install")
class TestTrialBooking(EduCase):
    def setUp(self):
        super().setUp()
        self.teacher, self.room = self.make_teacher(name="Ms Li"), self.make_room()
        self.learner = self.make_person(name="Tom")
        self.lead = self.make_lead(self.learner)
        self.first = self.book(self.lead, teacher_id=self.teacher.id)

    def book(self, lead=None, minutes=0, **values):
        return self.make_trial(
            lead, start_at=START + timedelta(minutes=minutes), **values
        )

    def assertClash(self, *words, **values):
        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError) as caught:
            self.book(**values)
        for word in words:
            self.assertIn(word, str(caught.exception))

    # ------------------------------------------------------------------ who is taken
    def test_a_teacher(self):
        self.assertClash("Ms Li", self.first.name, teacher_id=self.teacher.id)

    def test_a_room(self):
        self.first.room_id = self.room
        self.assertClash(self.room.name, self.first.name, room_id=self.room.id)

    def test_a_learner_of_another_lead(self):
        self.assertClash("Tom", self.first.name, lead=self.make_lead(self.learner))

    def test_a_lead_whose_learner_is_no_contact_yet(self):
        lead = self.make_lead(self.env["res.partner"], contact_name="Xiao Ming")
        first = self.book(lead)
        self.assertClash(first.name, lead=lead)

    def test_lessons_without_room_and_learner_do_not_meet(self):
        for _number in range(2):
            self.book(self.make_lead(self.env["res.partner"], contact_name="X"))

    def test_two_of_one_batch(self):
        lead = self.make_lead(self.make_person())
        values = {"teacher_id": self.make_teacher().id, "start_at": START}
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.env["edu.trial.lesson"].create(
                [
                    {**values, "lead_id": lead.id},
                    {**values, "lead_id": self.make_lead(self.make_person()).id},
                ]
            )

    # ------------------------------------------------------------------ when
    def test_a_part_of_the_time_is_enough(self):
        for minutes in (-59, -30, 30, 59):
            with self.subTest(minutes=minutes):
                self.assertClash(minutes=minutes, teacher_id=self.teacher.id)

    def test_back_to_back_is_allowed(self):
        self.first.room_id = self.room
        for minutes in (-60, 60):
            self.book(
                self.lead,
                minutes,
                teacher_id=self.teacher.id,
                room_id=self.room.id,
            )

    def test_canceled_and_missed_ones_free_the_time(self):
        self.first.action_cancel()
        second = self.book(teacher_id=self.teacher.id)
        second.action_confirm()
        second.start_at = self.moment_ago(1)
        second.write({"missed_reason": "Ill", "state": "missed"})
        third = self.book(teacher_id=self.teacher.id)
        third.action_cancel()
        self.book(teacher_id=self.teacher.id)

    def test_who_comes_back_finds_the_time_taken(self):
        self.first.action_cancel()
        second = self.book(teacher_id=self.teacher.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(ValidationError, second.name),
        ):
            self.first.action_reset()

    def test_moving_into_another_lesson(self):
        second = self.book(minutes=60, teacher_id=self.teacher.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(ValidationError, self.first.name),
        ):
            second.start_at = START
        self.assertEqual(second.start_at, START + timedelta(minutes=60))

    def test_changing_to_a_busy_teacher(self):
        second = self.book()
        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError):
            second.teacher_id = self.teacher

    # ------------------------------------------------------------------ the message
    def test_the_message_says_when_in_the_users_time_zone(self):
        agent = self.make_user("manager", tz="Asia/Shanghai")
        lead = self.make_lead(self.make_person())
        lessons = self.env["edu.trial.lesson"].with_user(agent)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(ValidationError, r"from 3/4/30, 6:00.PM to 7:00.PM"),
        ):
            lessons.create(
                {
                    "lead_id": lead.id,
                    "teacher_id": self.teacher.id,
                    "start_at": START,
                }
            )

    def test_the_message_does_not_tell_whose_lesson_one_may_not_see(self):
        stranger = self.make_user("agent")
        lead = self.make_lead(self.make_person(), user_id=stranger.id)
        self.first.user_id = self.make_user("agent")
        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError) as caught:
            self.env["edu.trial.lesson"].with_user(stranger).create(
                {
                    "lead_id": lead.id,
                    "teacher_id": self.teacher.id,
                    "start_at": START,
                }
            )
        message = str(caught.exception)
        self.assertIn("Ms Li is not free: a trial lesson", message)
        self.assertNotIn("Tom", message)
        self.assertNotIn(self.first.name, message)

    def test_the_constraints_are_in_the_database(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conrelid = 'edu_trial_lesson'::regclass AND contype = 'x'"
            )
        )
        found = {name.removeprefix("edu_trial_lesson_"): text for name, text in rows}
        self.assertEqual(
            set(found), {"teacher_free", "room_free", "learner_free", "lead_free"}
        )
        for text in found.values():
            self.assertIn("EXCLUDE USING gist", text)

    # ------------------------------------------------------------------ merging
    def test_contacts_with_lessons_at_the_same_time_are_not_merged(self):
        other = self.make_teacher()
        second = self.book(teacher_id=other.id)
        with self.assertRaisesRegex(UserError, f"{self.first.name}.*{second.name}"):
            self.merge(other, self.teacher)
        second.start_at = START + timedelta(hours=1)
        self.merge(other, self.teacher)
        self.assertEqual(second.teacher_id, self.teacher)

    def test_learners_with_lessons_at_the_same_time_are_not_merged(self):
        second = self.book()
        with self.assertRaises(UserError):
            self.merge(second.learner_id, self.learner)


@tagged("post_install", "-at_install")
class TestTwoClerks(EduCase):
    """Two real transactions, each with its own snapshot; exactly one wins."""

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            people = env["res.partner"].create(
                [{"name": f"Clerk {n}", "edu_is_teacher": n < 2} for n in range(4)]
            )
            leads = env["crm.lead"].create(
                [{"name": "Clerks", "partner_id": people[n].id} for n in (2, 3, 2)]
            )
            room = env["edu.room"].create({"name": "Clerks"})
            self.people, self.leads, self.room = people.ids, leads.ids, room.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            env["edu.trial.lesson"].search([("lead_id", "in", self.leads)]).unlink()
            for model, ids in (
                ("crm.lead", self.leads),
                ("res.partner", self.people),
                ("edu.room", [self.room]),
            ):
                env[model].browse(ids).unlink()

    def race(self, first, second):
        """Book both at once; return the error of the second one."""
        base = {"start_at": START, "stop_at": START + timedelta(hours=1)}
        errors = []

        def book_second(cursor):
            env = api.Environment(cursor, SUPERUSER_ID, {})
            cursor.execute("SELECT 1")  # the snapshot is taken before the other commits
            ready.set()
            started.wait(10)
            try:
                retrying(
                    lambda: env["edu.trial.lesson"].create({**base, **second}), env
                )
            except (ValidationError, ExclusionViolation) as error:
                errors.append(error)

        ready, started = threading.Event(), threading.Event()
        with (
            mute_logger("odoo.sql_db"),
            closing(self.registry.cursor()) as mine,
            closing(self.registry.cursor()) as other,
        ):
            thread = threading.Thread(target=book_second, args=[other])
            thread.start()
            ready.wait(10)
            env = api.Environment(mine, SUPERUSER_ID, {})
            lesson = env["edu.trial.lesson"].create({**base, **first})
            env.flush_all()
            name = lesson.name
            started.set()
            thread.join(0.5)
            self.assertTrue(thread.is_alive(), "the second does not wait for the first")
            mine.commit()
            thread.join(30)
        self.assertFalse(thread.is_alive())
        self.assertEqual(len(errors), 1)
        self.assertIsInstance(errors[0], ValidationError)
        self.assertIn(name, str(errors[0]))
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, SUPERUSER_ID, {})
            lessons = env["edu.trial.lesson"].search([("lead_id", "in", self.leads)])
            self.assertEqual(lessons.mapped("name"), [name])

    def booking(self, lead, teacher, **values):
        return {
            "lead_id": self.leads[lead],
            "teacher_id": self.people[teacher],
            **values,
        }

    def test_a_teacher(self):
        self.race(self.booking(0, 0), self.booking(1, 0))

    def test_a_room(self):
        room = {"room_id": self.room}
        self.race(self.booking(0, 0, **room), self.booking(1, 1, **room))

    def test_a_learner(self):
        self.race(self.booking(0, 0), self.booking(2, 1))

    def test_a_lead(self):
        nobody = {"learner_id": False}
        self.race(self.booking(0, 0, **nobody), self.booking(0, 1, **nobody))
