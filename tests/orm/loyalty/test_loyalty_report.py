"""The report, the ledger and the cards agree to the point."""

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase

MEASURES = (
    "earned",
    "used",
    "expired",
    "taken_back",
    "adjusted",
    "other",
    "pending",
    "outstanding",
)


class TestLoyaltyReport(EduCase):
    def figures(self, *cards, groupby=()):
        self.env.flush_all()
        domain = [("card_id", "in", [card.id for card in cards])]
        aggregates = [f"{name}:sum" for name in MEASURES]
        rows = self.env["edu.loyalty.report"]._read_group(domain, groupby, aggregates)
        return dict(zip(MEASURES, rows[0], strict=True))

    def test_every_kind_has_its_column(self):
        card = self.make_card(points=100)
        grant = card.edu_entry_ids
        spent = self.book(card, -60)
        self.book(card, 20, kind=rule.REVERSE, reverses_id=spent.id)
        self.book(card, -10, kind=rule.REVERSE, reverses_id=grant.id)
        self.book(card, -5, kind=rule.EXPIRE, reverses_id=grant.id)
        self.book(card, 7, kind=rule.ADJUST)
        self.book(card, 3, kind=rule.HOST)
        self.book(card, 11, state=rule.PENDING)
        expected = {
            "earned": 100,
            "used": 40,
            "taken_back": 10,
            "expired": 5,
            "adjusted": 7,
            "other": 3,
            "pending": 11,
            "outstanding": 55,
        }
        self.assertEqual(self.figures(card), expected)
        self.assertBalance(card, 55, pending=11)

    def test_outstanding_is_what_the_cards_have(self):
        cards = [self.make_card(points=points) for points in (30, 70, 100)]
        self.book(cards[0], -10)
        figures = self.figures(*cards)
        self.assertEqual(figures["outstanding"], sum(card.points for card in cards))

    def test_the_cost_is_that_of_the_program(self):
        self.member_program().edu_point_cost = 0.05
        card = self.make_card(points=200)
        self.env.flush_all()
        [(cost, members)] = self.env["edu.loyalty.report"]._read_group(
            [("card_id", "=", card.id)], [], ["cost:sum", "member_count:count_distinct"]
        )
        self.assertAlmostEqual(cost, 10)
        self.assertEqual(members, 1)
        program = card.program_id
        self.assertAlmostEqual(program.edu_outstanding_cost, 10)
        self.assertEqual(program.edu_member_count, 1)

    def test_an_agent_sees_members_of_ones_own_and_nobody_elses(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        own = self.make_card(self.make_customer(user_id=agent.id), points=10)
        free = self.make_card(self.make_customer(user_id=False), points=20)
        self.make_card(self.make_customer(user_id=other.id), points=40)
        self.env.flush_all()
        report = self.env["edu.loyalty.report"].with_user(agent)
        self.assertEqual(report.search([]).card_id, own | free)

    def test_another_company_is_not_shown(self):
        card = self.make_card(points=10)
        company = self.env["res.company"].create({"name": "Other school"})
        manager = self.make_user("manager", company=company)
        report = self.env["edu.loyalty.report"].with_user(manager)
        self.assertFalse(report.search([("card_id", "=", card.id)]))

    def test_a_program_says_where_it_stands(self):
        program = self.make_program(edu_goal_members=4)
        self.make_card(program=program)
        self.assertEqual(
            (program.edu_state, program.edu_member_share), ("running", 0.25)
        )
        program.date_from = self.days_ago(-10)
        self.assertEqual(program.edu_state, "planned")
        program.write({"date_from": self.days_ago(20), "date_to": self.days_ago(1)})
        self.assertEqual(program.edu_state, "ended")
