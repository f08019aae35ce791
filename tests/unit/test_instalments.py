"""Shares of instalments, reckoned by hand; and as a property."""

import random
from datetime import date
from fractions import Fraction

import pytest

from edu_crm_addon.logic.instalments import (
    NONE,
    OVERDUE,
    PAID,
    PARTIAL,
    TO_PAY,
    Instalment,
    payment_state,
    share,
    split,
    units,
)

TODAY = date(2026, 6, 15)
YESTERDAY = date(2026, 6, 14)
TOMORROW = date(2026, 6, 16)

SPLITS = {
    # parts of the invoice, instalments -> one row per part
    "one enrollment has it all": ([100], [34, 33, 33], [[34, 33, 33]]),
    "two halves of an even sum": ([50, 50], [60, 40], [[30, 20], [30, 20]]),
    "thirds of a hundred": ([100, 100, 100], [100], [[33], [34], [33]]),
    "the unit that is left goes to one": ([1, 1], [1], [[1], [0]]),
    "a free enrollment owes nothing": ([100, 0], [60, 40], [[60, 40], [0, 0]]),
    "discount beside a course": ([120, -20], [50, 50], [[60, 60], [-10, -10]]),
    "a credit note is negative": ([75, 25], [-100], [[-75], [-25]]),
    "yen have no smaller unit": ([1000, 500], [751, 749], [[501, 499], [250, 250]]),
    "lines that do not add up to the invoice": ([3333, 3333], [10000], [[5000]] * 2),
    "nothing to share by": ([0, 0], [0], [[0], [0]]),
    "a part of a down payment": ([Fraction(100, 3), Fraction(200, 3)], [100], None),
}


@pytest.mark.parametrize("name", SPLITS)
def test_split(name):
    parts, amounts, expected = SPLITS[name]
    if expected is None:
        expected = [[33], [67]]
    assert split(parts, amounts) == expected


def test_shares_add_up_both_ways():
    chance = random.Random(7)
    for _case in range(500):
        parts = [chance.randint(0, 99999) for _ in range(chance.randint(1, 6))]
        count = chance.randint(1, 6)
        total = sum(parts)
        cuts = sorted(chance.randint(0, total) for _ in range(count - 1))
        amounts = [
            high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)
        ]
        cells = split(parts, amounts)
        assert [sum(row) for row in cells] == parts
        assert [sum(column) for column in zip(*cells, strict=True)] == amounts
        for row, part in zip(cells, parts, strict=True):
            for cell, amount in zip(row, amounts, strict=True):
                assert abs(cell - part * amount / (total or 1)) < 2


def test_shares_of_what_is_open_add_up_and_never_exceed_the_instalment():
    chance = random.Random(11)
    for _case in range(300):
        parts = [chance.randint(1, 9999) for _ in range(chance.randint(1, 5))]
        amount = sum(parts)
        residual = chance.randint(0, amount)
        rows = share(parts, [Instalment(due=TODAY, amount=amount, residual=residual)])
        assert sum(row[0].amount for row in rows) == amount
        assert sum(row[0].residual for row in rows) == residual
        for (part,) in rows:
            assert 0 <= part.residual <= part.amount


def test_a_paid_instalment_is_paid_for_everybody():
    rows = share([1, 1, 1], [Instalment(due=TODAY, amount=100, residual=0)])
    assert [row[0].residual for row in rows] == [0, 0, 0]


def test_an_unpaid_instalment_is_open_in_full_for_everybody():
    rows = share([1, 1, 1], [Instalment(due=TODAY, amount=100, residual=100)])
    assert [row[0].residual for row in rows] == [row[0].amount for row in rows]


def part(amount, residual, due=TOMORROW, **values):
    return Instalment(due=due, amount=amount, residual=residual, **values)


STATES = {
    "nothing invoiced": ([], NONE),
    "not due yet": ([part(50, 50), part(50, 50)], TO_PAY),
    "due today is not overdue": ([part(50, 50, TODAY)], TO_PAY),
    "due yesterday": ([part(50, 50, YESTERDAY)], OVERDUE),
    "one paid, one to come": ([part(50, 0, YESTERDAY), part(50, 50)], PARTIAL),
    "half of the only one": ([part(50, 25)], PARTIAL),
    "one paid, one overdue": ([part(50, 0), part(50, 50, YESTERDAY)], OVERDUE),
    "the rest of a part is overdue": ([part(50, 1, YESTERDAY)], OVERDUE),
    "all paid": ([part(50, 0, YESTERDAY), part(50, 0)], PAID),
    "blocked by the office": ([part(50, 50, YESTERDAY, blocked=True)], TO_PAY),
    "without a date": ([part(50, 50, None)], TO_PAY),
}


@pytest.mark.parametrize("name", STATES)
def test_payment_state(name):
    instalments, expected = STATES[name]
    assert payment_state(instalments, TODAY) == expected


def test_units_survive_binary_fractions():
    assert units(0.1 + 0.2, 0.01) == 30
    assert units(1234567.89, 0.01) == 123456789
    assert units(1500, 1) == 1500
