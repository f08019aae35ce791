"""The dates of a term, reckoned by hand for eight years, and as a property."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from edu_crm_addon.logic.term import (
    LESSONS,
    MONTHS,
    WEEKS,
    add_months,
    boundary,
    last_day,
    periods,
)

DAY = timedelta(days=1)
# Last day of each month from 2024 on: 2024 and 2028 are leap years.
FEBRUARY = {2024: 29, 2025: 28, 2026: 28, 2027: 28, 2028: 29, 2029: 28, 2030: 28}
MONTH_ENDS = {1: 31, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30}


def month_end(year, month):
    if month == 2:
        return FEBRUARY.get(year, 28)
    return MONTH_ENDS.get(month, 31)


def test_31_january_monthly_meets_every_month_end_for_eight_years():
    anchor = date(2024, 1, 31)
    for index in range(8 * 12):
        year, month = 2024 + index // 12, index % 12 + 1
        expected = date(year, month, month_end(year, month))
        assert boundary(anchor, MONTHS, index) == expected


def test_29_february_yearly_comes_back_in_the_leap_year():
    anchor = date(2024, 2, 29)
    found = [add_months(anchor, 12 * year) for year in range(9)]
    assert found == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2031, 2, 28),
        date(2032, 2, 29),
    ]


@pytest.mark.parametrize(
    ("anchor", "unit", "count", "per_week", "expected"),
    [
        (date(2026, 9, 1), MONTHS, 1, 0, date(2026, 9, 30)),
        (date(2026, 9, 1), MONTHS, 12, 0, date(2027, 8, 31)),
        (date(2026, 1, 31), MONTHS, 1, 0, date(2026, 2, 27)),
        (date(2026, 1, 31), MONTHS, 2, 0, date(2026, 3, 30)),
        (date(2027, 12, 31), MONTHS, 2, 0, date(2028, 2, 28)),
        (date(2024, 2, 29), MONTHS, 12, 0, date(2025, 2, 27)),
        (date(2024, 2, 29), MONTHS, 48, 0, date(2028, 2, 28)),
        (date(2026, 9, 7), WEEKS, 1, 0, date(2026, 9, 13)),
        (date(2026, 12, 28), WEEKS, 12, 0, date(2027, 3, 21)),
        (date(2026, 9, 7), LESSONS, 10, 2, date(2026, 10, 11)),
        (date(2026, 9, 7), LESSONS, 11, 2, date(2026, 10, 18)),
        (date(2026, 9, 7), LESSONS, 1, 3, date(2026, 9, 13)),
        (date(2026, 9, 7), LESSONS, 40, 0, None),
        (date(2026, 9, 7), MONTHS, 0, 0, None),
        (date(2026, 9, 7), LESSONS, 0, 2, None),
    ],
)
def test_last_day(anchor, unit, count, per_week, expected):
    assert last_day(anchor, unit, count, lessons_per_week=per_week) == expected


def test_periods_tile_the_term():
    """No gap, no overlap, first to last day: for 500 random terms."""
    chance = random.Random(20261122)
    for _case in range(500):
        anchor = date(2023, 1, 1) + timedelta(days=chance.randrange(3000))
        unit, count = chance.choice((MONTHS, WEEKS)), chance.randrange(1, 40)
        found = list(periods(anchor, unit, count))
        assert len(found) == count
        assert found[0][0] == anchor
        assert found[-1][1] == last_day(anchor, unit, count)
        for (start, end), (next_start, _next_end) in pairwise(found):
            assert start <= end
            assert next_start == end + DAY
