"""Expiry and notices, worked out by hand."""

from datetime import date

import pytest

from edu_crm_addon.logic import points_expiry as rule
from edu_crm_addon.logic.points import Grant, Wallet

LAST_DAY = date(2026, 6, 30)
PLAN = rule.Plan(first=30, last=7)


def wallet(*grants):
    return Wallet([Grant(number, *row) for number, row in enumerate(grants, 1)])


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 29), []),
        (LAST_DAY, []),
        (date(2026, 7, 1), [1]),
    ],
)
def test_points_can_be_used_on_the_last_day(today, expected):
    grants = wallet((LAST_DAY, 10.0), (None, 10.0), (date(2027, 1, 1), 10.0))
    assert [grant.id for grant in rule.expired(grants, today)] == expected


def test_the_next_expiry_is_the_first_to_come():
    grants = wallet((LAST_DAY, 10.0), (date(2026, 9, 30), 5.0), (None, 1.0))
    assert rule.next_expiry(grants, date(2026, 6, 1)) == LAST_DAY
    assert rule.next_expiry(grants, date(2026, 7, 1)) == date(2026, 9, 30)
    assert rule.next_expiry(grants, date(2026, 10, 1)) is None


@pytest.mark.parametrize(
    ("today", "told", "expected"),
    [
        (date(2026, 5, 30), set(), []),
        (date(2026, 5, 31), set(), ["first"]),
        (date(2026, 6, 22), {(1, "first")}, []),
        (date(2026, 6, 23), {(1, "first")}, ["last"]),
        # Nobody could be told in time: told once, not twice.
        (date(2026, 6, 23), set(), ["last"]),
        (LAST_DAY, {(1, "first"), (1, "last")}, []),
        # Too late: it is gone.
        (date(2026, 7, 1), set(), []),
    ],
)
def test_each_step_is_told_once(today, told, expected):
    notices = rule.due_notices(wallet((LAST_DAY, 10.0)), today, PLAN, told)
    assert [notice.step for notice in notices] == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (rule.Plan(), []),
        (rule.Plan(first=30), ["first"]),
        (rule.Plan(last=7), ["last"]),
    ],
)
def test_a_step_without_days_is_not_told(plan, expected):
    notices = rule.due_notices(wallet((LAST_DAY, 10.0)), LAST_DAY, plan)
    assert [notice.step for notice in notices] == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 5, 31), date(2026, 6, 23)),
        (date(2026, 6, 23), None),
    ],
)
def test_the_next_notice_is_the_next_step_of_any_grant(today, expected):
    assert rule.next_notice(wallet((LAST_DAY, 10.0)), today, PLAN) == expected


def test_points_given_now_are_planned_at_once():
    assert rule.first_notice(LAST_DAY, PLAN) == date(2026, 5, 31)
    assert rule.first_notice(LAST_DAY, rule.Plan(last=7)) == date(2026, 6, 23)
    assert rule.first_notice(LAST_DAY, rule.Plan()) is None


def test_a_reward_waits_for_the_refund_window():
    assert rule.release_day(date(2026, 6, 24), 7) == date(2026, 7, 1)
