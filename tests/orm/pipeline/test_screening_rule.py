"""Rules are written by a manager; a bad one is refused, a changed one screens again."""

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MODULE, EduCase

CRON_SCREENING = f"{MODULE}.ir_cron_lead_screening"
ASKED = {"edu_man_need": "unclear"}


@tagged("post_install", "-at_install")
class TestScreeningRule(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls.env["res.partner"]
        cls.rules = cls.env["edu.screening.rule"]
        cls.rules.search([]).active = False

    def make_rule(self, domain="[('city', '=', 'Beijing')]", points=50, **values):
        return self.rules.create(
            {"name": "In town", "domain": domain, "points": points, **values}
        )

    # ------------------------------------------------------------------ refused
    def test_a_bad_condition_is_refused_with_the_reason(self):
        for domain, why in (
            ("[('no_such_field', '=', 1)]", "no_such_field"),
            ("[('city', '~~', 1)]", "~~"),
            ("[('city', '=']", "In town"),
            ("city == 'Beijing'", "In town"),
            ("[('user_id', '=', uid)]", "In town"),
            ("[('edu_score', '>', 1)]", "result of the screening"),
            ("['!', ('edu_is_late', '=', True)]", "result of the screening"),
            ("[]", "at least one condition"),
            ("[(1, '=', 1)]", "at least one condition"),
            ("[('create_date', '>', 'soon')]", "In town"),
            ("__import__('os').system('true')", "In town"),
        ):
            with (
                self.subTest(domain=domain),
                mute_logger("odoo.sql_db", "odoo.domains"),
                self.assertRaisesRegex(ValidationError, why),
                self.cr.savepoint(),
            ):
                self.make_rule(domain)

    def test_no_points_and_too_many_points_are_refused(self):
        for points in (0, 1001, -1001):
            with (
                self.subTest(points=points),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.make_rule(points=points)
                self.env.flush_all()

    def test_a_rule_whose_field_is_gone_is_left_out(self):
        rule, other = self.make_rule(), self.make_rule()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE edu_screening_rule SET domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", rule.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with mute_logger(f"odoo.addons.{MODULE}.models.pipeline.edu_screening_rule"):
            lead = self.make_lead(self.nobody, city="Beijing", **ASKED)
            self.assertEqual(lead.edu_score, other.points)

    # ------------------------------------------------------------------ rights
    def test_only_managers_write_rules(self):
        rule = self.make_rule()
        for role in ("readonly", "agent", "leader"):
            user = self.make_user(role)
            with self.subTest(role=role):
                self.assertEqual(rule.with_user(user).points, 50)
                with self.assertRaises(AccessError):
                    rule.with_user(user).points = 60
        rule.with_user(self.make_user("manager")).points = 60
        self.assertEqual(rule.points, 60)

    def test_only_managers_write_levels(self):
        level = self.env.ref(f"{MODULE}.edu_intent_policy_high")
        for role in ("readonly", "agent", "leader"):
            user = self.make_user(role)
            with self.subTest(role=role):
                self.assertEqual(level.with_user(user).follow_up_days, 1)
                with self.assertRaises(AccessError):
                    level.with_user(user).follow_up_days = 2
        level.with_user(self.make_user("manager")).follow_up_days = 2
        self.assertEqual(level.follow_up_days, 2)

    # ------------------------------------------------------------------ companies
    def test_a_rule_of_a_company_holds_for_its_leads_and_those_of_its_branches(self):
        campus, other = self.make_company(), self.make_company()
        branch = self.make_company(parent_id=campus.id)
        self.make_rule("[('city', '=', 'Beijing')]", 1)
        self.make_rule("[('city', '=', 'Beijing')]", 10, company_id=campus.id)
        self.make_rule("[('city', '=', 'Beijing')]", 100, company_id=branch.id)
        for company, score in (
            (campus, 11),
            (branch, 111),
            (other, 1),
            (self.env["res.company"], 1),
        ):
            with self.subTest(company=company.name):
                lead = self.make_lead(
                    self.nobody,
                    user_id=False,
                    team_id=False,
                    city="Beijing",
                    **ASKED,
                )
                lead.company_id = company
                self.assertEqual(lead.edu_score, score)

    def test_a_rule_of_another_company_is_hidden(self):
        rule = self.make_rule(company_id=self.make_company().id)
        with self.assertRaises(AccessError):
            rule.with_user(self.make_user("manager")).read(["points"])

    # ------------------------------------------------------------------ again
    def test_a_changed_rule_screens_the_open_leads_again(self):
        rule = self.make_rule()
        lead = self.make_lead(self.nobody, city="Beijing", **ASKED)
        for change, score in (
            ({"points": 90}, 90),
            ({"domain": "[('city', '=', 'Shanghai')]"}, 0),
            ({"domain": "[('city', 'ilike', 'bei')]"}, 90),
            ({"active": False}, 0),
            ({"active": True}, 90),
        ):
            with self.subTest(change=change):
                rule.write(change)
                self.run_cron(CRON_SCREENING)
                self.assertEqual(lead.edu_score, score)
        rule.unlink()
        self.run_cron(CRON_SCREENING)
        self.assertEqual(lead.edu_score, 0)

    def test_a_change_calls_the_scheduler(self):
        rule = self.make_rule()
        job = self.env.ref(CRON_SCREENING)
        triggers = self.env["ir.cron.trigger"]
        for change in (
            lambda: rule.write({"points": 90}),
            lambda: self.make_rule(points=7),
            rule.unlink,
        ):
            before = triggers.search_count([("cron_id", "=", job.id)])
            change()
            after = triggers.search_count([("cron_id", "=", job.id)])
            self.assertEqual(after, before + 1)

    def test_won_and_lost_leads_keep_the_points_they_had(self):
        rule = self.make_rule()
        lost = self.make_lead(self.nobody, city="Beijing", **ASKED)
        lost.action_set_lost()
        rule.points = 90
        self.run_cron(CRON_SCREENING)
        self.assertEqual(lost.edu_score, 50)

    # ------------------------------------------------------------------ levels
    def test_a_company_may_have_its_own_levels(self):
        campus = self.make_company()
        branch = self.make_company(parent_id=campus.id)
        self.make_rule(points=50)
        policies = self.env["edu.intent.policy"]
        policies.create({"intent": "high", "min_score": 45, "company_id": campus.id})
        for company, intent in (
            (self.env.company, "medium"),
            (campus, "high"),
            (branch, "high"),
        ):
            with self.subTest(company=company.name):
                values = {"user_id": False, "team_id": False, "city": "Beijing"}
                lead = self.make_lead(self.nobody, **values, **ASKED)
                lead.company_id = company
                self.assertEqual(lead.edu_intent, intent)

    def test_a_changed_level_screens_again(self):
        self.make_rule(points=50)
        lead = self.make_lead(self.nobody, city="Beijing", **ASKED)
        self.assertEqual(lead.edu_intent, "medium")
        self.env.ref(f"{MODULE}.edu_intent_policy_high").min_score = 50
        self.run_cron(CRON_SCREENING)
        self.assertEqual(lead.edu_intent, "high")

    def test_one_level_of_each_kind_per_company(self):
        for company in (self.env["res.company"], self.make_company()):
            values = {"intent": "low", "company_id": company.id}
            with (
                self.subTest(company=company.name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(UniqueViolation),
                self.cr.savepoint(),
            ):
                self.env["edu.intent.policy"].create([values, values])
                self.env.flush_all()

    def test_high_takes_more_points_than_medium(self):
        high = self.env.ref(f"{MODULE}.edu_intent_policy_high")
        with self.assertRaisesRegex(ValidationError, "more points"):
            high.min_score = 40

    def test_without_levels_the_usual_ones_hold(self):
        self.env["edu.intent.policy"].search([]).unlink()
        self.make_rule(points=79)
        lead = self.make_lead(self.nobody, city="Beijing", **ASKED)
        self.assertEqual(lead.edu_intent, "medium")
