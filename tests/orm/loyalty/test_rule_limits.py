"""Limits of a rule: what they refuse is booked as void, with words."""

from odoo.exceptions import ValidationError

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


class TestRuleLimits(EduCase):
    def give(self, customer, *keys, **values):
        claims = [self.claim(customer, key, **values) for key in keys]
        return self.award("trial", *claims)

    def states(self, entries):
        return entries.sorted("id").mapped("state")

    # ------------------------------------------------------------------ limits
    def test_a_member_gets_so_much_in_a_month(self):
        customer, other = self.make_customer(), self.make_customer()
        self.make_points_rule("trial", 50, member_limit=100)
        entries = self.give(customer, "1", "2", "3")
        self.assertEqual(self.states(entries), ["available", "available", "void"])
        self.assertBalance(entries.card_id, 100)
        self.assertEqual(self.states(self.give(customer, "4")), ["void"])
        self.assertEqual(self.states(self.give(other, "5")), ["available"])

    def test_what_was_refused_is_settled(self):
        customer = self.make_customer()
        earning = self.make_points_rule("trial", 50, member_limit=50)
        self.give(customer, "1", "2")
        earning.member_limit = 0
        self.assertFalse(self.give(customer, "2"))

    def test_a_refusal_says_why_in_the_language_of_the_member(self):
        customer = self.make_customer(lang="en_US")
        self.make_points_rule("trial", 50, member_limit=50)
        refused = self.give(customer, "1", "2", reason="Well done.")[-1]
        self.assertEqual(
            refused.reason,
            "Well done. Not given: you have got the most points of this kind for this "
            "month.",
        )
        self.assertFalse(refused.expires_on)

    def test_points_of_last_month_do_not_count(self):
        customer = self.make_customer()
        earning = self.make_points_rule("trial", 50, member_limit=50)
        card = self.make_card(customer)
        self.book(card, 50, rule_id=earning.id, date=self.days_ago(40))
        self.assertEqual(self.states(self.give(customer, "1")), ["available"])

    def test_pending_points_count_and_released_ones_once(self):
        customer = self.make_customer()
        self.make_points_rule("trial", 50, member_limit=100, hold="days", hold_days=3)
        entry = self.give(customer, "1")
        self.env["edu.points.entry"].sudo()._settle({entry: 50})
        self.assertEqual(self.states(self.give(customer, "2")), ["pending"])
        self.assertEqual(self.states(self.give(customer, "3")), ["void"])

    def test_all_members_get_so_much_in_a_month(self):
        self.make_points_rule("trial", 50, month_limit=100)
        people = [self.make_customer() for _ in range(3)]
        given = [self.states(self.give(p, str(p.id))) for p in people]
        self.assertEqual(given, [["available"], ["available"], ["void"]])

    def test_a_budget_ends(self):
        earning = self.make_points_rule("trial", 50, budget=100)
        people = [self.make_customer() for _ in range(3)]
        self.book(self.make_card(people[0]), 50, rule_id=earning.id, date="2020-01-01")
        given = [self.states(self.give(p, str(p.id))) for p in people[1:]]
        self.assertEqual(given, [["available"], ["void"]])
        self.assertEqual(earning.given_points, 100)

    def test_void_points_give_the_budget_back(self):
        customer = self.make_customer()
        self.make_points_rule("trial", 50, budget=50, hold="days", hold_days=3)
        entry = self.give(customer, "1")
        self.env["edu.points.entry"].sudo()._settle({entry: 50}, rule.VOID)
        self.assertEqual(self.states(self.give(customer, "2")), ["pending"])

    def test_a_limit_below_the_points_is_refused(self):
        for name in ("member_limit", "month_limit", "budget"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.make_points_rule("trial", 50, **{name: 49})

    # ------------------------------------------------------------------ conditions
    def test_the_first_rule_for_the_course_counts(self):
        customer = self.make_customer()
        course = self.make_course()
        special = self.make_points_rule(
            "trial", 80, course_ids=course.product_tmpl_id.ids, sequence=1
        )
        general = self.make_points_rule("trial", 50, sequence=2)
        of_course = self.give(customer, "1", course_id=course.product_tmpl_id.id)
        other = self.give(customer, "2")
        self.assertEqual((of_course.rule_id, other.rule_id), (special, general))

    def test_a_rule_for_a_stage_asks_for_it(self):
        customer = self.make_customer()
        stage = self.stage("primary")
        self.make_points_rule("trial", 50, stage_ids=stage.ids)
        self.assertFalse(self.give(customer, "1"))
        self.assertTrue(self.give(customer, "1", stage_id=stage.id))

    def test_only_a_rule_that_says_so_counts_the_level(self):
        card_class = type(self.env["loyalty.card"])
        self.patch(card_class, "_edu_multiplier", lambda card: 1.5)
        customer = self.make_customer()
        earning = self.make_points_rule("trial", 51)
        self.assertEqual(self.give(customer, "1").points, 51)
        earning.use_multiplier = True
        self.assertEqual(self.give(customer, "2").points, 76)

    def test_only_what_is_paid_waits_for_a_payment(self):
        with self.assertRaises(ValidationError):
            self.make_points_rule("trial", 50, hold="paid")
        self.assertTrue(self.make_points_rule("enrollment", 50, hold="paid"))
