"""Factories of members: programs with a ledger, earning rules, cards, points."""

from odoo.fields import Command

from odoo.addons.edu_crm_addon.logic import points as rule
from odoo.addons.edu_crm_addon.models.loyalty.points_source import Claim


class MemberFactory:
    """For a test case that also makes people and orders."""

    @classmethod
    def make_program(cls, *, earns=True, **values):
        """Return the member program of the company.

        An order earns a point for each unit of money; 100 points are 10 off.

        :param bool earns: if not, orders give no points
        """
        company = values.pop("company", cls.env.company)
        by_money = {"reward_point_mode": "money", "reward_point_amount": 1}
        discount = {
            "reward_type": "discount",
            "discount_mode": "per_order",
            "discount": 10,
            "required_points": 100,
        }
        program = cls.env["loyalty.program"].create(
            {
                "name": f"Program {next(cls._numbers)}",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "portal_visible": True,
                "company_id": company.id,
                "edu_mode": "independent_points",
                "rule_ids": [Command.create(by_money)] if earns else [],
                "reward_ids": [Command.create(discount)],
                **values,
            }
        )
        company.edu_member_program_id = program
        return program

    @classmethod
    def member_program(cls):
        return cls.env.company.edu_member_program_id or cls.make_program()

    @classmethod
    def make_points_rule(cls, event, points=100, **values):
        values.setdefault("program_id", cls.member_program().id)
        return cls.env["edu.points.rule"].create(
            {
                "name": f"Rule {next(cls._numbers)}",
                "event": event,
                "points": points,
                **values,
            }
        )

    @classmethod
    def make_card(cls, partner=None, points=0, program=None, **row):
        """Return the card of a member, with one grant of ``points``."""
        partner = partner or cls.make_customer()
        program = program or cls.member_program()
        card = partner._edu_member_cards(program)[partner]
        if points:
            cls.book(card, points, **row)
        return card

    @classmethod
    def book(cls, card, points, **row):
        """Book one movement, as rules do; return the entry."""
        kind = rule.EARN if points > 0 else rule.SPEND
        row = {
            "card_id": card.id,
            "points": points,
            "kind": kind,
            "text": "Test",
            **row,
        }
        return cls.env["edu.points.entry"].sudo()._book([row])

    @classmethod
    def claim(cls, partner, key="1", **values):
        return Claim(key=key, partner_id=partner.id, **values)

    @classmethod
    def award(cls, event, *claims):
        return cls.env["edu.points.rule"]._award(event, claims, cls.env.company)

    # ------------------------------------------------------------------ asserts
    def assertAddsUp(self, *cards):
        """Assert that balances are the sums of ledgers, and of what is left of them."""
        self.env.flush_all()
        self.env.invalidate_all()
        for card in cards:
            entries = card.sudo().edu_entry_ids
            available = entries.filtered(lambda e: e.state == rule.AVAILABLE)
            total = rule.clean(sum(available.mapped("points")))
            self.assertEqual(rule.clean(card.points), total, card.partner_id.name)
            wallet = card.sudo()._edu_wallets()[card.sudo()]
            self.assertEqual(wallet.balance, total, card.partner_id.name)

    def assertBalance(self, card, points, pending=0):
        self.assertAddsUp(card)
        self.assertEqual(
            (card.points, card.sudo().edu_pending_points), (points, pending)
        )
