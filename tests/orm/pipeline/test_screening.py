"""Leads get points by the rules of a manager, and say why."""

from odoo import Command
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase

ALL_THREE = {
    "edu_man_money": "yes",
    "edu_man_authority": "decide",
    "edu_man_need": "yes",
}


@tagged("post_install", "-at_install")
class TestScreening(EduCase):
    def setUp(self):
        super().setUp()
        self.nobody = self.env["res.partner"]
        self.reachable = {"phone": "+86 138 1234 5678", "email_from": "li@example.com"}

    def make_rule(self, domain, points, **values):
        return self.env["edu.screening.rule"].create(
            {"name": "Rule", "domain": domain, "points": points, **values}
        )

    def only_rules(self, *rules):
        """Archive the rules of the installation, so that only these give points."""
        self.env["edu.screening.rule"].search([]).active = False
        return self.env["edu.screening.rule"].browse(
            self.make_rule(*rule).id for rule in rules
        )

    def assertScreened(self, lead, score, intent):
        self.assertEqual((lead.edu_score, lead.edu_intent), (score, intent))

    # ------------------------------------------------------------------ default rules
    def test_ticking_all_three_proposes_high(self):
        lead = self.make_lead(self.nobody, **self.reachable, **ALL_THREE)
        self.assertScreened(lead, 110, "high")

    def test_so_it_does_while_nobody_can_be_reached(self):
        self.assertScreened(self.make_lead(self.nobody, **ALL_THREE), 90, "high")

    def test_money_weighs_most(self):
        rules = self.env["edu.screening.rule"].search([])
        heaviest = rules.sorted(lambda rule: -abs(rule.points))[:2]
        self.assertEqual(
            heaviest,
            self.env.ref(f"{MODULE}.edu_screening_rule_money_yes")
            | self.env.ref(f"{MODULE}.edu_screening_rule_money_no"),
        )
        without_money = {**ALL_THREE, "edu_man_money": "no"}
        lead = self.make_lead(self.nobody, **self.reachable, **without_money)
        self.assertScreened(lead, 10, "low")

    def test_every_answer_of_each_question_counts(self):
        for name, value, score in (
            ("edu_man_money", "yes", 60),
            ("edu_man_money", "partly", 30),
            ("edu_man_money", "no", -40),
            ("edu_man_authority", "decide", 35),
            ("edu_man_authority", "advise", 25),
            ("edu_man_authority", "oppose", -15),
            ("edu_man_authority", "none", 0),
            ("edu_man_need", "yes", 35),
            ("edu_man_need", "unclear", 10),
            ("edu_man_need", "no", -15),
        ):
            with self.subTest(answer=f"{name}={value}"):
                lead = self.make_lead(self.nobody, **self.reachable, **{name: value})
                self.assertEqual(lead.edu_score, score)

    # ------------------------------------------------------------------ who is screened
    def test_without_an_answer_a_lead_is_not_screened(self):
        lead = self.make_lead(self.nobody, **self.reachable, referred="Wang")
        self.assertScreened(lead, 0, False)
        self.assertFalse(lead.edu_screened_at)

    def test_taking_back_the_answers_takes_back_the_screening(self):
        lead = self.make_lead(self.nobody, **ALL_THREE)
        lead.write(dict.fromkeys(ALL_THREE, False))
        self.assertScreened(lead, 0, False)

    def test_the_proposal_shows_while_answers_are_given(self):
        lead = self.make_lead(self.nobody, **self.reachable)
        form = Form(lead.with_user(self.make_user("leader")))
        form.edu_man_money = "yes"
        self.assertEqual(form.edu_intent, "medium")
        form.edu_man_authority = "decide"
        self.assertEqual((form.edu_score, form.edu_intent), (85, "high"))

    # ------------------------------------------------------------------ own rules
    def test_a_lead_gets_the_points_of_the_rules_it_meets(self):
        self.only_rules(
            ("[('city', '=', 'Beijing')]", 90),
            ("[('city', '=', 'Shanghai')]", 7),
            ("[('expected_revenue', '>', 1000)]", -5),
        )
        values = {"city": "Beijing", "expected_revenue": 2000, **ALL_THREE}
        self.assertScreened(self.make_lead(self.nobody, **values), 85, "high")

    def test_archived_rules_give_nothing(self):
        rule = self.only_rules(("[('city', '=', 'Beijing')]", 90))
        rule.active = False
        lead = self.make_lead(self.nobody, city="Beijing", **ALL_THREE)
        self.assertScreened(lead, 0, "low")

    def test_writing_a_field_that_a_rule_names_screens_again(self):
        self.only_rules(("[('city', '=', 'Beijing')]", 90))
        lead = self.make_lead(self.nobody, **ALL_THREE)
        self.assertScreened(lead, 0, "low")
        lead.city = "Beijing"
        self.assertScreened(lead, 90, "high")

    def test_so_does_writing_what_such_a_field_is_computed_from(self):
        self.only_rules(("[('phone_state', '=', 'correct')]", 50))
        country = self.env.ref("base.cn").id
        lead = self.make_lead(self.nobody, country_id=country, **ALL_THREE)
        self.assertScreened(lead, 0, "low")
        lead.phone = "+86 138 1234 5678"
        self.assertScreened(lead, 50, "medium")

    def test_a_rule_may_look_at_the_customer(self):
        tier = self.tier("vip")
        self.only_rules((f"[('partner_id.edu_tier_id', '=', {tier.id})]", 90))
        lead = self.make_lead(self.make_customer(edu_tier_id=tier.id), **ALL_THREE)
        self.assertScreened(lead, 90, "high")
        lead.partner_id = self.make_customer()
        self.assertScreened(lead, 0, "low")

    def test_a_rule_may_look_at_the_classification(self):
        stage = self.stage("primary")
        self.only_rules((f"[('edu_stage_ids', 'in', {stage.ids})]", 90))
        classified = {"edu_stage_ids": [Command.set(stage.ids)]}
        lead = self.make_lead(self.nobody, **classified, **ALL_THREE)
        self.assertScreened(lead, 90, "high")

    # ------------------------------------------------------------------ why
    def text(self, lead, **context):
        html = lead.with_context(**context).edu_screening
        return " ".join(html.striptags().split())

    def test_it_says_what_speaks_for_and_against_and_what_is_missing(self):
        lead = self.make_lead(
            self.nobody, edu_man_money="yes", edu_man_authority="oppose"
        )
        self.assertEqual(
            self.text(lead),
            "Speaks for the lead Can pay for the course +50 "
            "Speaks against the lead Opposes the purchase -25 "
            "Can be reached neither by phone nor by email -10 "
            "Still to be found out Need: do they need the course? Phone or email",
        )

    def test_it_says_no_more_than_three_reasons_each_way(self):
        self.only_rules(*(("[('active', '=', True)]", n) for n in (1, 2, 3, 4, 5, -1)))
        lead = self.make_lead(self.nobody, **ALL_THREE)
        self.assertIn("+5 Rule +4 Rule +3 Speaks against", self.text(lead))

    def test_what_a_manager_names_a_rule_is_no_markup(self):
        self.only_rules(("[('active', '=', True)]", 1)).name = "<b>5 < 6</b>"
        lead = self.make_lead(self.nobody, **ALL_THREE)
        self.assertIn("&lt;b&gt;5 &lt; 6&lt;/b&gt;", lead.edu_screening)

    def test_before_screening_it_says_what_to_ask(self):
        lead = self.make_lead(self.nobody, **self.reachable)
        self.assertEqual(
            self.text(lead),
            "Still to be found out Money: can they pay? Authority: who decides? "
            "Need: do they need the course?",
        )
