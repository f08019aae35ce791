"""Ages on the day before, on and after the birthday, 29 February included."""

from datetime import date, timedelta

import pytest

from edu_crm_addon.logic.people import age_on, born_after_to_be_minor, is_minor


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(2010, 9, 1), date(2010, 9, 1), 0),
        (date(2010, 9, 1), date(2011, 8, 31), 0),
        (date(2010, 9, 1), date(2011, 9, 1), 1),
        (date(2010, 9, 1), date(2028, 8, 31), 17),
        (date(2010, 9, 1), date(2028, 9, 1), 18),
        (date(2010, 12, 31), date(2011, 1, 1), 0),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(1926, 11, 22), date(2026, 11, 22), 100),
    ],
)
def test_age(birth, today, age):
    assert age_on(birth, today) == age


@pytest.mark.parametrize(
    ("birth", "adult_age", "minor"),
    [
        (date(2008, 11, 22), 18, False),
        (date(2008, 11, 23), 18, True),
        (date(2005, 11, 23), 21, True),
        (date(2005, 11, 22), 21, False),
        (date(2026, 11, 22), 0, False),
        (None, 18, False),
    ],
)
def test_minor_on_22_november_2026(birth, adult_age, minor):
    assert is_minor(birth, date(2026, 11, 22), adult_age) is minor


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2028, 2, 28),
        date(2028, 2, 29),
        date(2028, 3, 1),
    ],
)
@pytest.mark.parametrize("adult_age", [16, 18, 20, 21])
def test_minors_are_exactly_those_born_after_the_limit(today, adult_age):
    """The date that the database searches by agrees with the rule, day by day."""
    limit = born_after_to_be_minor(today, adult_age)
    for days in range(-400, 401):
        birth = limit + timedelta(days=days)
        assert is_minor(birth, today, adult_age) is (birth > limit), birth
