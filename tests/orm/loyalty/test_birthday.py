"""Birthdays of members earn once a year."""

from freezegun import freeze_time

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_birthdays"
DAY = "2026-09-10 09:00:00"


class TestBirthday(EduCase):
    def setUp(self):
        super().setUp()
        self.make_points_rule("birthday", 66)

    def congratulate(self, moment=DAY):
        with freeze_time(moment):
            self.run_cron(CRON)

    def test_a_member_earns_once_a_year(self):
        card = self.make_card(self.make_customer(edu_birth_date="1990-09-10"))
        self.congratulate()
        self.congratulate()
        self.congratulate("2026-09-11 09:00:00")
        self.assertBalance(card, 66)
        self.congratulate("2027-09-10 09:00:00")
        self.assertBalance(card, 132)

    def test_a_child_earns_for_the_guardian(self):
        guardian = self.make_customer()
        self.link(guardian, self.make_customer(edu_birth_date="2016-09-10"))
        card = self.make_card(guardian)
        self.congratulate()
        self.assertBalance(card, 66)

    def test_a_job_that_did_not_run_makes_up_for_it(self):
        card = self.make_card(self.make_customer(edu_birth_date="1990-09-08"))
        late = self.make_card(self.make_customer(edu_birth_date="1990-09-05"))
        self.congratulate()
        self.assertEqual((card.points, late.points), (66, 0))

    def test_over_new_year_it_counts_for_the_old_year(self):
        card = self.make_card(self.make_customer(edu_birth_date="1990-12-31"))
        self.congratulate("2026-12-31 09:00:00")
        self.congratulate("2027-01-01 09:00:00")
        self.assertBalance(card, 66)

    def test_who_is_no_member_does_not_become_one(self):
        customer = self.make_customer(edu_birth_date="1990-09-10")
        self.congratulate()
        self.assertFalse(customer.edu_card_ids)

    def test_another_day_earns_nothing(self):
        card = self.make_card(self.make_customer(edu_birth_date="1990-10-09"))
        self.congratulate()
        self.assertBalance(card, 0)

    def test_the_price_does_not_grow_with_the_people(self):
        for _ in range(3):
            self.make_card(self.make_customer(edu_birth_date="1990-09-10"))
        few = self.queries(self.congratulate)
        for _ in range(30):
            self.make_card(self.make_customer(edu_birth_date="1990-09-10"))
        many = self.queries(self.congratulate)
        self.assertLessEqual(many - few, 3)
