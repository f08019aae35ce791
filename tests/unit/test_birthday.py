"""Birthdays over the turn of the year and in leap years."""

from datetime import date

import pytest

from edu_crm_addon.logic.birthday import birth_days, birthdays

BORN = date(2016, 1, 2)
LEAP = date(2016, 2, 29)


@pytest.mark.parametrize(
    ("born", "first", "last", "days"),
    [
        (BORN, date(2026, 1, 1), date(2026, 1, 3), [date(2026, 1, 2)]),
        (BORN, date(2025, 12, 30), date(2026, 1, 2), [date(2026, 1, 2)]),
        (BORN, date(2026, 1, 3), date(2026, 1, 9), []),
        (BORN, date(2016, 1, 1), date(2016, 1, 3), []),
        (BORN, date(2015, 1, 1), date(2015, 1, 3), []),
        (
            BORN,
            date(2026, 1, 1),
            date(2027, 1, 9),
            [date(2026, 1, 2), date(2027, 1, 2)],
        ),
        (LEAP, date(2026, 2, 27), date(2026, 3, 2), [date(2026, 3, 1)]),
        (LEAP, date(2028, 2, 27), date(2028, 3, 2), [date(2028, 2, 29)]),
        (LEAP, date(2026, 2, 27), date(2026, 2, 28), []),
    ],
)
def test_birthdays_of_a_period(born, first, last, days):
    assert birthdays(born, first, last) == days


@pytest.mark.parametrize(
    ("day", "born"),
    [
        (date(2026, 2, 28), [(2, 28)]),
        (date(2026, 3, 1), [(3, 1), (2, 29)]),
        (date(2028, 2, 29), [(2, 29)]),
        (date(2028, 3, 1), [(3, 1)]),
        (date(2027, 12, 31), [(12, 31)]),
    ],
)
def test_who_has_birthday(day, born):
    assert birth_days(day) == born
