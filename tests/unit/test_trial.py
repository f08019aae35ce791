"""Which state of a trial lesson may follow which, and what comes after a result."""

from datetime import datetime

import pytest

from edu_crm_addon.logic.trial import (
    CODES,
    Step,
    lead_state,
    may_become,
    next_step,
    result_limit,
)

ALLOWED = {
    ("planned", "confirmed"),
    ("planned", "canceled"),
    ("confirmed", "planned"),
    ("confirmed", "attended"),
    ("confirmed", "missed"),
    ("confirmed", "canceled"),
    ("attended", "planned"),
    ("missed", "planned"),
    ("canceled", "planned"),
}
MARCH = [datetime(2026, 3, day) for day in range(1, 10)]


@pytest.mark.parametrize("state", CODES)
@pytest.mark.parametrize("target", CODES)
def test_transitions(state, target):
    expected = state == target or (state, target) in ALLOWED
    assert may_become(state, target) == expected


@pytest.mark.parametrize(
    ("state", "outcome", "expected"),
    [
        ("attended", "enroll", Step(kind="follow_up", days=0)),
        ("attended", "undecided", Step(kind="follow_up", days=1)),
        ("attended", "not_interested", Step(kind="follow_up", days=1)),
        ("missed", None, Step(kind="reschedule", days=0)),
        ("planned", None, None),
        ("confirmed", None, None),
        ("canceled", None, None),
    ],
)
def test_next_step(state, outcome, expected):
    assert next_step(state, outcome) == expected


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ([], None),
        (["canceled"], None),
        (["planned"], "planned"),
        (["planned", "confirmed"], "confirmed"),
        (["missed", "attended"], "attended"),
        (["attended", "missed"], "missed"),
        # A result outweighs whatever is still to come.
        (["attended", "planned"], "attended"),
        (["missed", "canceled", "confirmed"], "missed"),
    ],
)
def test_state_of_a_lead(lessons, expected):
    history = [(MARCH[i], i, state) for i, state in enumerate(lessons)]
    assert lead_state(history) == expected
    assert lead_state(history[::-1]) == expected


def test_lessons_at_the_same_moment_are_told_apart_by_their_number():
    assert lead_state([(MARCH[0], 2, "missed"), (MARCH[0], 1, "attended")]) == "missed"


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, MARCH[5]), (24, MARCH[4]), (12, datetime(2026, 3, 5, 12))],
)
def test_when_a_result_is_overdue(hours, expected):
    assert result_limit(MARCH[5], hours) == expected
