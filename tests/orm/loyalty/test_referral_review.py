"""A leader releases or rejects what is blocked; nobody one's own."""

from odoo.exceptions import AccessError, UserError

from .referrals import ReferralCase


class TestReferralReview(ReferralCase):
    def setUp(self):
        super().setUp()
        self.leader = self.make_user("leader")
        self.zhao = self.make_person(phone=self.wang.phone)
        self.referral = self.recommend(self.zhao)

    def decide(self, action, user=None, reason="Neighbors share a telephone"):
        referral = self.referral.with_user(user or self.leader)
        if reason:
            referral.review_reason = reason
        getattr(referral, f"action_{action}")()
        self.env.invalidate_all()

    def test_released_it_counts(self):
        self.decide("release")
        self.assertState(self.referral, "lead", "")
        self.assertEqual(self.referral.reviewed_by_id, self.leader)
        self.enroll(self.referral)
        self.assertState(self.referral, "enrolled")
        self.assertBalance(self.card, 0, pending=200)

    def test_released_after_the_course_began_it_earns_at_once(self):
        self.enroll(self.referral)
        self.assertState(self.referral, "blocked")
        self.assertBalance(self.card, 0)
        self.decide("release")
        self.assertState(self.referral, "enrolled")
        self.assertBalance(self.card, 0, pending=200)

    def test_rejected_it_earns_nothing(self):
        self.decide("reject")
        self.enroll(self.referral)
        self.assertState(self.referral, "canceled")
        self.assertBalance(self.card, 0)

    def test_a_new_reason_blocks_it_again(self):
        self.decide("release")
        self.zhao.email = self.wang.email = "home@example.com"
        self.enroll(self.referral)
        self.assertState(self.referral, "blocked", "email")

    def test_the_reason_is_written_down(self):
        with self.assertRaises(UserError):
            self.decide("release", reason="")

    def test_an_agent_does_not_decide(self):
        agent = self.make_user("agent")
        for action in ("release", "reject"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                self.decide(action, agent)

    def test_nobody_decides_on_what_one_is_part_of(self):
        self.zhao.edu_is_customer = True
        child = self.make_learner(self.zhao)
        self.link(self.leader.partner_id, child, relation="father")
        manager = self.make_user("manager")
        with self.assertRaises(UserError):
            self.decide("release")
        self.decide("release", manager)
        self.assertState(self.referral, "lead")

    def test_nobody_decides_on_what_one_has_entered(self):
        self.referral._cancel()
        lead = self.referral.lead_id.with_user(self.leader)
        lead.user_id = self.leader
        lead.edu_referrer_id = self.wang
        self.referral = lead.edu_referral_id
        with self.assertRaises(UserError):
            self.decide("release")

    def test_a_person_is_recommended_once(self):
        other = self.make_customer()
        lead = self.make_lead(self.zhao)
        lead.edu_referrer_id = other
        self.referral = lead.edu_referral_id
        with self.assertRaises(UserError):
            self.decide("release")

    def test_the_leader_of_the_team_is_asked(self):
        self.team().user_id = self.leader
        self.referral._cancel()
        person = self.make_person(phone=self.wang.phone)
        referral = self.recommend(person, team_id=self.team().id)
        self.assertEqual(referral.activity_ids.user_id, self.leader)
        self.referral = referral
        self.decide("reject")
        self.assertFalse(referral.activity_ids)

    def test_what_blocks_it_is_said_in_words(self):
        self.assertEqual(self.referral.block_text, "same phone number")

    def test_a_blocked_one_is_not_canceled_past_the_leader(self):
        self.referral.with_user(self.make_user("agent")).action_cancel()
        self.assertState(self.referral, "blocked")
