"""When points of a card expire, and when its member is told before.

A grant can be used on its last day, and expires on the day after. Before, the member
hears of it as often as the program has steps: so many days before the last day.

>>> from datetime import date
>>> from .points import Grant, Wallet
>>> wallet = Wallet([Grant(1, date(2026, 6, 30), 40.0), Grant(2, None, 10.0)])
>>> [grant.id for grant in expired(wallet, date(2026, 7, 1))]
[1]
>>> plan = Plan(first=30, last=7)
>>> due_notices(wallet, date(2026, 6, 25), plan)
[Notice(grant=1, step='last', points=40.0, expires_on=datetime.date(2026, 6, 30))]
>>> next_notice(wallet, date(2026, 5, 1), plan)
datetime.date(2026, 5, 31)
"""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST = "first"
LAST = "last"
STEPS = (FIRST, LAST)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many days before the last day members are told; 0: not."""

    first: int = 0
    last: int = 0

    def days(self):
        """Yield ``(step, days)`` of those there are, the earliest first."""
        steps = ((FIRST, self.first), (LAST, self.last))
        yield from sorted((s for s in steps if s[1] > 0), key=lambda s: -s[1])


@dataclass(frozen=True)
class Notice:
    """One grant the member is told of."""

    grant: int
    step: str
    points: float
    expires_on: date


def expired(wallet, today):
    """Return the grants with something left whose last day is over."""
    return [g for g in wallet.grants if g.expires_on and g.expires_on < today]


def next_expiry(wallet, today):
    """Return the first last day to come of what is left, if anything expires."""
    return min((g.expires_on for g in _running(wallet, today)), default=None)


def due_notices(wallet, today, plan, told=frozenset()):
    """Return a ``Notice`` of each grant whose member has to be told today.

    Of several steps that are due only the latest is taken: who could not be told in
    time is told once, not twice.

    :param told: ``(grant id, step)`` of what was told before
    """
    result = []
    for grant in _running(wallet, today):
        due = [step for step, day in _days(grant, plan) if day <= today]
        if due and (grant.id, due[-1]) not in told:
            result.append(Notice(grant.id, due[-1], grant.left, grant.expires_on))
    return result


def next_notice(wallet, today, plan):
    """Return the first day after ``today`` on which there is something to tell."""
    days = (day for g in _running(wallet, today) for _step, day in _days(g, plan))
    return min((day for day in days if day > today), default=None)


def first_notice(expires_on, plan):
    """Return the day on which the member hears first of points given just now."""
    days = [days for _step, days in plan.days()]
    return expires_on - timedelta(days=days[0]) if days else None


def release_day(paid_on, refund_days):
    """Return from when points can be spent that waited for a payment."""
    return paid_on + timedelta(days=refund_days)


def _running(wallet, today):
    return [g for g in wallet.grants if g.expires_on and g.expires_on >= today]


def _days(grant, plan):
    for step, days in plan.days():
        yield step, grant.expires_on - timedelta(days=days)
