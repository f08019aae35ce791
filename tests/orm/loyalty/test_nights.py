"""Every nightly job of the area, run again on the same data, writes nothing."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import MODULE, EduCase

JOBS = (
    "ir_cron_loyalty_points",
    "ir_cron_loyalty_levels",
    "ir_cron_points_settle",
    "ir_cron_loyalty_birthdays",
    "ir_cron_loyalty_award",
)
JOB_LOGGER = "odoo.addons.edu_crm_addon.models.settings.edu_job_failure"
# What the scheduler itself writes of each run.
OF_SCHEDULER = ("ir_cron", "ir_cron_progress", "ir_cron_trigger")


@tagged("post_install", "-at_install")
class TestNights(EduCase):
    def setUp(self):
        super().setUp()
        self.today = self.env.company._edu_today()
        self.firm = self.env["res.partner"].create({"name": "Shop", "is_company": True})
        self.program = self.make_program(
            earns=False,
            edu_mode="alliance_points",
            edu_firm_ids=[Command.set(self.firm.ids)],
            edu_refund_days=0,
        )
        self.ladder = self.make_ladder()
        self.make_points_rule("birthday", 66)

    def member(self, points=0, **row):
        number = next(self._numbers)
        born = self.today.replace(year=self.today.year - 20)
        person = self.make_customer(
            email=f"member{number}@example.com", edu_birth_date=born
        )
        return self.make_card(person, points, **row)

    def make_a_day(self):
        """Have something to do for every step of every job."""
        before = self.today.replace(day=1) - timedelta(days=1)
        self.member(10, state=rule.PENDING, available_from=self.today)
        self.member(10, expires_on=self.days_ago(1))
        self.member(10, expires_on=self.days_ago(-5))
        self.member(600)
        self.member(50).partner_id._edu_set_level(self.ladder[2])
        self.member(30, firm_id=self.firm.id, date=before)
        self.make_points_rule("enrollment", 100, hold="paid")
        enrollment = self.make_enrollment(self.make_customer())
        self.pay(self.make_invoice(enrollment.order_id))
        self.make_enrollment(self.make_customer())
        wrong = self.member(100)
        self.cr.execute("UPDATE loyalty_card SET points = 1 WHERE id = %s", [wrong.id])
        self.env.invalidate_all()
        terms = self.env["edu.membership"]
        for first, last in ((90, -10), (90, 1)):
            terms.create(
                {
                    "partner_id": self.member().partner_id.id,
                    "grade_id": self.ladder[1].id,
                    "date_from": self.days_ago(first),
                    "date_to": self.days_ago(last),
                    "reason": "A prize",
                }
            )

    def written(self):
        """Return ``{table: rows}`` that this transaction wrote so far."""
        self.flush_tracking()
        self.cr.execute(
            """
            SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
              FROM pg_stat_xact_user_tables
             WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname NOT IN %s
            """,
            [OF_SCHEDULER],
        )
        return dict(self.cr.fetchall())

    def run_all(self):
        """Return what a night wrote, by job and table."""
        result = {}
        for job in JOBS:
            before = self.written()
            self.run_cron(f"{MODULE}.{job}")
            after = self.written()
            result[job] = {
                table: count - before.get(table, 0)
                for table, count in after.items()
                if count != before.get(table, 0)
            }
        return result

    def test_the_second_night_of_a_day_writes_nothing(self):
        self.make_a_day()
        # Points of birthdays come after the levels: the next night moves who rises.
        self.run_cron(f"{MODULE}.ir_cron_loyalty_birthdays")
        first = self.run_all()
        for job in JOBS[:3]:
            self.assertTrue(first[job], job)
        self.assertEqual(self.run_all(), {job: {} for job in JOBS})

    # ------------------------------------------------------------------ one bad record
    def check_isolated(self, job, owner, name, bad, good):
        """Have ``owner.name`` fail with ``bad``, and see that ``good`` is done."""
        original = getattr(owner, name)

        def failing(records, *arguments):
            if bad.id in records.ids:
                raise UserError("not this one")
            return original(records, *arguments)

        self.patch(owner, name, failing)
        with mute_logger(JOB_LOGGER):
            self.run_all()
        failure = self.env["edu.job.failure"].search([("job", "=", job)])
        self.assertEqual(failure.mapped("res_id"), bad.ids)
        self.assertTrue(good())
        self.patch(owner, name, original)
        self.run_all()
        self.assertFalse(failure.exists())

    def test_a_member_whose_level_fails_stops_no_other(self):
        bad, good = self.member(600), self.member(600)
        self.check_isolated(
            "loyalty_level",
            type(good),
            "_edu_move_levels",
            bad,
            lambda: good.partner_id.grade_id == self.ladder[1],
        )
        self.assertEqual(bad.partner_id.grade_id, self.ladder[1])

    def test_a_birthday_that_fails_stops_no_other(self):
        bad, good = self.member(), self.member()
        self.check_isolated(
            "points_birthday",
            type(good.partner_id),
            "_edu_award_birthdays",
            bad.partner_id,
            lambda: good.points == 66,
        )
        self.assertBalance(bad, 66)

    def test_a_program_whose_statement_fails_stops_no_other(self):
        before = self.today.replace(day=1) - timedelta(days=1)
        bad = self.make_program(
            edu_mode="alliance_points", edu_firm_ids=[Command.set(self.firm.ids)]
        )
        for program in (bad, self.program):
            self.make_card(
                points=30, program=program, firm_id=self.firm.id, date=before
            )
        settlements = self.env["edu.points.settlement"]
        original = type(settlements)._draft_missing

        def failing(records, program):
            if program == bad:
                raise UserError("not this one")
            return original(records, program)

        self.patch(type(settlements), "_draft_missing", failing)
        with mute_logger(JOB_LOGGER):
            self.run_cron(f"{MODULE}.ir_cron_points_settle")
        self.assertEqual(settlements.search([]).program_id, self.program)
        self.patch(type(settlements), "_draft_missing", original)
        self.run_cron(f"{MODULE}.ir_cron_points_settle")
        self.assertEqual(settlements.search([]).program_id, self.program | bad)
