"""Events earn by their rule: once, on the right card."""

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


class TestAward(EduCase):
    def test_an_event_earns_what_its_rule_says(self):
        customer = self.make_customer()
        earning = self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(customer))
        self.assertEqual((entry.points, entry.kind), (50, rule.EARN))
        self.assertEqual((entry.rule_id, entry.rule_version), (earning, 1))
        self.assertBalance(entry.card_id, 50)

    def test_an_event_earns_once(self):
        customer = self.make_customer()
        self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(customer))
        self.assertFalse(self.award("trial", self.claim(customer)))
        self.assertTrue(self.award("trial", self.claim(customer, "2")))
        self.assertBalance(entry.card_id, 100)

    def test_without_a_rule_or_a_program_nothing_is_earned(self):
        customer = self.make_customer()
        self.assertFalse(self.award("trial", self.claim(customer)))
        self.make_program()
        self.assertFalse(self.award("trial", self.claim(customer)))

    def test_a_learner_earns_for_the_guardian_who_pays(self):
        guardian, other = self.make_customer(), self.make_customer()
        learner = self.make_learner(guardian)
        self.link(other, learner, is_payer=True)
        self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(learner))
        self.assertEqual(entry.card_id.partner_id, other)

    def test_a_child_without_a_payer_earns_for_the_guardian(self):
        guardian = self.make_customer()
        self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(self.make_learner(guardian)))
        self.assertEqual(entry.card_id.partner_id, guardian)

    def test_without_a_family_wallet_learners_have_cards_of_their_own(self):
        self.env.company.edu_family_wallet = False
        learner = self.make_learner(self.make_customer())
        self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(learner))
        self.assertEqual(entry.card_id.partner_id, learner)

    def test_a_reward_that_waits_is_pending(self):
        customer = self.make_customer()
        self.make_points_rule("trial", 50, hold="days", hold_days=14)
        entry = self.award("trial", self.claim(customer))
        self.assertEqual(entry.available_from, self.days_ago(-14))
        self.assertBalance(entry.card_id, 0, pending=50)

    def test_who_has_two_events_in_a_batch_gets_both(self):
        customer, other = self.make_customer(), self.make_customer()
        self.make_points_rule("trial", 50)
        claims = [self.claim(customer, "1"), self.claim(customer, "2")]
        entries = self.award("trial", *claims, self.claim(other, "3"))
        self.assertEqual(sorted(entries.card_id.mapped("points")), [50, 100])
        self.assertAddsUp(*entries.card_id)

    def test_the_price_of_an_award_is_that_of_the_batch(self):
        self.make_points_rule("trial", 50)
        people = self.env["res.partner"].union(
            *(self.make_customer() for _ in range(40))
        )
        claims = [self.claim(person, f"a{person.id}") for person in people]
        few = self.queries(self.award, "trial", *claims[:10])
        many = self.queries(self.award, "trial", *claims[10:])
        self.assertLessEqual(many - few, 2)
        again = self.queries(self.award, "trial", *claims[:10])
        self.assertEqual(self.queries(self.award, "trial", *claims), again)
