"""The state of an enrollment on a day."""

from datetime import date
from itertools import product

import pytest

from edu_crm_addon.logic.enrollment import ROLLED, STATES, Facts, roll

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
BEFORE, DURING, AFTER = date(2026, 8, 31), date(2026, 9, 15), date(2026, 10, 1)


def on(today, state, **facts):
    return roll(Facts(state=state, date_start=FIRST, date_end=LAST, **facts), today)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "canceled"])
@pytest.mark.parametrize("today", [BEFORE, DURING, AFTER])
def test_what_people_decide_stays(state, today):
    assert on(today, state) == state


@pytest.mark.parametrize(
    ("today", "state", "facts", "expected"),
    [
        (BEFORE, "onboarding", {}, "onboarding"),
        (FIRST, "onboarding", {}, "active"),
        (LAST, "onboarding", {}, "active"),
        (AFTER, "onboarding", {}, "ended"),
        (DURING, "onboarding", {"is_ready": False}, "onboarding"),
        (AFTER, "onboarding", {"is_ready": False}, "ended"),
        (DURING, "onboarding", {"is_paused": True}, "paused"),
        (AFTER, "onboarding", {"is_paused": True}, "ended"),
        (BEFORE, "active", {}, "onboarding"),
        (DURING, "active", {"is_ready": False}, "active"),
        (LAST, "active", {}, "active"),
        (AFTER, "active", {}, "ended"),
        (DURING, "active", {"is_paused": True}, "paused"),
        (AFTER, "active", {"is_paused": True}, "paused"),
        (DURING, "paused", {}, "active"),
        (AFTER, "paused", {}, "ended"),
        (AFTER, "paused", {"is_paused": True}, "paused"),
        (AFTER, "ended", {}, "ended"),
        (AFTER, "ended", {"is_paused": True}, "ended"),
        (LAST, "ended", {}, "active"),
        (BEFORE, "ended", {}, "onboarding"),
    ],
)
def test_the_calendar_decides_the_rest(today, state, facts, expected):
    assert on(today, state, **facts) == expected


def test_without_a_last_day_it_goes_on():
    facts = Facts(state="active", date_start=FIRST)
    assert roll(facts, date(2099, 1, 1)) == "active"


def test_rolling_twice_changes_nothing():
    for state, today, ready, paused in product(
        STATES, (BEFORE, FIRST, DURING, LAST, AFTER), (True, False), (True, False)
    ):
        once = on(today, state, is_ready=ready, is_paused=paused)
        assert on(today, once, is_ready=ready, is_paused=paused) == once
        assert (once in ROLLED) == (state in ROLLED)
