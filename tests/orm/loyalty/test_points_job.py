"""The nightly job of points: one bad record stops nobody, and is tried again."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_points"
JOB_LOGGER = "odoo.addons.edu_crm_addon.models.settings.edu_job_failure"


@tagged("post_install", "-at_install")
class TestPointsJob(EduCase):
    def failures(self, job):
        return self.env["edu.job.failure"].search([("job", "=", job)])

    def break_at(self, model, name, bad):
        """Let the method ``name`` fail when ``bad`` is among what it works on."""
        original = getattr(type(self.env[model]), name)

        def failing(records):
            if bad.id in records.ids:
                raise UserError("not this one")
            return original(records)

        self.patch(type(self.env[model]), name, failing)
        return original

    def check_isolated(self, job, model, name, bad):
        original = self.break_at(model, name, bad)
        with mute_logger(JOB_LOGGER):
            self.run_cron(CRON)
        self.assertEqual(self.failures(job).res_id, bad.id)
        self.patch(type(self.env[model]), name, original)

    def test_a_card_that_cannot_expire_stops_no_other(self):
        bad, good = (
            self.make_card(points=10, expires_on=self.days_ago(1)) for _ in range(2)
        )
        self.check_isolated("points_expire", "loyalty.card", "_edu_expire_by_job", bad)
        self.assertBalance(bad, 10)
        self.assertBalance(good, 0)
        self.run_cron(CRON)
        self.assertBalance(bad, 0)
        self.assertFalse(self.failures("points_expire"))

    def test_an_entry_that_cannot_be_released_stops_no_other(self):
        bad, good = (
            self.make_card(
                points=10, state=rule.PENDING, available_from=self.days_ago(1)
            )
            for _ in range(2)
        )
        entry = bad.edu_entry_ids
        self.check_isolated("points_release", "edu.points.entry", "_release", entry)
        self.assertBalance(bad, 0, pending=10)
        self.assertBalance(good, 10)
        self.run_cron(CRON)
        self.assertBalance(bad, 10)

    def test_a_member_who_cannot_be_told_stops_no_other(self):
        bad, good = (
            self.make_card(
                self.make_customer(email=f"{name}@example.com"),
                10,
                expires_on=self.days_ago(-5),
            )
            for name in ("bad", "good")
        )
        self.check_isolated("points_notice", "loyalty.card", "_edu_notify", bad)
        self.assertFalse(bad.edu_notice_ids)
        self.assertTrue(good.edu_notice_ids)
        self.run_cron(CRON)
        self.assertTrue(bad.edu_notice_ids)

    def test_the_job_does_everything_in_its_order(self):
        card = self.make_card(
            points=10,
            state=rule.PENDING,
            available_from=self.days_ago(9),
            expires_on=self.days_ago(1),
        )
        self.run_cron(CRON)
        # Released too late to be of any use: gone the same night, and in the ledger.
        self.assertBalance(card, 0)
        self.assertEqual(card.edu_entry_ids[0].kind, rule.EXPIRE)

    def test_the_day_is_that_of_the_company_of_the_card(self):
        calendar = self.env["resource.calendar"].create(
            {"name": "Kiribati", "tz": "Pacific/Kiritimati"}
        )
        far = self.env["res.company"].create(
            {"name": "Far", "resource_calendar_id": calendar.id}
        )
        program = self.make_program(company=far)
        last_day = far._edu_today()
        card = self.make_card(points=10, program=program, expires_on=last_day)
        self.run_cron(CRON)
        self.assertBalance(card, 10)
        calendar.tz = "Pacific/Niue"
        self.assertNotIn(card, self.env["loyalty.card"]._edu_to_expire())
