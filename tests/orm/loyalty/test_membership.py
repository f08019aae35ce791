"""A paid membership keeps its level to the last day, then the earned one counts."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Datetime

from odoo.addons.edu_crm_addon.models.loyalty.sale_order_reward import SaleOrder

from ..common import EduCase


class TestMembership(EduCase):
    def setUp(self):
        super().setUp()
        self.make_program(earns=False)
        self.bronze, self.silver, self.gold = self.make_ladder()
        self.club = self.make_club(self.gold)
        self.buyer = self.make_customer(email="buyer@example.com")
        self.today = self.env.company._edu_today()

    def run_in(self, days):
        with freeze_time(Datetime.now() + timedelta(days=days)):
            self.run_levels()

    def terms(self, partner=None):
        return (partner or self.buyer).edu_membership_ids.sorted("date_from")

    def reminders(self):
        to = [("partner_ids", "in", self.buyer.ids), ("subject", "like", "ends soon")]
        return self.env["mail.message"].search_count(to)

    def test_who_buys_a_membership_has_the_level_for_the_term(self):
        self.sell(self.club, self.buyer)
        term = self.terms()
        end = self.today + relativedelta(years=1, days=-1)
        self.assertEqual((term.date_from, term.date_to), (self.today, end))
        self.assertEqual(term.state, "running")
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.assertEqual(self.buyer.edu_member_until, end)
        self.assertTrue(self.buyer.edu_card_ids)

    def test_a_paid_level_does_not_fall(self):
        self.sell(self.club, self.buyer)
        self.run_levels()
        self.run_in(100)
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.assertFalse(self.buyer.edu_card_ids.edu_level_notice_on)

    def test_at_the_end_the_earned_level_is_back_at_once(self):
        self.sell(self.club, self.buyer)
        last = (self.terms().date_to - self.today).days
        date = self.terms().date_to - timedelta(days=10)
        self.book(self.buyer.edu_card_ids, 120, date=date)
        self.run_in(last)
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.run_in(last + 1)
        self.assertEqual(self.terms().state, "ended")
        self.assertEqual(self.buyer.grade_id, self.bronze)

    def test_a_renewal_begins_when_the_term_ends(self):
        self.sell(self.club, self.buyer)
        self.sell(self.club, self.buyer)
        first, second = self.terms()
        self.assertEqual(second.date_from, first.date_to + timedelta(days=1))
        self.assertEqual(second.state, "planned")
        self.run_in((second.date_from - self.today).days)
        self.assertEqual((first.state, second.state), ("ended", "running"))
        self.assertEqual(self.buyer.grade_id, self.gold)

    def test_the_member_is_reminded_once_unless_it_is_renewed(self):
        self.sell(self.club, self.buyer)
        before = (self.terms().date_to - self.today).days - 30
        self.run_in(before - 1)
        self.assertEqual(self.reminders(), 0)
        self.run_in(before)
        self.run_in(before + 1)
        self.assertEqual(self.reminders(), 1)

    def test_who_has_renewed_is_not_reminded(self):
        self.sell(self.club, self.buyer)
        self.sell(self.club, self.buyer)
        self.run_in((self.terms()[0].date_to - self.today).days - 5)
        self.assertEqual(self.reminders(), 0)

    def test_a_canceled_order_takes_the_level_back(self):
        order = self.sell(self.club, self.buyer)
        order._action_cancel()
        self.assertEqual(self.terms().state, "canceled")
        self.assertFalse(self.buyer.grade_id)
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self.buyer.grade_id, self.gold)

    def test_a_canceled_renewal_leaves_the_present_term_alone(self):
        self.sell(self.club, self.buyer)
        renewal = self.sell(self.club, self.buyer)
        renewal._action_cancel()
        self.assertEqual(self.terms().mapped("state"), ["running", "canceled"])
        self.assertEqual(self.buyer.grade_id, self.gold)

    def test_a_merged_member_keeps_the_membership(self):
        self.sell(self.club, self.buyer)
        other = self.make_customer(email="buyer@example.com")
        self.merge(self.buyer, other)
        self.assertEqual(self.terms(other).state, "running")
        self.assertEqual(other.grade_id, self.gold)
        self.run_in(400)
        self.assertFalse(other.grade_id)

    def test_a_better_earned_level_stays(self):
        card = self.make_card(self.buyer, 1000)
        self.run_levels()
        self.sell(self.make_club(self.silver), self.buyer)
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.assertTrue(card)

    def test_a_club_level_of_its_own_gives_way_to_the_earned_one(self):
        club = self.make_level(sequence=1)
        self.sell(self.make_club(club, 1), self.buyer)
        self.book(self.buyer.edu_card_ids, 600)
        self.run_levels()
        self.assertEqual(self.buyer.grade_id, club)
        self.run_in(40)
        self.assertEqual(self.buyer.grade_id, self.silver)

    def test_the_organization_of_the_buyer_is_untouched(self):
        firm = self.make_organization()
        self.buyer.parent_id = firm
        self.sell(self.club, self.buyer)
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.assertFalse(firm.grade_id)

    def test_a_membership_without_a_term_stays_the_hosts(self):
        firm = self.make_organization()
        self.buyer.parent_id = firm
        self.sell(self.make_club(self.gold, months=0), self.buyer)
        self.assertEqual(firm.grade_id, self.gold)
        self.assertFalse(self.terms())

    def test_a_manager_gives_a_membership_with_a_reason(self):
        manager = self.make_user("manager")
        given = {"partner_id": self.buyer.id, "grade_id": self.gold.id}
        terms = self.env["edu.membership"].with_user(manager)
        with self.assertRaises(UserError), self.cr.savepoint():
            terms.create(given)
        term = terms.create({**given, "reason": "Jubilee", "state": "ended"})
        self.assertEqual(term.state, "running")
        self.assertEqual(self.buyer.grade_id, self.gold)
        self.assertRefused(term.write, {"date_to": self.today})
        term.action_cancel()
        self.assertFalse(self.buyer.grade_id)

    def test_who_is_no_manager_neither_gives_nor_cancels_one(self):
        self.sell(self.club, self.buyer)
        term = self.terms()
        given = {"partner_id": self.buyer.id, "grade_id": self.gold.id, "reason": "x"}
        for role in ("readonly", "agent", "leader"):
            user = self.make_user(role)
            terms = self.env["edu.membership"].with_user(user)
            with self.subTest(role):
                self.assertEqual(self.rights(user, "edu.membership"), "r")
                self.assertRefused(terms.create, given)
                with self.assertRaises(UserError):
                    term.with_user(user).action_cancel()
        self.assertEqual(self.rights(self.make_user("portal"), "edu.membership"), "")
        clerk = self.make_user("salesperson")
        self.assertEqual(self.rights(clerk, "edu.membership"), "")

    def test_memberships_are_seen_by_owner_team_and_company(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        self.buyer.user_id = other
        self.sell(self.club, self.buyer)
        self.assertFalse(self.terms().with_user(agent).has_access("read"))
        self.assertTrue(self.terms().with_user(other).has_access("read"))
        stranger = self.make_user("manager", company=self.make_company())
        self.assertFalse(self.terms().with_user(stranger).has_access("read"))

    def test_a_salesperson_without_education_role_sells_one(self):
        seller = self.make_user("salesperson")
        line = [(0, 0, {"product_id": self.club.id})]
        buyer = self.make_person(user_id=seller.id)
        order = self.env["sale.order"].with_user(seller)
        order = order.create({"partner_id": buyer.id, "order_line": line})
        order.action_confirm()
        self.assertEqual(buyer.grade_id, self.gold)

    def test_orders_of_other_things_pay_nothing_for_memberships(self):
        confirm = [self.make_order(self.buyer, confirm=False) for _ in range(4)]
        self.queries(confirm[0].action_confirm)
        self.queries(confirm[0]._action_cancel)
        ours = self.queries(confirm[1].action_confirm)
        cancel = self.queries(confirm[1]._action_cancel)
        for name in ("_add_partnership", "_action_cancel"):
            self.without(SaleOrder, name)
        self.assertEqual(self.queries(confirm[2].action_confirm), ours)
        self.assertEqual(self.queries(confirm[2]._action_cancel), cancel)
