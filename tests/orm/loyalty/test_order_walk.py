"""Whatever happens, in whatever order: every balance is the sum of its ledger."""

from random import Random

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.edu_crm_addon.logic import points as rule

from .sales import PointSalesCase

SEED = 6
STEPS = 500
MEMBERS = 6
POLICIES = ("debt", "write_off", "block")


class TestOrderWalk(PointSalesCase):
    def setUp(self):
        super().setUp()
        self.random = Random(SEED)
        self.program = self.make_program(edu_grace_days=10)
        self.thing = self.make_product(list_price=100, invoice_policy="order")
        self.people = [self.make_customer() for _ in range(MEMBERS)]
        self.old = self.env["loyalty.card"]
        self.orders = self.env["sale.order"]
        self.invoices = self.env["account.move"]
        self.entries = self.env["edu.points.entry"].sudo()

    def test_a_walk_of_five_hundred_steps_adds_up_on_every_card(self):
        steps = [
            (self.step_award, 3),
            (self.step_wait, 2),
            (self.step_buy, 6),
            (self.step_redeem, 4),
            (self.step_change, 2),
            (self.step_bill, 5),
            (self.step_pay, 5),
            (self.step_credit, 2),
            (self.step_bounce, 1),
            (self.step_cancel, 3),
            (self.step_again, 1),
            (self.step_adjust, 2),
            (self.step_settle, 2),
            (self.step_expire, 2),
            (self.step_merge, 1),
            (self.step_terms, 1),
        ]
        names, weights = zip(*steps, strict=True)
        refused = 0
        for number in range(STEPS):
            step = self.random.choices(names, weights)[0]
            try:
                with self.cr.savepoint():
                    step()
                    self.env.flush_all()
            except UserError:  # refused, as by the debt policy: nothing happened
                self.env.invalidate_all()
                refused += 1
            if number % 50 == 0:
                self.assertAddsUp(*self.cards())
        self.assertAddsUp(*self.cards())
        self.assertLess(refused, STEPS / 10)
        kinds = set(self.cards().sudo().edu_entry_ids.mapped("kind"))
        self.assertEqual(kinds, {"earn", "spend", "expire", "reverse", "adjust"})
        self.assertFalse(any(self.old.mapped("points")))
        self.assertNothingLeftToDo()

    def assertNothingLeftToDo(self):
        before = self.entries.search_count([])
        self.orders._edu_settle_points()
        self.assertEqual(self.entries.search_count([]), before)
        waiting = self.entries.search([("state", "=", rule.PENDING)])
        for card in self.cards():
            own = waiting.filtered(lambda e, card=card: e.card_id == card)
            self.assertGreaterEqual(rule.clean(sum(own.mapped("points"))), 0)

    # ------------------------------------------------------------------ helpers
    def cards(self):
        cards = self.env["loyalty.card"].with_context(active_test=False)
        return cards.search([("program_id", "=", self.program.id)])

    def pick(self, records):
        return records and self.random.choice(list(records))

    def card(self):
        return self.make_card(self.random.choice(self.people))

    def some(self, state):
        return self.pick(self.orders.filtered(lambda order: order.state == state))

    def bill(self, state):
        found = self.invoices.filtered(
            lambda move: move.state == "posted" and move.payment_state in state
        )
        return self.pick(found)

    # ------------------------------------------------------------------ steps
    def step_award(self):
        days = self.random.choice([None, -3, -30, 5])
        term = None if days is None else self.days_ago(days)
        self.book(self.card(), self.random.randint(1, 200), expires_on=term)

    def step_wait(self):
        points = self.random.randint(1, 200)
        self.book(self.card(), points, state=rule.PENDING)

    def step_buy(self):
        line = {
            "product_id": self.thing.id,
            "price_unit": self.random.choice([99.99, 150, 333.33, 1000]),
        }
        values = {"order_line": [Command.create(line)]}
        person = self.random.choice(self.people)
        order = self.make_order(person, confirm=False, **values)
        order.action_confirm()
        self.orders |= order

    def step_redeem(self):
        line = Command.create({"product_id": self.thing.id})
        person = self.random.choice(self.people)
        order = self.make_order(person, confirm=False, order_line=[line])
        self.redeem(order)
        order.action_confirm()
        self.orders |= order

    def step_change(self):
        if order := self.some("sale"):
            line = order.order_line.filtered(lambda sold: not sold.reward_id)[:1]
            line.product_uom_qty = self.random.randint(0, 3)

    def step_bill(self):
        if order := self.some("sale"):
            self.invoices |= self.make_invoice(order)

    def step_pay(self):
        if invoice := self.bill(("not_paid", "partial")):
            part = self.random.choice([None, invoice.amount_residual / 3])
            self.pay(invoice, part)

    def step_credit(self):
        if invoice := self.bill(("not_paid", "partial", "paid", "in_payment")):
            amount = self.random.choice([None, invoice.amount_total / 2])
            self.credit(invoice, amount)

    def step_bounce(self):
        if invoice := self.bill(("partial", "paid", "in_payment")):
            invoice.line_ids.remove_move_reconcile()

    def step_cancel(self):
        if order := self.some("sale"):
            order._action_cancel()

    def step_again(self):
        if order := self.some("cancel"):
            order.action_draft()
            order.action_confirm()

    def step_adjust(self):
        points = self.random.choice([-70, -5, 5, 70])
        self.book(self.card(), points, kind=rule.ADJUST)

    def step_settle(self):
        found = self.entries.search(
            [("state", "=", rule.PENDING), ("res_model", "=", False)]
        )
        if waiting := found._waiting():
            entry = self.pick(waiting)
            state = self.random.choice([rule.AVAILABLE, rule.VOID])
            self.entries._settle({entry: self.random.randint(1, 200)}, state)

    def step_expire(self):
        self.cards().sudo()._edu_expire()

    def step_merge(self):
        one, two = self.random.sample(self.people, 2)
        cards = two._edu_member_cards(self.program, create=False)
        has_both = bool(one._edu_member_cards(self.program, create=False) and cards)
        self.merge(two, one)
        self.people.remove(two)
        self.people.append(self.make_customer())
        if has_both:
            self.old |= cards.get(two, self.old)

    def step_terms(self):
        self.program.edu_debt_policy = self.random.choice(POLICIES)
