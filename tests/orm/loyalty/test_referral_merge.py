"""Contacts that become one, and the chain of who brought whom."""

from .referrals import ReferralCase


class TestReferralMerge(ReferralCase):
    def test_two_referrals_of_one_person_become_one(self):
        one, other = self.make_people(2)
        first = self.recommend(one)
        second = self.recommend(other, self.make_customer())
        self.merge(other, one)
        self.assertState(first, "lead")
        self.assertState(second, "canceled")

    def test_what_both_gave_is_taken_back_of_the_later(self):
        one, other = self.make_people(2)
        first = self.recommend(one)
        sun = self.make_customer()
        second = self.recommend(other, sun)
        self.enroll(first)
        self.enroll(second)
        card = self.make_card(sun)
        self.assertBalance(card, 0, pending=200)
        self.merge(other, one)
        self.assertState(first, "enrolled")
        self.assertState(second, "canceled")
        self.assertBalance(card, 0)
        self.assertBalance(self.card, 0, pending=200)

    def test_who_turns_out_to_be_the_same_has_recommended_nobody(self):
        other = self.make_person()
        referral = self.recommend(other)
        self.enroll(referral)
        self.release(referral)
        self.merge(other, self.wang)
        self.assertState(referral, "canceled")
        self.assertAddsUp(self.card)
        self.assertEqual(self.card.points, 0)

    def test_the_chain_is_seen_on_the_contact(self):
        zhao = self.make_customer(name="Zhao")
        sun = self.make_person(name="Sun")
        self.recommend(zhao)
        self.recommend(sun, zhao)
        self.env.invalidate_all()
        self.assertEqual(sun.edu_referred_by_id, zhao)
        self.assertEqual(sun.edu_referral_chain, "Wang → Zhao → Sun")
        self.assertFalse(self.wang.edu_referral_chain)
        self.assertEqual(self.wang.edu_referral_count, 1)

    def test_the_link_is_that_of_the_member(self):
        link = self.wang.edu_referral_link
        self.assertTrue(link.endswith(f"/refer/{self.card.edu_referral_code}"))
        self.assertFalse(self.make_customer().edu_referral_link)
        self.env.company.edu_referral_page = False
        self.assertFalse(self.wang._edu_referral_url())
