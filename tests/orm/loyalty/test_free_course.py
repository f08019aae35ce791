"""What costs nothing is paid; what was given for points earns no points."""

from ..common import MODULE, EduCase
from .referrals import ReferralCase

CRON = f"{MODULE}.ir_cron_loyalty_points"


class TestFreeCourse(EduCase):
    def setUp(self):
        super().setUp()
        template = self.env.ref(f"{MODULE}.loyalty_program_template_independent")
        self.program = template._edu_make(self.env.company)
        self.program.rule_ids.unlink()  # orders earn nothing here
        self.env["edu.points.rule"].search([]).unlink()
        self.program.edu_refund_days = 0
        self.learner = self.make_customer()
        self.card = self.make_card(self.learner, 5000)

    def test_a_course_that_costs_nothing_is_paid_when_it_begins(self):
        self.make_points_rule("enrollment", 100, hold="paid")
        enrollment = self.make_enrollment(self.learner, price_unit=0)
        self.assertEqual(enrollment._edu_paid_on(), {enrollment: enrollment.date_start})
        self.assertBalance(self.card, 5000, pending=100)
        self.run_cron(CRON)
        self.assertBalance(self.card, 5100)

    def test_a_course_that_is_not_billed_is_not_paid(self):
        self.assertFalse(self.make_enrollment(self.learner)._edu_paid_on())

    def test_a_redeemed_lesson_earns_no_bonus(self):
        self.make_points_rule("enrollment", 100)
        rule = self.make_points_rule("completed", 100)
        order = self.make_course_order(self.learner, self.learner, confirm=False)
        lesson = self.program.reward_ids.sorted("required_points")[2]
        line = order._edu_redeem(lesson)
        order.action_confirm()
        free, bought = line.edu_enrollment_ids, order.edu_enrollment_ids
        bought -= free
        self.assertEqual((free.state, bought.state), ("active", "active"))
        self.assertBalance(self.card, 5000 - lesson.required_points + 100)
        self.assertFalse(free._edu_points_claims())
        self.assertTrue(bought._edu_points_claims())
        # The dry run knows it as well.
        day = self.env.company._edu_today()
        claims = rule._claims_of("enrollment", self.env.company, day, day)
        self.assertIn(bought.id, [claim.record_id for claim in claims])
        self.assertNotIn(free.id, [claim.record_id for claim in claims])


class TestFreeReferral(ReferralCase):
    def test_a_course_that_costs_nothing_brings_no_customer(self):
        referral = self.recommend()
        self.enroll(referral, price_unit=0)
        self.assertState(referral, "lead")
        enrollment = self.enroll(referral)
        self.assertState(referral, "enrolled")
        self.assertEqual(referral.enrollment_id, enrollment)
