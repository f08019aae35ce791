"""A referral from the inquiry to the points of both sides, and back."""

from .referrals import ReferralCase


class TestReferral(ReferralCase):
    def card_of(self, person):
        return person._edu_member_cards(self.program)[person]

    def test_an_inquiry_names_who_recommended_it(self):
        referral = self.recommend()
        self.assertState(referral, "lead")
        self.assertEqual(referral.referrer_id, self.wang)
        self.assertEqual(referral.referred_id, referral.lead_id.partner_id)
        self.assertEqual(referral.lead_id.referred, "Wang")
        self.assertEqual(
            referral.lead_id.source_id.edu_label, "Referral by an existing customer"
        )

    def test_both_sides_earn_when_the_course_begins_and_spend_when_it_is_paid(self):
        referral = self.recommend()
        enrollment = self.enroll(referral)
        self.assertState(referral, "enrolled")
        self.assertEqual(referral.enrollment_id, enrollment)
        other = self.card_of(referral.referred_id)
        self.assertBalance(self.card, 0, pending=200)
        self.assertBalance(other, 0, pending=100)
        self.release(referral)
        self.assertState(referral, "rewarded")
        self.assertBalance(self.card, 200)
        self.assertBalance(other, 100)

    def test_a_second_enrollment_earns_nothing_more(self):
        referral = self.recommend()
        self.enroll(referral)
        self.enroll(referral)
        self.assertBalance(self.card, 0, pending=200)

    def test_an_inquiry_without_enrollment_earns_nothing(self):
        self.recommend()
        self.assertBalance(self.card, 0)

    def test_an_enrollment_of_somebody_else_earns_nothing(self):
        referral = self.recommend()
        self.make_enrollment()
        self.assertState(referral, "lead")
        self.assertBalance(self.card, 0)

    def test_points_that_wait_are_void_when_the_order_is_canceled(self):
        referral = self.recommend()
        enrollment = self.enroll(referral)
        enrollment.order_id._action_cancel()
        self.assertState(referral, "clawed_back")
        self.assertBalance(self.card, 0)

    def test_points_are_taken_back_when_the_learner_leaves(self):
        referral = self.recommend()
        enrollment = self.enroll(referral)
        self.release(referral)
        enrollment._withdraw(enrollment.date_start)
        self.assertState(referral, "clawed_back")
        self.assertBalance(self.card, 0)
        self.assertBalance(self.card_of(referral.referred_id), 0)

    def test_who_enrolls_again_earns_anew(self):
        referral = self.recommend()
        order = self.enroll(referral).order_id
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertState(referral, "enrolled")
        self.assertBalance(self.card, 0, pending=200)

    def test_points_are_taken_back_when_all_is_credited(self):
        referral = self.recommend()
        enrollment = self.enroll(referral)
        invoice = self.make_invoice(enrollment.order_id)
        self.pay(invoice)
        self.release(referral)
        invoice._reverse_moves(cancel=True)
        self.assertState(referral, "clawed_back")
        self.assertBalance(self.card, 0)

    def test_a_change_of_course_keeps_the_points(self):
        referral = self.recommend()
        first, second = self.enroll(referral), self.enroll(referral)
        self.make_invoice(second.order_id)
        first._withdraw(first.date_start)
        self.assertState(referral, "enrolled")
        self.assertEqual(referral.enrollment_id, second)

    def test_without_rules_an_enrollment_is_seen_all_the_same(self):
        self.program.edu_rule_ids.active = False
        referral = self.recommend()
        self.enroll(referral)
        self.assertState(referral, "enrolled")
        self.assertBalance(self.card, 0)
