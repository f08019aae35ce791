"""Two members become one: the better level stays, and what was paid for goes on."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Datetime

from ..common import EduCase


class TestLevelMerge(EduCase):
    def setUp(self):
        super().setUp()
        self.make_program(earns=False)
        self.bronze, self.silver, self.gold = self.make_ladder()
        self.one, self.two = self.make_customer(), self.make_customer()
        for person in (self.one, self.two):
            self.make_card(person)

    def levels(self, kept, other):
        self.one._edu_set_level(kept)
        self.two._edu_set_level(other)
        self.env.flush_all()

    def term(self, partner, grade, days):
        today = self.env.company._edu_today()
        return self.env["edu.membership"].create(
            {
                "partner_id": partner.id,
                "grade_id": grade.id,
                "date_to": today + timedelta(days=days),
                "reason": "A prize",
            }
        )

    def test_the_better_level_stays_whoever_has_it(self):
        self.levels(self.bronze, self.gold)
        self.merge(self.two, self.one)
        self.assertEqual(self.one.grade_id, self.gold)
        three = self.make_customer()
        three._edu_set_level(self.silver)
        self.merge(three, self.one)
        self.assertEqual(self.one.grade_id, self.gold)

    def test_a_level_is_not_lost_to_none(self):
        self.levels(self.env["res.partner.grade"], self.silver)
        self.merge(self.two, self.one)
        self.assertEqual(self.one.grade_id, self.silver)

    def test_the_change_is_in_the_chatter_and_the_notice_forgotten(self):
        self.levels(self.bronze, self.gold)
        card = self.one.edu_card_ids
        card.edu_level_notice_on = self.days_ago(60)
        self.merge(self.two, self.one)
        told = self.one.message_ids.filtered(
            lambda message: "Bronze → Gold (contacts merged)" in message.body
        )
        self.assertEqual(len(told), 1)
        self.assertFalse(card.edu_level_notice_on)

    def test_the_price_list_of_the_better_level_comes_with_it(self):
        self.bronze.default_pricelist_id = self.make_pricelist(5)
        self.gold.default_pricelist_id = self.make_pricelist(20)
        self.levels(self.bronze, self.gold)
        self.merge(self.two, self.one)
        self.assertEqual(
            self.one.specific_property_product_pricelist,
            self.gold.default_pricelist_id,
        )

    def test_an_agreed_price_list_stays(self):
        self.gold.default_pricelist_id = self.make_pricelist(20)
        agreed = self.make_pricelist(50)
        self.one.specific_property_product_pricelist = agreed
        self.levels(self.bronze, self.gold)
        self.merge(self.two, self.one)
        self.assertEqual(self.one.grade_id, self.gold)
        self.assertEqual(self.one.specific_property_product_pricelist, agreed)

    def test_a_membership_that_lasts_longer_stays_when_the_better_ends(self):
        self.term(self.one, self.gold, 30)
        long = self.term(self.two, self.silver, 90)
        self.merge(self.two, self.one)
        self.assertEqual(long.partner_id, self.one)
        self.assertEqual(self.one.grade_id, self.gold)
        for days, level in ((31, self.silver), (91, self.env["res.partner.grade"])):
            with freeze_time(Datetime.now() + timedelta(days=days)):
                self.run_levels()
            self.assertEqual(self.one.grade_id, level)

    def test_of_two_memberships_of_a_level_the_longer_one_counts(self):
        self.term(self.one, self.gold, 30)
        self.term(self.two, self.gold, 90)
        self.merge(self.two, self.one)
        with freeze_time(Datetime.now() + timedelta(days=60)):
            self.run_levels()
        self.assertEqual(self.one.grade_id, self.gold)

    def test_a_manager_merges_members(self):
        self.levels(self.bronze, self.gold)
        clerk = self.make_user("manager")
        self.merge(self.two, self.one, user=clerk)
        self.assertEqual(self.one.grade_id, self.gold)
