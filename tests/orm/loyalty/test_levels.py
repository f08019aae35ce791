"""Members move on the ladder by the points they earned: up at once, down warned."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Datetime

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


class TestLevels(EduCase):
    def setUp(self):
        super().setUp()
        self.bronze, self.silver, self.gold = self.make_ladder()
        self.member = self.make_customer(email="member@example.com")

    def run_in(self, days):
        with freeze_time(Datetime.now() + timedelta(days=days)):
            self.run_levels()

    def mails(self, partner=None):
        to = [("partner_ids", "in", (partner or self.member).ids)]
        found = self.env["mail.message"].search(to)
        return found.filtered(lambda m: "Keep your level" in (m.subject or ""))

    def test_who_earned_enough_moves_up_at_the_next_run(self):
        self.make_card(self.member, 600)
        self.run_levels()
        self.assertEqual(self.member.grade_id, self.silver)
        self.assertIn("600 points", self.member.message_ids[0].body)

    def test_points_that_were_spent_still_count(self):
        card = self.make_card(self.member, 600)
        self.book(card, -550)
        self.run_levels()
        self.assertEqual(self.member.grade_id, self.silver)
        self.assertEqual(card.edu_qualifying_points, 600)

    def test_points_that_were_taken_back_do_not_count(self):
        card = self.make_card(self.member, 600)
        grant = card.edu_entry_ids
        self.book(card, -200, kind=rule.REVERSE, reverses_id=grant.id)
        self.assertEqual(card.edu_qualifying_points, 400)
        self.run_levels()
        self.assertEqual(self.member.grade_id, self.bronze)

    def test_what_is_written_off_was_taken_back_all_the_same(self):
        self.member_program().edu_debt_policy = "write_off"
        card = self.make_card(self.member, 600)
        grant = card.edu_entry_ids
        self.book(card, -600)
        grant.sudo()._take_back({grant.sudo(): 600}, lambda env: "Refunded")
        self.assertBalance(card, 0)
        self.assertEqual(card.edu_qualifying_points, 0)

    def test_pending_and_adjusted_points_do_not_count(self):
        card = self.make_card(self.member, 600, state=rule.PENDING)
        self.book(card, 600, kind=rule.ADJUST)
        self.assertEqual(card.edu_qualifying_points, 0)

    def test_points_of_a_rule_for_compensation_need_not_count(self):
        earning = self.make_points_rule("complaint", 600, is_qualifying=False)
        entry = self.award("complaint", self.claim(self.member))
        self.assertEqual(entry.rule_id, earning)
        self.assertEqual(entry.card_id.edu_qualifying_points, 0)

    def test_expired_points_count_as_long_as_they_were_earned_lately(self):
        card = self.make_card(self.member, 600)
        grant = card.edu_entry_ids
        self.book(card, -600, kind=rule.EXPIRE, reverses_id=grant.id)
        self.assertEqual(card.edu_qualifying_points, 600)

    def test_points_count_for_the_months_of_the_settings(self):
        today = self.env.company._edu_today()
        first = today.replace(year=today.year - 1) + timedelta(days=1)
        card = self.make_card(self.member, 600, date=first)
        self.book(card, 100, date=first - timedelta(days=1))
        self.assertEqual(card.edu_qualifying_points, 600)
        self.env.company.edu_level_months = 24
        self.env.invalidate_all()
        self.assertEqual(card.edu_qualifying_points, 700)

    def test_down_one_step_after_the_notice_and_the_grace(self):
        card = self.make_card(self.member)
        self.member.grade_id = self.gold
        self.run_levels()
        self.assertEqual(self.member.grade_id, self.gold)
        self.assertEqual(card.edu_level_notice_on, self.env.company._edu_today())
        self.assertEqual(len(self.mails()), 1)
        self.run_in(29)
        self.assertEqual(self.member.grade_id, self.gold)
        self.run_in(30)
        self.assertEqual(self.member.grade_id, self.silver)
        self.assertFalse(card.edu_level_notice_on)
        self.assertEqual(len(self.mails()), 1)

    def test_the_next_step_down_has_a_notice_of_its_own(self):
        card = self.make_card(self.member)
        self.member.grade_id = self.silver
        for days in (0, 30, 31):
            self.run_in(days)
        self.assertEqual(self.member.grade_id, self.bronze)
        self.assertTrue(card.edu_level_notice_on)
        self.assertEqual(len(self.mails()), 2)
        self.run_in(61)
        self.assertFalse(self.member.grade_id)

    def test_a_job_run_twice_tells_and_moves_once(self):
        self.make_card(self.member)
        self.member.grade_id = self.gold
        self.run_levels()
        self.run_levels()
        self.assertEqual(len(self.mails()), 1)
        self.assertEqual(self.member.grade_id, self.gold)

    def test_who_earns_it_again_in_time_keeps_the_level(self):
        card = self.make_card(self.member)
        self.member.grade_id = self.silver
        self.run_levels()
        self.book(card, 500)
        self.run_in(40)
        self.assertEqual(self.member.grade_id, self.silver)
        self.assertFalse(card.edu_level_notice_on)

    def test_nobody_writes_to_who_refused_mails(self):
        self.env["mail.blacklist"]._add("member@example.com")
        self.make_card(self.member)
        self.member.grade_id = self.gold
        self.run_levels()
        self.assertFalse(self.mails())
        self.run_in(30)
        self.assertEqual(self.member.grade_id, self.silver)

    def test_the_member_is_told_in_the_own_language(self):
        self.member.lang = "zh_CN"
        self.gold.with_context(lang="zh_CN").name = "金卡"
        card = self.make_card(self.member)
        self.member.grade_id = self.gold
        self.run_levels()
        self.assertEqual(card.with_context(lang="zh_CN").edu_grade_id.name, "金卡")
        to = [("partner_ids", "in", self.member.ids), ("body", "like", "金卡")]
        self.assertTrue(self.env["mail.message"].search(to))

    def test_levels_of_others_and_people_without_a_card_never_move(self):
        reseller = self.make_level()
        other, stranger = self.make_customer(), self.make_person()
        self.make_card(other, 5000)
        other.grade_id, stranger.grade_id = reseller, self.gold
        self.run_levels()
        self.assertEqual(other.grade_id, reseller)
        self.assertEqual(stranger.grade_id, self.gold)

    def test_without_a_ladder_nobody_moves(self):
        self.make_card(self.member, 5000)
        (self.bronze | self.silver | self.gold).edu_is_earned = False
        self.run_levels()
        self.assertFalse(self.member.grade_id)

    def test_a_level_multiplies_the_points_of_its_members(self):
        card = self.make_card(self.member)
        self.assertEqual(card._edu_multiplier(), 1.0)
        self.gold.edu_multiplier = 1.5
        self.member.grade_id = self.gold
        self.assertEqual(card._edu_multiplier(), 1.5)
        self.gold.company_id = self.make_company()
        self.assertEqual(card._edu_multiplier(), 1.0)

    def test_the_contact_shows_what_is_missing_for_the_next_level(self):
        self.make_card(self.member, 120)
        self.run_levels()
        self.assertEqual(self.member.edu_qualifying_points, 120)
        self.assertEqual(self.member.edu_next_grade_id, self.silver)
        self.assertEqual(self.member.edu_missing_points, 380)
        self.bronze.edu_benefits = "<p>Free books</p>"
        self.assertIn("Free books", self.member.edu_level_benefits)

    def test_members_are_listed_by_level(self):
        other = self.make_customer()
        self.make_card(self.member, 600)
        self.make_card(other, 120)
        self.run_levels()
        groups = self.env["loyalty.card"]._read_group(
            [
                ("edu_is_member", "=", True),
                ("partner_id", "in", (self.member | other).ids),
            ],
            ["edu_grade_id"],
            ["partner_id:recordset"],
        )
        self.assertEqual(dict(groups), {self.silver: self.member, self.bronze: other})

    def test_the_price_of_the_job_is_that_of_the_batch(self):
        program = self.member_program()
        people = self.make_people(40, edu_is_customer=True)
        cards = people._edu_member_cards(program)
        cards = self.env["loyalty.card"].union(*cards.values())
        for card in cards:
            self.book(card, 600)
        few = self.queries(cards[:10]._edu_decisions)
        many = self.queries(cards._edu_decisions)
        self.assertLessEqual(many, few)
        moves = self.queries(cards[:10]._edu_move_levels)
        self.assertLessEqual(self.queries(cards[10:]._edu_move_levels), moves + 3)
        self.assertEqual(people.grade_id, self.silver)
