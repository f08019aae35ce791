"""Levels of membership, decided by hand."""

from datetime import date

import pytest

from edu_crm_addon.logic import levels as rule

TODAY = date(2026, 3, 31)
BRONZE, SILVER, GOLD, CLUB = 1, 2, 3, 9
LADDER = [
    rule.Level(id=GOLD, threshold=1000),
    rule.Level(id=BRONZE, threshold=100),
    rule.Level(id=SILVER, threshold=500),
]


def decide(ladder=LADDER, **standing):
    decision = rule.decide(
        rule.Standing(**standing), ladder, today=TODAY, grace_days=30
    )
    return decision.move, decision.level


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (0, None),
        (99.99, None),
        (100, BRONZE),
        (499, BRONZE),
        (500, SILVER),
        (9999, GOLD),
    ],
)
def test_the_highest_level_that_the_points_reach_is_earned(points, level):
    found = rule.earned(points, 0, LADDER)
    assert (found and found.id) == level


@pytest.mark.parametrize(
    ("points", "level", "expected"),
    [
        (0, None, (rule.STAY, None)),
        (100, None, (rule.UP, BRONZE)),
        (1000, BRONZE, (rule.UP, GOLD)),
        (700, SILVER, (rule.STAY, SILVER)),
        (0, GOLD, (rule.NOTIFY, SILVER)),
        (50, BRONZE, (rule.NOTIFY, None)),
    ],
)
def test_up_at_once_and_down_with_a_notice(points, level, expected):
    assert decide(points=points, level=level) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (date(2026, 3, 2), (rule.STAY, GOLD)),
        (date(2026, 3, 1), (rule.DOWN, SILVER)),
        (date(2025, 1, 1), (rule.DOWN, SILVER)),
    ],
)
def test_down_one_step_after_the_days_of_grace(told, expected):
    assert decide(points=0, level=GOLD, notified_on=told) == expected


def test_who_earns_the_level_again_keeps_it():
    told = date(2026, 1, 1)
    assert decide(points=1000, level=GOLD, notified_on=told) == (rule.RECOVER, GOLD)
    assert decide(points=1000, level=SILVER, notified_on=told) == (rule.UP, GOLD)


def test_a_level_that_is_paid_is_kept_to_its_last_day():
    assert decide(points=0, level=GOLD, kept_until=TODAY) == (rule.STAY, GOLD)
    yesterday = date(2026, 3, 30)
    assert decide(points=0, level=GOLD, kept_until=yesterday) == (rule.NOTIFY, SILVER)
    assert decide(points=1000, level=SILVER, kept_until=TODAY) == (rule.UP, GOLD)


def test_a_level_of_no_ladder_never_moves():
    assert decide(points=1000, level=CLUB) == (rule.STAY, CLUB)
    assert decide(points=0, level=CLUB) == (rule.STAY, CLUB)
    assert decide([], points=1000, level=GOLD) == (rule.STAY, GOLD)


def test_points_of_another_company_count_for_shared_levels_only():
    shared = [
        rule.Level(id=BRONZE, threshold=100, is_shared=True),
        rule.Level(id=GOLD, threshold=1000),
    ]
    assert decide(shared, points=0, best_points=2000) == (rule.UP, BRONZE)
    assert decide(shared, points=1000, best_points=1000) == (rule.UP, GOLD)


@pytest.mark.parametrize(
    ("points", "expected"),
    [(0, (BRONZE, 100)), (120, (SILVER, 380)), (999, (GOLD, 1)), (1000, (None, 0))],
)
def test_what_is_missing_to_the_next_level(points, expected):
    assert rule.following(points, 0, LADDER) == expected
