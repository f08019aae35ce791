"""States by the calendar: rule, search and nightly job agree on every day."""

from datetime import date, timedelta
from itertools import product
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import enrollment as rule

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_enrollment_roll"
START, END = date(2026, 9, 1), date(2026, 9, 30)
DAYS = [START - timedelta(days=1), START, date(2026, 9, 15), END, date(2026, 10, 1)]
PAUSES = [(), (("2026-09-10", "2026-09-20"),), (("2026-09-15", False),)]


@tagged("post_install", "-at_install")
class TestStates(EduCase):
    def force(self, enrollment, **values):
        """Put an enrollment where only a mishap or another day could put it."""
        enrollment.flush_recordset()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE edu_enrollment SET {name} = %s WHERE id = %s",  # noqa: S608
                [value, enrollment.id],
            )
        self.env.invalidate_all()

    def test_search_and_rule_agree_on_a_grid_of_days_and_states(self):
        """Whatever the roll would move is found, and nothing else."""
        enrollments = self.env["edu.enrollment"]
        for state, ready, pauses, end in product(
            rule.STATES, (True, False), PAUSES, (END, None)
        ):
            enrollment = self.make_enrollment(edu_date_start=START)
            enrollment.pause_ids = [
                (0, 0, {"date_from": first, "date_to": last, "reason": "Illness"})
                for first, last in pauses
            ]
            self.force(enrollment, state=state, is_ready=ready, date_end=end)
            enrollments |= enrollment
        for today in DAYS:
            moving, found = self.moving_and_found(enrollments, today)
            self.assertEqual(found, moving, today)
            self.assertTrue(moving)

    def moving_and_found(self, enrollments, today):
        """Return ids by the rule, and ids by the search, as of a day."""
        company = type(self.env.company)
        with patch.object(company, "_edu_today", lambda company, now=None: today):
            moving = {
                enrollment.id
                for enrollment, facts in enrollments._roll_facts().items()
                if rule.roll(*facts) != enrollment.state
            }
            domain = Domain("id", "in", enrollments.ids)
            found = enrollments.search(domain & enrollments._roll_domain(today))
            return moving, set(found.ids)

    def test_the_nightly_job_begins_and_ends(self):
        begins = self.make_enrollment(edu_date_start=self.days_ago(-1))
        ends = self.make_enrollment()
        self.assertEqual(begins.state, "onboarding")
        self.assertEqual(ends.state, "active")
        today = self.env.company._edu_today()
        self.force(begins, date_start=today)
        self.force(ends, date_start=self.days_ago(40), date_end=self.days_ago(1))
        self.run_cron(CRON)
        self.assertEqual(begins.state, "active")
        self.assertEqual(ends.state, "ended")

    def test_who_learns_is_not_just_valid(self):
        """The word for archived or not is another one, in Chinese above all."""
        states = dict(self.env["edu.enrollment"]._fields["state"].selection)
        self.assertEqual(states[rule.ACTIVE], "Studying")

    def test_a_second_run_changes_nothing(self):
        enrollment = self.make_enrollment()
        self.force(enrollment, date_start=self.days_ago(40), date_end=self.days_ago(1))
        self.run_cron(CRON)
        before = enrollment.write_date
        self.run_cron(CRON)
        self.assertEqual(enrollment.write_date, before)

    def test_each_company_has_its_own_day(self):
        """At 16:30 UTC it is tomorrow in Shanghai, and today in New York."""
        east, west = self.make_company(), self.make_company()
        east.resource_calendar_id.tz = "Asia/Shanghai"
        west.resource_calendar_id.tz = "America/New_York"
        self.env.user.company_ids |= east | west
        moment = self.env.cr.now().replace(hour=16, minute=30)
        tomorrow = moment.date() + timedelta(days=1)
        enrollments = []
        for company in (east, west):
            learner = self.make_person()
            enrollment = self.make_enrollment(
                learner, company_id=company.id, edu_date_start=tomorrow
            )
            self.force(enrollment, state="onboarding")
            enrollments.append(enrollment)
        with patch("odoo.fields.Datetime.now", lambda: moment):
            self.run_cron(CRON)
        self.assertEqual([e.state for e in enrollments], ["active", "onboarding"])

    def test_a_pause_moves_the_last_day_by_as_many_days(self):
        enrollment = self.make_enrollment(edu_date_start="2026-01-31")
        self.assertEqual(enrollment.date_end, date(2026, 2, 27))
        pause = self.env["edu.enrollment.pause"].create(
            {
                "enrollment_id": enrollment.id,
                "date_from": "2026-02-02",
                "date_to": "2026-02-08",
                "reason": "Spring festival",
            }
        )
        self.assertEqual(enrollment.date_end, date(2026, 3, 6))
        pause.unlink()
        self.assertEqual(enrollment.date_end, date(2026, 2, 27))

    def test_an_open_pause_pauses_at_once_until_it_ends(self):
        enrollment = self.make_enrollment(edu_date_start=self.days_ago(10))
        pause = self.env["edu.enrollment.pause"].create(
            {
                "enrollment_id": enrollment.id,
                "date_from": self.days_ago(1),
                "reason": "Journey",
            }
        )
        self.assertEqual(enrollment.state, "paused")
        pause.date_to = self.days_ago(1)
        self.assertEqual(enrollment.state, "active")

    def test_nobody_sets_a_state_directly(self):
        enrollment = self.make_enrollment()
        manager = self.make_user("manager")
        for values in ({"state": "ended"}, {"state": "withdrawn"}):
            with self.assertRaisesRegex(UserError, "cannot be set directly"):
                enrollment.with_user(manager).with_context(edu_state_change=True).write(
                    values
                )
        with self.assertRaisesRegex(UserError, "cannot be set directly"):
            enrollment.with_user(manager).copy({"state": "active"})
        for name, value in (("state", "active"), ("is_waived", True)):
            forced = enrollment.with_user(manager).with_context(
                **{f"default_{name}": value}
            )
            with self.assertRaises(UserError):
                forced.copy({"date_start": "2031-01-01"})

    def test_a_prolonged_enrollment_goes_on(self):
        enrollment = self.make_enrollment(edu_date_start="2024-01-01")
        self.assertEqual(enrollment.state, "ended")
        enrollment.date_end = self.days_ago(-10)
        self.assertEqual(enrollment.state, "active")

    def test_an_enrollment_that_began_is_not_deleted(self):
        enrollment = self.make_enrollment()
        with self.assertRaisesRegex(UserError, "has begun"):
            enrollment.unlink()
