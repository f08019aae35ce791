"""Recommendation rate and revenue of who was recommended, by hand and by report."""

from .referrals import ReferralCase


class TestReferralReport(ReferralCase):
    def setUp(self):
        super().setUp()
        self.people = self.wang
        self.make_order(self.wang)  # active, and recommends
        silent = self.make_customer()
        self.make_order(silent)  # active, recommends nobody
        lost = self.make_customer()
        self.make_order(lost, ordered_at=self.moment_ago(1000))
        self.referral = self.recommend(self.make_person())
        self.enroll(self.referral)  # 100, active
        self.open = self.recommend(self.make_person())
        self.of_lost = self.recommend(self.make_person(), lost)
        self.people |= silent | lost | self.referral.referred_id
        self.env.flush_all()

    def rows(self, user=None, groupby=(), aggregates=()):
        report = self.env["edu.referral.report"].with_user(user or self.env.user)
        domain = [("partner_id", "in", self.people.ids)]
        return report._read_group(domain, groupby, aggregates)

    def test_the_rate_is_that_of_active_customers(self):
        [(active, recommending, rate)] = self.rows(
            aggregates=[
                "active_count:sum",
                "recommending_count:sum",
                "recommendation_rate:avg",
            ]
        )
        self.assertEqual((active, recommending), (3, 1))
        self.assertAlmostEqual(rate, 1 / 3)

    def test_revenue_is_that_of_who_enrolled(self):
        rows = {
            partner: values
            for partner, *values in self.rows(
                groupby=["partner_id"],
                aggregates=["referral_count:sum", "enrolled_count:sum", "revenue:sum"],
            )
        }
        self.assertEqual(rows[self.wang], [2, 1, 100.0])

    def test_canceled_ones_do_not_count(self):
        self.open.action_cancel()
        self.env.flush_all()
        rows = dict(
            self.rows(groupby=["partner_id"], aggregates=["referral_count:sum"])
        )
        self.assertEqual(rows[self.wang], 1)

    def test_each_role_sees_its_own(self):
        agent = self.make_user("agent")
        self.wang.user_id = self.make_user("agent")
        self.env.flush_all()
        seen = self.env["edu.referral.report"].with_user(agent).search([])
        self.assertNotIn(self.wang, seen.partner_id)
        manager = self.make_user("manager")
        seen = self.env["edu.referral.report"].with_user(manager).search([])
        self.assertIn(self.wang, seen.partner_id)
        away = self.make_user("manager", company=self.make_company())
        self.assertFalse(self.env["edu.referral.report"].with_user(away).search([]))
