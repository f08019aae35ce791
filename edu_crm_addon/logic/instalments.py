"""Which part of each instalment of an invoice belongs to which of its lines.

An invoice may bill several enrollments, and other things as well, and may be due in
parts. What one enrollment owes of one instalment is that instalment times its share of
the invoice. All amounts are whole numbers of the smallest unit of the currency, and the
shares are rounded so that they add up both ways: over the enrollments to the instalment
and over the instalments to what is billed for the enrollment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import floor

NONE = "none"
TO_PAY = "to_pay"
PARTIAL = "partial"
PAID = "paid"
OVERDUE = "overdue"
STATES = (NONE, TO_PAY, PARTIAL, OVERDUE, PAID)
HALF = Fraction(1, 2)

Part = int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One dated part of an invoice: what is billed and what of it is still open.

    Credit notes are negative. ``blocked``: the office wants no reminders for now.
    """

    due: date | None
    amount: int
    residual: int
    blocked: bool = False


def units(amount: float, rounding: float) -> int:
    """Return an amount as a number of the smallest units of its currency.

    >>> units(33.33, 0.01), units(1500.0, 1.0), units(-0.1, 0.01)
    (3333, 1500, -10)
    """
    return round(amount / rounding)


def nearest(value: Part) -> int:
    """Return the nearest whole number, the higher one if there are two."""
    return floor(value + HALF)


def split(parts: Sequence[Part], amounts: Sequence[int]) -> list[list[int]]:
    """Share each of ``amounts`` among ``parts``, one row per part.

    Every cell is a difference of rounded running totals, so that no unit is lost or
    shared out twice. Parts without a sum have nothing to be shared by.

    >>> split([1, 1, 1], [100])
    [[33], [34], [33]]
    >>> split([200, 100], [100, 100, 100])
    [[67, 66, 67], [33, 34, 33]]
    """
    total = sum(parts)
    if not total:
        return [[0] * len(amounts) for _part in parts]
    rows = []
    above = [0] * len(amounts)
    for reached in accumulate(parts):
        below = [
            nearest(Fraction(reached) * sofar / total) for sofar in accumulate(amounts)
        ]
        columns = [low - high for low, high in zip(below, above, strict=True)]
        rows.append(
            [now - before for now, before in zip(columns, [0, *columns], strict=False)]
        )
        above = below
    return rows


def share(
    parts: Sequence[Part], instalments: Sequence[Instalment]
) -> list[list[Instalment]]:
    """Return, for each part, its share of every instalment.

    >>> half = Instalment(due=None, amount=101, residual=50)
    >>> [(i.amount, i.residual) for row in share([1, 1], [half]) for i in row]
    [(51, 25), (50, 25)]
    """
    cells = split(parts, [instalment.amount for instalment in instalments])
    open_cells = [
        [row[0] for row in split([cell[index] for cell in cells], [part.residual])]
        for index, part in enumerate(instalments)
    ]
    return [
        [
            Instalment(
                due=part.due,
                amount=cells[row][index],
                residual=open_cells[index][row],
                blocked=part.blocked,
            )
            for index, part in enumerate(instalments)
        ]
        for row in range(len(parts))
    ]


def instalment_state(instalment: Instalment, today: date) -> str:
    """Return what to do about one instalment.

    >>> may = Instalment(due=date(2026, 5, 31), amount=100, residual=40)
    >>> [instalment_state(may, date(2026, month, 1)) for month in (5, 6)]
    ['partial', 'overdue']
    """
    if not instalment.residual:
        return PAID
    if not instalment.blocked and instalment.due and instalment.due < today:
        return OVERDUE
    return TO_PAY if instalment.residual == instalment.amount else PARTIAL


def payment_state(instalments: Iterable[Instalment], today: date) -> str:
    """Sum up the instalments of the invoices of one enrollment, without credit notes.

    >>> payment_state([], date(2026, 1, 1))
    'none'
    """
    states = {instalment_state(instalment, today) for instalment in instalments}
    if not states:
        return NONE
    if OVERDUE in states:
        return OVERDUE
    if states == {PAID}:
        return PAID
    return TO_PAY if states == {TO_PAY} else PARTIAL
