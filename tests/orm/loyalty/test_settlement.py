"""Each month the school and its partner firms settle the points."""

from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import MODULE, EduCase

CRON = f"{MODULE}.ir_cron_points_settle"


class TestSettlement(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create(
            {"name": "Book shop", "is_company": True}
        )
        cls.program = cls.make_program(
            edu_mode="alliance_points",
            edu_firm_ids=[Command.set(cls.firm.ids)],
            edu_point_cost=0.02,
        )
        cls.today = cls.env.company._edu_today()
        cls.last = cls.today.replace(day=1) - timedelta(days=1)
        cls.card = cls.make_card(points=1000)

    def at_firm(self, points, on=None, firm=None, **row):
        firm = firm or self.firm
        self.book(self.card, points, firm_id=firm.id, date=on or self.last, **row)

    def settle(self):
        self.run_cron(CRON)
        return self.env["edu.points.settlement"].search(
            [("program_id", "=", self.program.id)]
        )

    def test_a_month_that_is_over_is_drafted(self):
        self.at_firm(300)
        self.at_firm(-120)
        self.at_firm(500, on=self.today)
        self.book(self.card, 10, date=self.last)
        settlement = self.settle()
        self.assertEqual(settlement.month, self.last.replace(day=1))
        self.assertEqual((settlement.given, settlement.redeemed), (300, 120))
        self.assertEqual((settlement.given_value, settlement.redeemed_value), (6, 2.4))
        self.assertEqual(settlement.amount, -3.6)
        self.assertFalse(settlement.name)

    def test_the_job_repeats_without_harm(self):
        self.at_firm(300)
        self.at_firm(20, on=date(self.last.year - 1, 1, 5))
        first = self.settle()
        self.assertEqual(len(first), 2)
        self.assertEqual(self.settle(), first)

    def test_what_is_booked_late_reaches_the_draft(self):
        self.at_firm(300)
        settlement = self.settle()
        self.at_firm(5)
        self.assertEqual(self.settle(), settlement)
        self.assertEqual(settlement.given, 305)

    def test_confirmed_figures_are_frozen_under_a_number(self):
        self.at_firm(300)
        settlement = self.settle()
        settlement.with_user(self.make_user("manager")).action_confirm()
        self.assertEqual(settlement.state, "confirmed")
        self.assertTrue(settlement.name)
        self.at_firm(5)
        self.program.edu_point_cost = 9
        self.settle()
        self.assertEqual((settlement.given, settlement.amount), (300, -6))
        number = settlement.name
        settlement.action_confirm()
        self.assertEqual(settlement.name, number)
        with self.assertRaises(UserError):
            settlement.unlink()

    def test_nobody_types_figures(self):
        self.at_firm(300)
        settlement = self.settle()
        manager = self.make_user("manager")
        for vals in ({"given": 1}, {"amount": 1}, {"state": "confirmed"}):
            with self.assertRaises(UserError):
                settlement.with_user(manager).write(vals)
        vals = {
            "program_id": self.program.id,
            "firm_id": self.firm.id,
            "month": self.today.replace(day=1),
        }
        with self.assertRaises(UserError):
            settlement.with_user(manager).create(vals)
        self.assertEqual(self.rights(self.make_user("leader"), settlement._name), "r")
        self.assertEqual(self.rights(self.make_user("agent"), settlement._name), "")

    def test_a_month_that_runs_is_not_confirmed(self):
        settlement = (
            self.env["edu.points.settlement"]
            .sudo()
            .create(
                {
                    "program_id": self.program.id,
                    "firm_id": self.firm.id,
                    "month": self.today.replace(day=1),
                }
            )
        )
        with self.assertRaisesRegex(UserError, "not over"):
            settlement.action_confirm()

    def test_what_is_taken_back_or_pending_is_not_settled(self):
        self.at_firm(300)
        self.at_firm(-100, kind=rule.REVERSE)
        self.at_firm(50, state=rule.PENDING)
        self.assertEqual(self.settle().given, 200)

    def test_the_statement_speaks_the_language_of_the_firm(self):
        self.at_firm(300)
        settlement = self.settle()
        html = self.print(settlement)
        self.assertIn("The firm pays the school", html)
        self.assertIn("Book shop", html)
        self.assertIn("(draft)", html)
        self.firm.lang = "zh_CN"
        html = self.print(settlement)
        self.assertIn("月", html)

    def test_another_company_sees_no_statement(self):
        self.at_firm(300)
        settlement = self.settle()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "edu_crm_addon.group_edu_manager",
            company_id=company.id,
        )
        self.assertRefused(settlement.with_user(stranger).action_confirm)

    def print(self, settlement):
        report = self.env.ref(f"{MODULE}.edu_points_settlement_report")
        html, _type = report._render_qweb_html(report.report_name, settlement.ids)
        return html.decode()
