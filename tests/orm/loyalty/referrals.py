"""What the tests of referrals share."""

from ..common import EduCase


class ReferralCase(EduCase):
    """A member recommends us; both sides earn when the contract is paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.make_program(earns=False)
        cls.make_points_rule("referrer", 200, hold="paid")
        cls.make_points_rule("referred", 100, hold="paid")
        cls.wang = cls.make_customer(name="Wang", phone="+86 139 0000 0001")
        cls.card = cls.make_card(cls.wang)

    @classmethod
    def recommend(cls, person=None, referrer=None, **lead):
        """Return the referral of a lead that names who recommended it."""
        person = person or cls.make_person(name="Zhao", phone="+86 139 0000 0002")
        lead = cls.make_lead(person, **lead)
        lead.edu_referrer_id = referrer or cls.wang
        cls.env.flush_all()
        return lead.edu_referral_id

    @classmethod
    def enroll(cls, referral, **line):
        """Return the enrollment that the lead of the referral comes to."""
        person = referral.lead_id.partner_id
        order = cls.make_course_order(person, person, confirm=False, **line)
        order.opportunity_id = referral.lead_id
        order.action_confirm()
        cls.env.flush_all()
        cls.env.invalidate_all()
        return order.edu_enrollment_ids

    @classmethod
    def release(cls, referral):
        """Make available what waits, as the job does."""
        entries = referral._entries().filtered(
            lambda e: e.state == "pending" and not e.origin_id
        )
        entries._settle(entries._waiting())
        cls.env.invalidate_all()

    def assertState(self, referral, state, reasons=None):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(referral.state, state, referral.block_codes)
        if reasons is not None:
            self.assertEqual(referral.block_codes or "", reasons)
