"""Promotions, campaigns and service for members and for those of a tier."""

from odoo.fields import Command, Domain

from odoo.addons.edu_crm_addon.models.loyalty.sale_order_reward import SaleOrder

from ..common import EduCase


class TestMembersOnly(EduCase):
    def setUp(self):
        super().setUp()
        self.make_program(earns=False)
        self.bronze, self.silver, self.gold = self.make_ladder()
        self.member = self.make_customer()
        self.make_card(self.member)

    def make_promotion(self, program_type="promotion", **values):
        """Return a promotion of 10 percent for members."""
        return self.env["loyalty.program"].create(
            {
                "name": "Members' weeks",
                "program_type": program_type,
                "trigger": "auto",
                "applies_on": "current",
                "edu_members_only": True,
                "rule_ids": [Command.create({"reward_point_amount": 1})],
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount": 10,
                            "discount_mode": "percent",
                            "required_points": 1,
                        }
                    )
                ],
                **values,
            }
        )

    def total(self, partner):
        order = self.make_order(partner, confirm=False)
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards[:1], coupon)
        return order.amount_total

    def test_a_promotion_applies_to_members_only(self):
        self.make_promotion()
        self.assertEqual(self.total(self.member), 90)
        self.assertEqual(self.total(self.make_customer()), 100)

    def test_a_promotion_applies_to_learners_of_members_in_a_family_wallet(self):
        self.make_promotion()
        learner = self.make_learner(self.member)
        self.assertEqual(self.total(learner), 90)
        self.env.company.edu_family_wallet = False
        self.assertEqual(self.total(learner), 100)

    def test_a_promotion_may_begin_at_a_level(self):
        self.make_promotion(edu_min_grade_id=self.silver.id)
        self.assertEqual(self.total(self.member), 100)
        for grade, total in ((self.bronze, 100), (self.silver, 90), (self.gold, 90)):
            self.member.grade_id = grade
            with self.subTest(grade.name):
                self.assertEqual(self.total(self.member), total)

    def test_a_level_alone_makes_no_member(self):
        self.make_promotion(edu_min_grade_id=self.bronze.id)
        stranger = self.make_customer(grade_id=self.gold.id)
        self.assertEqual(self.total(stranger), 100)

    def test_a_code_for_members_is_refused_to_others(self):
        self.make_promotion(
            trigger="with_code",
            rule_ids=[Command.create({"mode": "with_code", "code": "MEMBER10"})],
        )
        order = self.make_order(self.make_customer(), confirm=False)
        status = order._try_apply_code("MEMBER10")
        self.assertIn("members only", status["error"])
        self.assertFalse(order.code_enabled_rule_ids)
        order = self.make_order(self.member, confirm=False)
        self.assertNotIn("error", order._try_apply_code("MEMBER10"))

    def test_a_coupon_for_members_is_refused_to_others(self):
        for applies_on in ("current", "future"):
            promotion = self.make_promotion(
                "coupons",
                applies_on=applies_on,
                trigger="with_code",
                rule_ids=[Command.clear()],
            )
            coupon = self.env["loyalty.card"].create(
                {"program_id": promotion.id, "points": 1}
            )
            order = self.make_order(self.make_customer(), confirm=False)
            with self.subTest(applies_on):
                claimable = order._try_apply_code(coupon.code)
                self.assertNotIn(coupon, claimable)
                applied = order._apply_program_reward(promotion.reward_ids, coupon)
                self.assertIn("members only", applied["error"])

    def test_an_order_that_changes_hands_loses_the_promotion(self):
        self.make_promotion()
        order = self.make_order(self.member, confirm=False)
        order._update_programs_and_rewards()
        for coupon, rewards in order._get_claimable_rewards().items():
            order._apply_program_reward(rewards, coupon)
        self.assertEqual(order.amount_total, 90)
        order.partner_id = self.make_customer()
        order._update_programs_and_rewards()
        self.assertEqual(order.amount_total, 100)

    def test_a_promotion_for_all_costs_no_query_more(self):
        self.make_promotion(edu_members_only=False)
        order = self.make_order(self.make_customer(), confirm=False)
        self.queries(order._update_programs_and_rewards)
        ours = self.queries(order._update_programs_and_rewards)
        for name in ("_program_check_compute_points", "_get_claimable_rewards"):
            self.without(SaleOrder, name)
        self.assertEqual(self.queries(order._update_programs_and_rewards), ours)

    # ------------------------------------------------------------------ campaigns
    def test_a_campaign_may_ask_members_only(self):
        learner = self.make_learner(self.member)
        stranger = self.make_customer()
        people = self.member | learner | stranger
        campaign = self.make_campaign(members_only=True)
        found = people.filtered_domain(campaign._audience_domain())
        self.assertEqual(found, self.member | learner)
        searched = campaign._audience_domain() & Domain("id", "in", people.ids)
        self.assertEqual(people.search(searched), self.member | learner)

    def test_a_campaign_may_ask_those_of_some_levels(self):
        other = self.make_customer(grade_id=self.gold.id)
        self.make_card(other)
        campaign = self.make_campaign(
            members_only=True, level_ids=[Command.set(self.gold.ids)]
        )
        people = (self.member | other).filtered_domain(campaign._audience_domain())
        self.assertEqual(people, other)
        self.assertEqual(campaign.audience_count, 1)

    # ------------------------------------------------------------------ service
    def test_complaints_of_a_vip_rank_first_and_are_due_sooner(self):
        vip = self.make_customer(edu_tier_id=self.tier("vip").id)
        self.assertEqual(self.tier("vip").priority_steps, 1)
        self.env.company.edu_complaint_acknowledge_days = 3
        classes = {"severity": "moderate", "scope": "single"}
        plain = self.make_complaint(partner_id=self.member.id, **classes)
        first = self.make_complaint(partner_id=vip.id, **classes)
        self.assertEqual(int(first.priority), int(plain.priority) + 1)
        promised = {
            complaint: {row.kind: row.days for row in complaint.deadline_ids}
            for complaint in (plain, first)
        }
        self.assertEqual(promised[plain]["acknowledge"], 3)
        self.assertEqual(promised[first]["acknowledge"], 2)
        # Another class makes new promises by the same rule.
        (first | plain).write({"complexity": "complex", "complexity_reason": "Long"})
        days = [max(c.deadline_ids.mapped("days")) for c in (plain, first)]
        self.assertEqual(days[0] - 1, days[1])

    def test_a_priority_is_never_above_the_highest(self):
        tier = self.tier("vip")
        tier.priority_steps, tier.days_sooner = 4, 250
        vip = self.make_customer(edu_tier_id=tier.id)
        complaint = self.make_complaint(
            partner_id=vip.id, severity="critical", scope="public"
        )
        self.assertEqual(complaint.priority, "5")
        self.assertEqual(set(complaint.deadline_ids.mapped("days")), {1})
