"""When a lead is late, and when its owner is reminded: every case by hand."""

from datetime import date, datetime

import pytest

from edu_crm_addon.logic.follow_up import FollowUp, due_on, is_late, reminder

# Wednesday; who was last contacted before Monday is beyond the delay.
TODAY = date(2026, 9, 16)
LIMIT = datetime(2026, 9, 14)
FRESH, OLD = datetime(2026, 9, 15, 9), datetime(2026, 9, 13, 9)
TOMORROW, YESTERDAY = date(2026, 9, 17), date(2026, 9, 15)
LAST_NIGHT = datetime(2026, 9, 16, 0, 40)
BEFORE_OLD = datetime(2026, 9, 12, 0, 40)


def lead(contact=FRESH, planned=None, reminded=None, is_open=True):
    return FollowUp(
        is_open=is_open,
        contact=contact,
        limit=LIMIT,
        last_deadline=planned,
        reminded=reminded,
    )


@pytest.mark.parametrize(
    ("contact", "planned", "late"),
    [
        (FRESH, None, True),
        (OLD, None, True),
        (FRESH, TOMORROW, False),
        (FRESH, TODAY, False),
        (FRESH, YESTERDAY, False),
        (OLD, TOMORROW, True),
        (OLD, TODAY, True),
        (OLD, YESTERDAY, True),
        (LIMIT, TOMORROW, False),
    ],
)
def test_late_is_without_next_activity_or_beyond_the_delay(contact, planned, late):
    assert is_late(lead(contact, planned)) is late
    assert not is_late(lead(contact, planned, is_open=False))


@pytest.mark.parametrize(
    ("contact", "planned", "reminded", "action"),
    [
        # Not late, nothing to remember.
        (FRESH, TOMORROW, None, "wait"),
        (FRESH, YESTERDAY, None, "wait"),
        # Late: once.
        (FRESH, None, None, "remind"),
        (OLD, None, None, "remind"),
        (OLD, YESTERDAY, None, "remind"),
        (OLD, None, LAST_NIGHT, "wait"),
        (OLD, YESTERDAY, LAST_NIGHT, "wait"),
        # Beyond the delay, but the next step is planned: listed, not nagged about.
        (OLD, TOMORROW, None, "wait"),
        (OLD, TODAY, None, "wait"),
        # The episode is over.
        (FRESH, TOMORROW, LAST_NIGHT, "settle"),
        (OLD, TOMORROW, LAST_NIGHT, "settle"),
        # Contacted since the reminder, and late again: a new episode.
        (FRESH, None, BEFORE_OLD, "remind"),
        (OLD, None, BEFORE_OLD, "remind"),
    ],
)
def test_one_reminder_per_episode(contact, planned, reminded, action):
    assert reminder(lead(contact, planned, reminded), TODAY) == action


def test_a_closed_lead_ends_its_episode():
    assert reminder(lead(reminded=LAST_NIGHT, is_open=False), TODAY) == "settle"
    assert reminder(lead(is_open=False), TODAY) == "wait"


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (0, date(2026, 9, 16)),
        (1, date(2026, 9, 17)),
        (15, date(2026, 10, 1)),
        (-3, date(2026, 9, 16)),
    ],
)
def test_next_step_is_due_after_the_days_of_the_level(days, due):
    assert due_on(TODAY, days) == due
