"""Wallets worked out by hand."""

from datetime import date

import pytest

from edu_crm_addon.logic import points as rule

JANUARY, JUNE, DECEMBER = date(2026, 1, 31), date(2026, 6, 30), date(2026, 12, 31)


def book(*rows):
    """Each row: points, day, last day, what it reverses (position from 1)."""
    names = ("points", "on", "expires_on", "reverses")
    return [
        rule.Movement(id=number, **dict(zip(names, row, strict=False)))
        for number, row in enumerate(rows, 1)
    ]


def left(*rows):
    wallet = rule.replay(book(*rows))
    return [(g.id, g.left) for g in wallet.grants], wallet.debt


def test_what_expires_first_goes_first_and_never_goes_last():
    grants = [(100, JANUARY), (100, JANUARY, DECEMBER), (100, JANUARY, JUNE)]
    assert left(*grants, (-250, JANUARY)) == ([(1, 50)], 0)
    assert left(*grants, (-150, JANUARY)) == ([(2, 50), (1, 100)], 0)


def test_of_two_with_one_last_day_the_older_goes_first():
    grants = [(100, JANUARY, JUNE), (100, JANUARY, JUNE)]
    assert left(*grants, (-30, JANUARY)) == ([(1, 70), (2, 100)], 0)


def test_points_given_back_return_to_the_grants_they_came_from():
    rows = [(100, JANUARY, JUNE), (100, JANUARY, DECEMBER), (-150, JANUARY)]
    assert left(*rows, (150, JANUARY, None, 3)) == ([(1, 100), (2, 100)], 0)
    # In part: those taken last return first.
    assert left(*rows, (60, JANUARY, None, 3)) == ([(1, 10), (2, 100)], 0)


def test_points_of_an_expired_grant_come_back_with_a_term_of_grace():
    grace = date(2026, 8, 31)
    rows = [(100, JANUARY, JUNE), (-80, JANUARY), (-20, date(2026, 7, 1), None, 1)]
    back = (80, date(2026, 8, 1), grace, 2)
    wallet = rule.replay(book(*rows, back))
    assert [(g.id, g.left, g.expires_on) for g in wallet.grants] == [(4, 80, grace)]


def test_taking_back_takes_what_is_left_of_the_grant_first():
    rows = [(100, JANUARY, JUNE), (100, JANUARY, DECEMBER), (-30, JANUARY)]
    assert left(*rows, (-100, JANUARY, None, 2)) == ([(1, 70)], 0)
    assert left(*rows, (-100, JANUARY, None, 1)) == ([(2, 70)], 0)


def test_what_nobody_has_is_owed_and_paid_by_the_next_points():
    rows = [(100, JANUARY), (-60, JANUARY), (-100, JANUARY, None, 1)]
    assert left(*rows) == ([], 60)
    assert left(*rows, (50, JANUARY)) == ([], 10)
    assert left(*rows, (80, JANUARY)) == ([(4, 20)], 0)


def test_giving_back_settles_the_debt_of_that_movement_first():
    rows = [(100, JANUARY), (-150, JANUARY)]
    assert left(*rows, (70, JANUARY, None, 2)) == ([(1, 20)], 0)


def test_points_that_paid_a_debt_come_back_with_it():
    rows = [(-50, JANUARY), (80, JANUARY, JUNE), (50, JANUARY, None, 1)]
    assert left(*rows) == ([(2, 80)], 0)


def test_the_balance_is_the_sum_of_the_movements():
    rows = book((99.5, JANUARY), (-120.25, JANUARY), (10, JANUARY))
    assert rule.replay(rows).balance == pytest.approx(-10.75)


def test_what_is_about_to_expire_counts_its_last_day():
    wallet = rule.replay(book((10, JANUARY, JUNE), (20, JANUARY, DECEMBER)))
    assert wallet.expiring(JUNE) == 10
    assert wallet.expiring(date(2026, 6, 29)) == 0


@pytest.mark.parametrize(
    ("points", "expected"), [(99.99, 99), (120 * 1.1, 132), (0.4, 0), (7, 7)]
)
def test_awards_are_whole_points_rounded_down(points, expected):
    assert rule.whole(points) == expected
