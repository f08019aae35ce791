"""Two members become one: points keep their day, their term and their source."""

from odoo.exceptions import UserError

from odoo.addons.edu_crm_addon.logic import points as rule

from .sales import PointSalesCase


class TestCardMerge(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.make_program()
        self.one, self.two = self.make_customer(), self.make_customer()

    def test_host_fails_merged_members_have_their_points_once(self):
        old, kept = self.make_card(self.two, 1000), self.make_card(self.one, 1000)
        self.merge(self.two, self.one)
        self.assertBalance(kept, 2000)
        self.assertBalance(old, 0)
        self.assertFalse(old.active)

    def test_host_fails_points_move_with_their_term(self):
        old = self.make_card(self.two, 100, expires_on=self.days_ago(-60))
        kept = self.make_card(self.one, 50, expires_on=self.days_ago(-30))
        self.merge(self.two, self.one)
        wallet = kept._edu_wallets()[kept]
        self.assertEqual(
            [(grant.left, grant.expires_on) for grant in wallet.grants],
            [(50, self.days_ago(-30)), (100, self.days_ago(-60))],
        )
        self.assertAddsUp(old)

    def test_points_that_wait_move_and_are_released_by_the_payment(self):
        order = self.confirmed(self.two)
        old, kept = self.card_of(self.two), self.make_card(self.one)
        self.merge(self.two, self.one)
        self.assertBalance(kept, 0, pending=1000)
        self.assertBalance(old, 0)
        self.pay(self.make_invoice(order))
        self.assertBalance(kept, 1000)
        self.assertBalance(old, 0)

    def test_what_was_spent_before_returns_to_the_grant_it_was_from(self):
        old = self.make_card(self.two, 150, expires_on=self.days_ago(-30))
        order = self.spending(self.two)
        order.action_confirm()
        kept = self.make_card(self.one)
        self.merge(self.two, self.one)
        self.assertBalance(kept, 50, pending=1000)
        self.cancel(order)
        self.assertBalance(kept, 150)
        self.assertBalance(old, 0)
        self.assertEqual(
            [(g.left, g.expires_on) for g in kept._edu_wallets()[kept].grants],
            [(150, self.days_ago(-30))],
        )

    def test_a_draft_of_the_old_card_spends_from_the_one_that_stays(self):
        self.make_card(self.two, 150)
        order = self.spending(self.two)
        kept = self.make_card(self.one)
        self.merge(self.two, self.one)
        order.action_confirm()
        self.assertBalance(kept, 50, pending=1000)

    def test_three_members_without_a_card_of_the_one_who_stays(self):
        first, second = self.make_card(self.two, 10), self.make_card(points=20)
        self.merge(self.two | second.partner_id, self.one)
        self.assertEqual(first.partner_id, self.one)
        self.assertBalance(first, 30)
        self.assertBalance(second, 0)

    def test_an_award_is_taken_back_from_the_card_that_stays(self):
        self.make_points_rule("trial", 50)
        entry = self.award("trial", self.claim(self.two))
        kept = self.make_card(self.one)
        self.merge(self.two, self.one)
        self.assertBalance(kept, 50)
        self.assertFalse(self.award("trial", self.claim(self.one)))
        entries = self.env["edu.points.entry"].sudo()
        entries._take_back({entry: 50}, lambda env: "Withdrawn")
        entries._take_back({entry: 50}, lambda env: "Withdrawn")
        self.assertBalance(kept, 0)

    def test_two_cards_of_a_chain_of_merges_add_up(self):
        three = self.make_customer()
        cards = [self.make_card(person, 30) for person in (self.two, three, self.one)]
        self.merge(self.two, three)
        self.merge(three, self.one)
        self.assertEqual([card.points for card in cards], [0, 0, 90])
        self.assertAddsUp(*cards)

    def test_an_award_that_waits_is_void_when_it_is_taken_back(self):
        self.make_points_rule("trial", 50, hold="days", hold_days=7)
        entry = self.award("trial", self.claim(self.one))
        self.env["edu.points.entry"].sudo()._take_back({entry: 50}, lambda env: "No")
        self.assertBalance(entry.card_id, 0)
        self.assertFalse(entry._waiting())

    def test_a_card_with_points_is_not_archived(self):
        card = self.make_card(self.one, 10)
        with self.assertRaises(UserError), self.cr.savepoint():
            card.sudo().action_archive()
        self.book(card, -10)
        self.book(card, 5, state=rule.PENDING)
        with self.assertRaises(UserError), self.cr.savepoint():
            card.sudo().action_archive()
        self.assertTrue(card.active)

    def test_an_empty_card_is_archived_and_the_person_can_have_another(self):
        card = self.make_card(self.one)
        card.sudo().action_archive()
        self.assertNotEqual(self.make_card(self.one), card)
