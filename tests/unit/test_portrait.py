"""The customer portrait, by hand-computed cases."""

from datetime import date

import pytest

from edu_crm_addon.logic.portrait import fit

TODAY = date(2026, 11, 22)
PRIMARY, SECONDARY, HIGHER = (6, 12), (12, 18), (18, 0)


@pytest.mark.parametrize(
    ("birth", "ages", "expected"),
    [
        (date(2020, 11, 22), [PRIMARY], "fits"),  # six today
        (date(2020, 11, 23), [PRIMARY], "too_young"),  # six tomorrow
        (date(2014, 11, 23), [PRIMARY], "fits"),  # eleven until tomorrow
        (date(2014, 11, 22), [PRIMARY], "too_old"),  # twelve today
        (date(2014, 11, 22), [PRIMARY, SECONDARY], "fits"),
        (date(1946, 1, 1), [HIGHER], "fits"),  # no upper age
        (date(2012, 1, 1), [PRIMARY, HIGHER], "too_young"),  # between the two
        (date(1996, 1, 1), [PRIMARY, SECONDARY], "too_old"),
        (None, [PRIMARY], None),
        (date(2016, 1, 1), [], None),
    ],
)
def test_fit(birth, ages, expected):
    assert fit(birth, ages, TODAY) == expected
