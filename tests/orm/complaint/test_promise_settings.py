"""Every company has terms and a calendar of its own, within reason."""

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestPromiseSettings(PromiseCase):
    def test_two_companies_promise_differently(self):
        other = self.make_company(edu_complaint_general_days=2)
        calendar = self.make_calendar(saturday=False, company_id=other.id)
        other.resource_calendar_id = calendar
        common = {"subject": "Late", "received_at": at(6), "received_note": "Frozen"}
        common |= {"team_id": False}
        self.env.company.resource_calendar_id = self.calendar
        with freeze_time(at(6)):
            ours, theirs = self.env["edu.complaint"].create(
                [
                    {**common, "company_id": company.id}
                    for company in (self.env.company, other)
                ]
            )
        self.assertDue(ours, "decide", 10)
        self.assertDue(theirs, "decide", 10)
        self.assertDue(ours, "acknowledge", 7, "12:00")
        self.assertDue(theirs, "acknowledge", 9)
        self.assertEqual(theirs.deadline_ids.company_id, other)

    def test_the_settings_are_written_to_the_company(self):
        self.env["res.config.settings"].create(
            {"edu_complaint_simple_days": 2, "edu_complaint_pause_days": 3}
        ).execute()
        company = self.env.company
        self.assertEqual(company.edu_complaint_simple_days, 2)
        self.assertEqual(company.edu_complaint_pause_days, 3)

    def test_terms_are_plausible(self):
        for vals in (
            {"edu_complaint_general_days": -1},
            {"edu_complaint_repair_days": 251},
            {"edu_complaint_pause_days": 0},
            {"edu_complaint_answer_days": -1},
            {"edu_complaint_reopen_days": 366},
            {"edu_complaint_simple_days": 5, "edu_complaint_general_days": 4},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.env.company.write(vals)
                self.env.flush_all()
