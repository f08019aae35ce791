"""A trial lesson goes its way; no button, call or import leads round it."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Datetime
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import trial

from ..common import GOOD_RESULT, EduCase


@tagged("post_install", "-at_install")
class TestTrialStates(EduCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.mother = self.make_person(name="Mother")
        self.lead = self.make_lead(self.mother, user_id=self.agent.id)
        self.yesterday = self.moment_ago(1)

    def confirmed(self, **values):
        return self.make_trial(
            self.lead, state="confirmed", start_at=self.yesterday, **values
        )

    # ------------------------------------------------------------------ a new lesson
    def test_a_new_lesson_takes_what_it_can_from_the_lead(self):
        source = self.env["utm.source"].create({"name": "Open day"})
        team = self.env["crm.team"].create({"name": "North"})
        self.lead.write({"source_id": source.id, "team_id": team.id})
        lesson = self.make_trial(self.lead)
        self.assertRegex(lesson.name, r"^T\d{6}$")
        self.assertEqual(lesson.state, "planned")
        self.assertEqual(lesson.learner_id, self.mother)
        self.assertEqual(lesson.learner_name, "Mother")
        self.assertEqual(lesson.user_id, self.agent)
        self.assertEqual(lesson.team_id, team)
        self.assertEqual(lesson.source_id, source)
        self.assertEqual(lesson.company_id, self.env.company)
        self.assertEqual(lesson.display_name, f"{lesson.name} Mother")

    def test_numbers_differ(self):
        lessons = self.make_trial() | self.make_trial()
        self.assertEqual(len(set(lessons.mapped("name"))), 2)

    def test_a_lead_without_contact_has_a_learner_by_name(self):
        lead = self.make_lead(self.env["res.partner"], contact_name="Xiao Ming")
        lesson = self.make_trial(lead)
        self.assertFalse(lesson.learner_id)
        self.assertEqual(lesson.learner_name, "Xiao Ming")
        lead.partner_id = self.mother
        self.env.flush_all()
        self.assertEqual(lesson.learner_id, self.mother)

    def test_it_lasts_an_hour_unless_somebody_says_otherwise(self):
        lesson = self.make_trial(self.lead)
        self.assertEqual(lesson.stop_at - lesson.start_at, timedelta(hours=1))

    def test_the_length_stays_when_the_start_moves(self):
        start = Datetime.to_datetime("2030-03-01 08:00:00")
        lesson = self.make_trial(
            self.lead, start_at=start, stop_at=start + timedelta(minutes=45)
        )
        lesson.start_at = start + timedelta(days=2)
        self.assertEqual(lesson.stop_at, Datetime.to_datetime("2030-03-03 08:45:00"))
        with Form(lesson) as form:
            form.start_at = start
        self.assertEqual(lesson.stop_at, start + timedelta(minutes=45))

    def test_a_copy_is_planned_a_week_later(self):
        lesson = self.confirmed()
        copy = lesson.copy()
        self.assertEqual(copy.start_at, lesson.start_at + timedelta(weeks=1))
        self.assertEqual(copy.stop_at, lesson.stop_at + timedelta(weeks=1))
        self.assertEqual(copy.state, "planned")
        self.assertNotEqual(copy.name, lesson.name)

    def test_it_ends_after_it_starts_and_within_a_day(self):
        lesson = self.make_trial(self.lead)
        for length in (timedelta(), timedelta(hours=-1), timedelta(days=1, minutes=1)):
            with self.subTest(length=length), self.assertRaises(ValidationError):
                lesson.stop_at = lesson.start_at + length

    def test_only_a_teacher_teaches(self):
        with self.assertRaisesRegex(ValidationError, "not marked as a teacher"):
            self.make_trial(self.lead, teacher_id=self.make_person().id)

    def test_nobody_teaches_oneself(self):
        self.mother.edu_is_teacher = True
        with self.assertRaisesRegex(ValidationError, "own teacher"):
            self.make_trial(self.lead, teacher_id=self.mother.id)

    # ------------------------------------------------------------------ states
    def test_the_codes_are_those_of_the_rule(self):
        fields = self.env["edu.trial.lesson"]._fields
        self.assertEqual(tuple(fields["state"].get_values(self.env)), trial.CODES)
        self.assertEqual(tuple(fields["outcome"].get_values(self.env)), trial.OUTCOMES)

    def test_the_way_of_a_lesson(self):
        lesson = self.make_trial(self.lead, start_at=self.yesterday)
        lesson.action_confirm()
        self.assertEqual(lesson.state, "confirmed")
        lesson.write(GOOD_RESULT)
        lesson.action_attend()
        self.assertEqual(lesson.state, "attended")

    def test_a_state_cannot_be_written_past_the_rule(self):
        lesson = self.make_trial(self.lead)
        for target in ("attended", "missed"):
            with self.subTest(target=target), self.assertRaises(UserError):
                lesson.write({**GOOD_RESULT, "missed_reason": "Ill", "state": target})

    def test_an_error_names_both_states(self):
        lesson = self.make_trial(self.lead)
        with self.assertRaisesRegex(UserError, "is Planned and cannot become Attended"):
            lesson.write({**GOOD_RESULT, "state": "attended"})

    def test_a_mistake_can_be_undone(self):
        for state in ("attended", "missed", "canceled"):
            with self.subTest(state=state):
                lesson = self.make_trial(state=state)
                lesson.action_reset()
                self.assertEqual(lesson.state, "planned")

    def test_a_button_leaves_lessons_of_another_state_alone(self):
        lessons = self.make_trial() | self.make_trial(state="canceled")
        lessons.action_confirm()
        self.assertEqual(lessons.mapped("state"), ["confirmed", "canceled"])

    def test_there_is_no_result_before_the_day_of_the_lesson(self):
        lesson = self.make_trial(self.lead, state="confirmed")
        for values in ({**GOOD_RESULT, "state": "attended"}, {"state": "missed"}):
            with self.assertRaisesRegex(UserError, "has not taken place yet"):
                lesson.write(values)

    # ------------------------------------------------------------------ results
    def test_attended_needs_rating_outcome_and_feedback(self):
        lesson = self.confirmed()
        for missing in GOOD_RESULT:
            result = {name: v for name, v in GOOD_RESULT.items() if name != missing}
            with (
                self.subTest(missing=missing),
                self.assertRaisesRegex(ValidationError, "rating, feedback and an out"),
            ):
                lesson.write({**result, "state": "attended"})
        with self.assertRaises(ValidationError):
            lesson.write({**GOOD_RESULT, "rating": "0", "state": "attended"})
        with self.assertRaises(ValidationError):
            lesson.write({**GOOD_RESULT, "feedback": "  ", "state": "attended"})
        lesson.write({**GOOD_RESULT, "state": "attended"})

    def test_a_result_cannot_be_taken_out_again(self):
        lesson = self.make_trial(self.lead, state="attended")
        for name in GOOD_RESULT:
            with self.subTest(name=name), self.assertRaises(ValidationError):
                lesson[name] = False

    def test_missed_needs_a_reason(self):
        lesson = self.confirmed()
        with self.assertRaisesRegex(ValidationError, "Say why"):
            lesson.action_miss()
        lesson.missed_reason = "Ill"
        lesson.action_miss()
        self.assertEqual(lesson.state, "missed")

    def test_a_lesson_made_as_attended_needs_its_result_too(self):
        with self.assertRaisesRegex(ValidationError, "rating, feedback and an outcome"):
            self.make_trial(self.lead, state="attended", rating="0")

    def test_an_import_obeys(self):
        teacher = self.make_teacher(name="Ms Import")
        fields = ["lead_id/.id", "teacher_id", "start_at", "state", "rating"]
        row = [str(self.lead.id), "Ms Import", "2026-03-01 10:00:00"]
        lessons = self.env["edu.trial.lesson"].with_user(self.agent)
        with mute_logger("odoo.sql_db"):
            result = lessons.load(fields, [[*row, "Attended", "Good"]])
        self.assertIn("needs a rating", result["messages"][0]["message"])
        result = lessons.load(fields, [[*row, "Planned", ""]])
        self.assertFalse(result["messages"])
        self.assertEqual(lessons.browse(result["ids"]).teacher_id, teacher)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_no_method_checks(self):
        lesson = self.make_trial(self.lead)
        query = "UPDATE edu_trial_lesson SET state = %s WHERE id = %s"
        for state in ("attended", "missed"):
            with (
                self.subTest(state=state),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.cr.execute(query, [state, lesson.id])

    def test_lessons_over_without_result_can_be_found(self):
        late, planned = self.confirmed(), self.make_trial(start_at=self.yesterday)
        done, soon = self.make_trial(state="missed"), self.make_trial()
        ours = late | planned | done | soon
        lessons = self.env["edu.trial.lesson"]
        domain = [("id", "in", ours.ids)]
        self.assertEqual(
            lessons.search([*domain, ("is_result_late", "=", True)]),
            ours.filtered("is_result_late"),
        )
        self.assertEqual(
            lessons.search([*domain, ("is_result_late", "=", False)]), done | soon
        )
