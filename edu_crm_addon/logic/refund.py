"""What a learner who leaves early has used, and what is credited of the rest.

The price is spread evenly over the lessons paid for, or over the days of the term. What
is used is charged; what was invoiced beyond that is credited. A credit first settles
what is still to pay and only the rest is paid back. Lessons given on top of those paid
for cost nothing: they neither raise the refund nor lower the price of a lesson.

All amounts are whole numbers of the smallest unit of the currency.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .instalments import nearest

LESSONS = "lessons"
DAYS = "days"
METHODS = (LESSONS, DAYS)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One enrollment. ``total`` and ``used``: lessons paid for, or days of the term."""

    price: int
    invoiced: int
    paid: int
    total: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """The parts of the formula, in the order in which they are explained."""

    total: int
    used: int
    unused: int
    used_value: int
    unused_value: int
    credit: int
    paid_back: int
    still_to_pay: int
    to_invoice: int


def reckon(facts: Facts, credit: int | None = None) -> Refund:
    """Return the refund; ``credit`` replaces the reckoned one if somebody typed it.

    Without a number of lessons or days nothing can be reckoned: all counts as used.

    >>> facts = Facts(price=1000, invoiced=1000, paid=500, total=20, used=6)
    >>> refund = reckon(facts)
    >>> refund.used_value, refund.credit, refund.paid_back, refund.still_to_pay
    (300, 700, 200, 0)
    """
    total = max(facts.total, 0)
    used = min(max(facts.used, 0), total)
    value = facts.price
    if total:
        value = nearest(Fraction(facts.price * used, total))
    if credit is None:
        credit = max(facts.invoiced - value, 0)
    open_amount = facts.invoiced - facts.paid
    return Refund(
        total=total,
        used=used,
        unused=total - used,
        used_value=value,
        unused_value=facts.price - value,
        credit=credit,
        paid_back=max(credit - open_amount, 0),
        still_to_pay=max(open_amount - credit, 0),
        to_invoice=max(value - facts.invoiced, 0),
    )


def most(facts: Facts) -> int:
    """Return the most that can be credited: what was invoiced.

    >>> most(Facts(price=1000, invoiced=400, paid=0, total=1, used=0))
    400
    """
    return max(facts.invoiced, 0)


def term_days(
    first: date, last: date | None, pauses: Iterable[tuple[date, date | None]] = ()
) -> int:
    """Return the days of the term that were sold; pauses had moved its last day.

    A pause that is still open has moved nothing yet.

    >>> term_days(date(2026, 3, 1), date(2026, 3, 31))
    31
    >>> week = date(2026, 3, 9), date(2026, 3, 15)
    >>> term_days(date(2026, 3, 1), date(2026, 4, 7), [week])
    31
    """
    if not last:
        return 0
    closed = [(start, stop) for start, stop in pauses if stop]
    return _days(first, last, closed)


def used_days(
    first: date,
    last: date | None,
    until: date,
    pauses: Iterable[tuple[date, date | None]] = (),
) -> int:
    """Return the days of the term up to ``until``, that day included.

    >>> used_days(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 10))
    10
    >>> used_days(date(2026, 3, 1), date(2026, 3, 31), date(2026, 2, 28))
    0
    >>> pause = date(2026, 3, 3), None
    >>> used_days(date(2026, 3, 1), None, date(2026, 3, 5), [pause])
    2
    """
    stop = min(until, last) if last else until
    return _days(first, stop, [(start, end or stop) for start, end in pauses])


def _days(first: date, last: date, pauses: Iterable[tuple[date, date]]) -> int:
    """Count the days from ``first`` to ``last`` on which nobody paused."""
    if last < first:
        return 0
    paused = {
        day.toordinal()
        for start, stop in pauses
        for day in _each(max(start, first), min(stop, last))
    }
    return (last - first).days + 1 - len(paused)


def _each(start: date, stop: date) -> Iterable[date]:
    while start <= stop:
        yield start
        start += DAY
