"""What is promised about a complaint, until when, and what becomes of it."""

from zoneinfo import ZoneInfo

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestPromises(PromiseCase):
    def test_a_general_complaint_is_acknowledged_and_decided_in_time(self):
        complaint = self.receive(6)
        self.assertDue(complaint, "acknowledge", 7, "12:00")
        self.assertDue(complaint, "decide", 10)
        self.assertEqual(complaint.due_at, at(7, "12:00"))
        self.assertEqual(set(complaint.deadline_ids.mapped("round")), {1})

    def test_a_simple_complaint_is_decided_on_the_next_working_day(self):
        office = self.make_calendar(saturday=False)
        self.complaint_team.calendar_id = office
        complaint = self.receive(6, complexity="simple")
        self.assertDue(complaint, "decide", 9)

    def test_a_complex_complaint_has_reports_of_progress_instead(self):
        complaint = self.receive(6, complexity="complex")
        self.assertFalse(self.promise(complaint, "decide"))
        self.assertDue(complaint, "progress", 10)

    def test_a_suggestion_is_acknowledged_only(self):
        complaint = self.receive(6, kind="suggestion")
        self.assertEqual(complaint.deadline_ids.mapped("kind"), ["acknowledge"])

    def test_a_holiday_moves_the_date(self):
        self.make_holiday(9)
        self.assertDue(self.receive(6), "decide", 11)

    def test_a_holiday_of_another_company_moves_nothing(self):
        leaves = self.env["resource.calendar.leaves"].with_company(self.make_company())
        leave = {"date_from": at(9, "00:00"), "date_to": at(9, "23:59")}
        theirs = {"name": "Holiday of theirs", "calendar_id": False, **leave}
        leaves.create(theirs).flush_recordset()
        self.assertDue(self.receive(6), "decide", 10)

    def test_days_are_those_of_the_calendar_and_its_zone(self):
        zone = ZoneInfo("America/New_York")
        self.complaint_team.calendar_id = self.make_calendar(tz=zone.key)
        # Thursday evening in New York is Friday morning in Shanghai.
        complaint = self.receive(0, moment=at(5, "20:00", zone))
        found = self.promise(complaint, "acknowledge").due_at
        self.assertEqual(found, at(6, "18:00", zone))

    def test_a_team_without_calendar_counts_by_that_of_the_company(self):
        self.complaint_team.calendar_id = False
        self.env.company.resource_calendar_id = self.make_calendar(saturday=False)
        self.assertDue(self.receive(6), "decide", 11)

    def test_without_any_calendar_every_day_counts(self):
        self.complaint_team.calendar_id = self.make_calendar(attendance_ids=False)
        complaint = self.receive(6)
        self.assertEqual(self.promise(complaint, "decide").due_at.date(), at(9).date())

    def test_the_company_sets_the_terms(self):
        self.env.company.write(
            {"edu_complaint_acknowledge_days": 0, "edu_complaint_general_days": 2}
        )
        complaint = self.receive(6)
        self.assertFalse(self.promise(complaint, "acknowledge"))
        self.assertDue(complaint, "decide", 9)
        self.assertEqual(complaint.deadline_ids.days, 2)
        self.env.company.edu_complaint_general_days = 9
        self.assertEqual(complaint.deadline_ids.days, 2)

    def test_others_ask_for_working_days_as_well(self):
        team = self.env["edu.complaint.team"]
        found = team._working_deadline(self.complaint_team, at(6), 1)
        self.assertEqual(found, at(7, "12:00"))
        self.env.company.resource_calendar_id = self.make_calendar(saturday=False)
        found = team._working_deadline(self.env.company, at(6), 1)
        self.assertEqual(found, at(9, "18:00"))

    # ------------------------------------------------------------------ kept
    def test_the_decision_is_kept_when_it_was_told(self):
        complaint = self.receive(2, step="implement")
        with freeze_time(at(5, "17:00")):
            self.assertStates(complaint, decide="open", execute="open")
            self.bring(complaint, "feedback")
            self.assertStates(
                complaint, decide="kept", execute="kept", acknowledge="missed"
            )
        self.assertEqual(self.promise(complaint, "decide").done_at, at(5, "17:00"))
        self.assertFalse(complaint.due_at)

    def test_what_is_done_late_is_missed(self):
        complaint = self.receive(2)
        with freeze_time(at(9)):
            self.assertStates(complaint, decide="late")
            complaint._keep_promise("decide")
            self.assertStates(complaint, decide="missed")
        self.assertEqual(self.promise(complaint, "decide").missed_at, at(5, "18:00"))

    def test_nothing_is_owed_to_who_withdraws(self):
        complaint = self.receive(2)
        with freeze_time(at(3)):
            complaint.action_withdraw()
            self.assertStates(complaint, decide="dropped", acknowledge="dropped")
        self.assertFalse(complaint.deadline_ids.filtered("missed_at"))

    def test_going_back_after_the_decision_promises_a_new_one(self):
        complaint = self.receive(2)
        with freeze_time(at(4)):
            self.bring(complaint, "feedback")
        with freeze_time(at(9)):
            complaint.state = "plan"
        rows = complaint.deadline_ids.filtered(lambda row: row.kind == "decide")
        self.assertEqual(rows.mapped("due_at"), [at(5, "18:00"), at(12, "18:00")])
        self.assertEqual(rows.mapped("state"), ["kept", "late"])

    def test_a_report_of_progress_promises_the_next_one(self):
        complaint = self.receive(2, complexity="complex")
        with freeze_time(at(4, "11:00")):
            complaint._count_progress()
        with freeze_time(at(9, "11:00")):
            complaint._count_progress()
        rows = complaint.deadline_ids.filtered(lambda row: row.kind == "progress")
        dates = [at(5, "18:00"), at(7, "12:00"), at(12, "18:00")]
        self.assertEqual(rows.mapped("due_at"), dates)
        with freeze_time(at(10)):
            self.assertEqual(rows.mapped("state"), ["kept", "missed", "open"])
            self.bring(complaint, "feedback")
            self.assertEqual(rows.mapped("state"), ["kept", "missed", "dropped"])
        self.assertStates(complaint, acknowledge="missed")

    def test_a_message_to_the_customer_acknowledges_any_complaint(self):
        complaint = self.receive(2)
        complaint._count_progress(at(2, "11:00"))
        self.assertStates(complaint, acknowledge="kept")
        self.assertFalse(self.promise(complaint, "progress"))

    # ------------------------------------------------------------------ rows
    def test_a_promise_is_open_once(self):
        complaint = self.receive(2)
        self.assertFalse(complaint._open_promise("decide"))
        self.assertTrue(complaint._open_promise("repair"))
        row = self.promise(complaint, "decide")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            row.copy()
            self.env.flush_all()
