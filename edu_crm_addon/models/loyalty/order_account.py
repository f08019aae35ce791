"""What the ledger has of one order on one card, and the rows that are to be booked."""

from collections import defaultdict

from dateutil.relativedelta import relativedelta

from ...logic import order_points as rule
from ...logic.points import (
    AVAILABLE,
    EARN,
    EXPIRE,
    PENDING,
    REVERSE,
    SPEND,
    VOID,
    clean,
)

ORDER = "sale.order"


class OrderAccount:
    """Entries of one order on one card.

    Those of earning rules are none of them. What expired was given: it is not given
    again, and not taken back either.
    """

    def __init__(self, order, card, entries):
        self.order = order
        self.card = card
        self.program = card.program_id
        self.entries = entries.filtered(
            lambda e: not e.rule_id and (e.kind != EXPIRE or e.state == VOID)
        )
        self.number = len(entries)

    # ------------------------------------------------------------------ gather
    @property
    def grants(self):
        return self.entries.filtered(
            lambda e: e.kind == EARN and e.state == AVAILABLE and e.points > 0
        )

    @property
    def spends(self):
        return self.entries.filtered(lambda e: e.kind == SPEND)

    def ledger(self):
        spends = self.spends
        returned = self._taken(spends)
        void = -sum(self._void().values())
        given = self._sum(EARN, AVAILABLE) + sum(self._taken(self.grants).values())
        return rule.Ledger(
            given=clean(given),
            pending=self._sum(EARN, PENDING),
            written_off=clean(void),
            spent=clean(-sum(spends.mapped("points")) - sum(returned.values())),
        )

    def issued(self):
        """Return the points the order gives as a whole."""
        if self.order.state != "sale":
            return 0.0
        points = self.order.coupon_point_ids.filtered(
            lambda line: line.coupon_id == self.card
        )
        return max(0.0, clean(sum(points.mapped("points"))))

    def costs(self, ledger):
        """Return what the rewards of the order cost.

        A canceled order has none, but for what was used up already, such as a lesson.
        """
        lines = self.order.order_line.filtered(
            lambda line: line.reward_id and line.coupon_id == self.card
        )
        costs = clean(sum(lines.mapped("points_cost")))
        return costs if self.order.state == "sale" else min(costs, ledger.spent)

    def plan(self, sale):
        ledger = self.ledger()
        return rule.plan(
            ledger,
            sale,
            issued=self.issued(),
            is_held=self.program.edu_hold_until_paid,
            spent=self.costs(ledger),
        )

    def _sum(self, kind, state):
        found = self.entries.filtered(lambda e: e.kind == kind and e.state == state)
        return clean(sum(found.mapped("points")))

    def _taken(self, entries):
        """Return ``{entry: points}`` that entries of this order changed of these."""
        result = defaultdict(float)
        for entry in self.entries:
            if entry.reverses_id in entries:
                result[entry.reverses_id] += entry.points
        return result

    def _void(self):
        """Return ``{(grant, kind): points}`` taken back of what nobody had any more."""
        result = defaultdict(float)
        for entry in self.entries:
            if entry.state == VOID and entry.reverses_id:
                result[entry.reverses_id, entry.kind] += entry.points
        return result

    # ------------------------------------------------------------------ rows
    def rows(self, plan, balance):
        """Return the rows of ``plan``.

        :param balance: of the card before them
        """
        balance = clean(balance + plan.give_back - plan.spend)
        return [
            *self.give_back_rows(plan.give_back),
            *self._spend_rows(plan.spend),
            *self._restore_rows(plan.restore),
            *self._settle_rows(plan.release, AVAILABLE),
            *self._issue_rows(plan),
            *self._settle_rows(plan.void, VOID),
            *self._take_back_rows(plan.take_back, balance),
        ]

    def give_back_rows(self, points):
        """Points spent return to the grants they came from, the last spent first."""
        returned = self._taken(self.spends)
        grace = self._day(days=self.program.edu_grace_days)
        for spend in self.spends.sorted("id", reverse=True):
            share = min(points, clean(-spend.points - returned[spend]))
            if share > 0:
                points = clean(points - share)
                words = self._words(
                    lambda env: env._("Rewards given back: order %s", self.order.name)
                )
                yield self._row(
                    share, REVERSE, words, reverses_id=spend.id, expires_on=grace
                )

    def _spend_rows(self, points):
        if points:
            words = self._words(lambda env: env._("Rewards: order %s", self.order.name))
            yield self._row(-points, SPEND, words)

    def _issue_rows(self, plan):
        words = self._words(lambda env: env._("Order %s", self.order.name))
        key = f"order:{self.order.id}:{self.card.id}:{self.number}"
        if plan.issue:
            term = self._term()
            yield self._row(plan.issue, EARN, words, key=f"{key}:now", expires_on=term)
        if plan.wait:
            yield self._row(plan.wait, EARN, words, key=key, state=PENDING)

    def _settle_rows(self, points, state):
        """Of what waits, the oldest first; what is void, the youngest first."""
        grants = self.entries.filtered(
            lambda e: e.kind == EARN and e.state == PENDING and not e.origin_id
        )
        moved = defaultdict(float)
        for entry in self.entries.filtered(lambda e: e.state == PENDING):
            moved[entry.origin_id] += entry.points
        for grant in grants.sorted("id", reverse=state == VOID):
            share = min(points, clean(grant.points + moved[grant]))
            if share > 0:
                points = clean(points - share)
                row = grant._settled_row()
                yield {**row, "points": -share, "state": PENDING}
                term = {"expires_on": self._term()} if state == AVAILABLE else {}
                yield {**row, "points": share, "state": state, **term}

    def _take_back_rows(self, points, balance):
        """Of what can still be had first; what has expired already is only noted."""
        if not points:
            return
        left, expired = self._left_and_expired()
        for grant in self.grants.sorted("id", reverse=True):
            share = min(points, max(0.0, clean(left[grant] - expired[grant])))
            if share > 0:
                points = clean(points - share)
                there, lost = rule.taken(share, balance, self.program.edu_debt_policy)
                balance = clean(balance - there)
                yield from self._taken_rows(grant, there, AVAILABLE)
                yield from self._taken_rows(grant, lost, VOID)
        for grant in self.grants:
            share = min(points, left[grant], expired[grant])
            if share > 0:
                points = clean(points - share)
                yield from self._taken_rows(grant, share, VOID, EXPIRE)

    def _taken_rows(self, grant, points, state, kind=REVERSE):
        if points:
            words = self._words(lambda env: self._taken_words(env, state, kind))
            yield self._row(-points, kind, words, state=state, reverses_id=grant.id)

    def _taken_words(self, env, state, kind):
        if state == AVAILABLE:
            return env._("Taken back: order %s", self.order.name)
        if kind == EXPIRE:
            return env._("Expired before they were taken back: %s", self.order.name)
        return env._("Written off, spent before: order %s", self.order.name)

    def _restore_rows(self, points):
        """What was written off is theirs again, before anything new is given."""
        words = self._words(
            lambda env: env._("No longer written off: order %s", self.order.name)
        )
        for (grant, kind), lost in self._void().items():
            share = min(points, clean(-lost))
            if share > 0:
                points = clean(points - share)
                yield self._row(share, kind, words, state=VOID, reverses_id=grant.id)

    def _left_and_expired(self):
        """Return of each grant what was not taken back, and what of it has expired."""
        taken, void = self._taken(self.grants), self._void()
        left = {grant: clean(grant.points + taken[grant]) for grant in self.grants}
        gone = dict(
            self.entries._read_group(
                [
                    ("reverses_id", "in", self.grants.ids),
                    ("kind", "=", EXPIRE),
                    ("state", "=", AVAILABLE),
                ],
                ["reverses_id"],
                ["points:sum"],
            )
        )
        expired = {
            grant: clean(void[grant, EXPIRE] - gone.get(grant, 0.0))
            for grant in self.grants
        }
        return left, expired

    def _row(self, points, kind, words, **values):
        return {
            "card_id": self.card.id,
            "points": points,
            "kind": kind,
            "text": words,
            "res_model": ORDER,
            "res_id": self.order.id,
            **values,
        }

    def _words(self, text):
        return self.card._edu_in_words(text)

    def _term(self):
        months = self.program.edu_expiry_months
        return self._day(months=months) if months else None

    def _day(self, **distance):
        return self.program.company_id._edu_today() + relativedelta(**distance)
