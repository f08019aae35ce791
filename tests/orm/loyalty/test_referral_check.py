"""Which referrals wait for somebody to look at them, each by one reason."""

from .referrals import ReferralCase


class TestReferralCheck(ReferralCase):
    def assertBlocked(self, person, reasons, referrer=None, **lead):
        referral = self.recommend(person, referrer, **lead)
        self.assertState(referral, "blocked", reasons)
        return referral

    def test_nobody_recommends_oneself(self):
        self.assertBlocked(self.wang, "self,phone")

    def test_of_one_household(self):
        child = self.make_learner(self.wang)
        self.assertBlocked(child, "household,phone")

    def test_the_other_guardian_is_of_the_household(self):
        child = self.make_learner(self.wang)
        father = self.make_person()
        self.link(father, child, relation="father")
        self.assertBlocked(father, "household,phone")

    def test_the_same_phone_number_however_it_is_written(self):
        self.assertBlocked(self.make_person(phone="139 0000 0001"), "phone")

    def test_the_phone_number_on_the_lead_counts(self):
        lead = self.make_prospect(phone="13900000001", contact_name="Sun")
        lead.edu_referrer_id = self.wang
        self.assertState(lead.edu_referral_id, "blocked", "phone")

    def test_the_same_email(self):
        self.wang.email = "Wang@Example.com"
        self.assertBlocked(self.make_person(email="wang@example.com"), "email")

    def test_the_same_address(self):
        address = {"street": "12 Nanjing Road", "city": "Shanghai"}
        self.wang.write(address)
        other = {"street": "12, nanjing road", "city": "Shanghai"}
        self.assertBlocked(self.make_person(**other), "address")

    def test_the_same_town_is_no_address(self):
        self.wang.city = "Shanghai"
        referral = self.recommend(self.make_person(city="Shanghai"))
        self.assertState(referral, "lead", "")

    def test_staff_on_either_side(self):
        colleague = self.make_user("employee").partner_id
        self.assertBlocked(self.make_person(), "staff", referrer=colleague)
        self.assertBlocked(self.make_user("employee").partner_id, "staff")

    def test_who_was_brought_brings_nobody_back(self):
        zhao = self.make_customer()
        self.recommend(zhao)
        self.assertBlocked(self.wang, "loop", referrer=zhao)

    def test_a_loop_of_three(self):
        zhao, sun = self.make_people(2)
        self.recommend(zhao)
        self.recommend(sun, zhao)
        self.assertBlocked(self.wang, "loop", referrer=sun)

    def test_a_customer_is_known(self):
        zhao = self.make_person()
        self.make_order(zhao, ordered_at=self.moment_ago(30))
        self.assertBlocked(zhao, "known")

    def test_an_earlier_inquiry_is_known(self):
        zhao = self.make_person(phone="+86 139 0000 0002")
        self.make_prospect(phone="139 0000 0002")
        self.assertBlocked(zhao, "known")

    def test_a_later_inquiry_changes_nothing(self):
        zhao = self.make_person()
        referral = self.recommend(zhao)
        self.make_lead(zhao)
        self.enroll(referral)
        self.assertState(referral, "enrolled", "")

    def test_who_was_recommended_before_is_known(self):
        zhao = self.make_person()
        self.recommend(zhao)
        second = self.assertBlocked(zhao, "known", self.make_customer())
        self.assertFalse(second.referred_id)

    def test_very_many_in_a_month(self):
        self.env.company.edu_referral_limit = 2
        first, second = (self.recommend(self.make_person()) for _time in range(2))
        self.assertState(first, "lead")
        self.assertState(second, "lead")
        self.assertBlocked(self.make_person(), "velocity")

    def test_those_of_long_ago_do_not_count(self):
        self.env.company.edu_referral_limit = 1
        first = self.recommend(self.make_person())
        first.sudo().date = self.days_ago(40)
        self.assertState(self.recommend(self.make_person()), "lead", "")

    def test_it_is_checked_again_when_the_course_begins(self):
        zhao = self.make_person()
        referral = self.recommend(zhao)
        self.assertState(referral, "lead")
        zhao.phone = self.wang.phone
        self.enroll(referral)
        self.assertState(referral, "blocked", "phone")
        self.assertBalance(self.card, 0)

    def test_a_batch_is_checked_by_as_many_queries_as_one(self):
        def check(number):
            leads = [self.make_lead(person) for person in self.make_people(number)]
            referrals = self.env["edu.referral"].create(
                [{"referrer_id": self.wang.id, "lead_id": lead.id} for lead in leads]
            )
            return self.queries(referrals._check_facts)

        self.env.company.edu_referral_limit = 0
        check(1)
        one, many = check(1), check(20)
        self.assertLessEqual(many, one + 2)
