"""The ladder of reminders, by hand, and day by day for a month."""

from datetime import date, timedelta

import pytest

from edu_crm_addon.logic.reminders import Decision, Facts, decide, decide_by_hand

DUE = date(2026, 3, 1)
DAYS = (3, 10, 20)

LADDER = {
    # days after the due date, steps taken before -> step, skipped
    "on the due date": (0, (), None),
    "two days late": (2, (), None),
    "three days late": (3, (), (1, ())),
    "four days late, first sent": (4, (1,), None),
    "nine days late, first sent": (9, (1,), None),
    "ten days late": (10, (1,), (2, ())),
    "ten days late, nothing sent: the job stood still": (10, (), (2, (1,))),
    "twenty days late": (20, (1, 2), (3, ())),
    "twenty days late, nothing sent": (20, (), (3, (1, 2))),
    "twenty days late, only the first sent": (20, (1,), (3, (2,))),
    "twenty days late, second by hand": (20, (2,), (3, (1,))),
    "ten days late, third by hand already": (10, (3,), None),
    "a year late, all sent": (365, (1, 2, 3), None),
}


@pytest.mark.parametrize("name", LADDER)
def test_ladder(name):
    late, taken, expected = LADDER[name]
    facts = Facts(due=DUE, taken=frozenset(taken))
    found = decide(facts, DAYS, DUE + timedelta(days=late))
    assert found == (expected and Decision(step=expected[0], skipped=expected[1]))


@pytest.mark.parametrize(
    ("days", "late", "expected"),
    [
        ((0, 10, 20), 5, None),
        ((0, 10, 20), 10, Decision(step=2)),
        ((3, 0, 20), 15, Decision(step=1)),
        ((3, 0, 20), 20, Decision(step=3, skipped=(1,))),
        ((3, 10, 0), 99, Decision(step=2, skipped=(1,))),
        ((0, 0, 0), 99, None),
    ],
)
def test_a_step_with_0_days_is_off(days, late, expected):
    assert decide(Facts(due=DUE), days, DUE + timedelta(days=late)) == expected


@pytest.mark.parametrize(
    "facts",
    [
        Facts(due=DUE, is_open=False),
        Facts(due=DUE, is_stopped=True),
        Facts(due=None),
    ],
)
def test_nobody_is_reminded_of_what_is_paid_blocked_or_without_a_date(facts):
    late = DUE + timedelta(days=30)
    assert decide(facts, DAYS, late) is None
    assert decide_by_hand(facts, late) is None


@pytest.mark.parametrize("first_run", range(40))
def test_each_step_at_most_once_whenever_the_job_runs(first_run):
    taken, sent = set(), []
    for late in range(first_run, 60, 1 + first_run % 4):
        facts = Facts(due=DUE, taken=frozenset(taken))
        decision = decide(facts, DAYS, DUE + timedelta(days=late))
        if decision:
            sent.append(decision.step)
            taken |= {decision.step, *decision.skipped}
        again = Facts(due=DUE, taken=frozenset(taken))
        assert decide(again, DAYS, DUE + timedelta(days=late)) is None
    assert sent == sorted(set(sent))
    assert taken == {1, 2, 3}


@pytest.mark.parametrize(
    ("taken", "expected"), [((), 1), ((1,), 2), ((1, 2), 3), ((2,), 3), ((3,), None)]
)
def test_the_button_takes_the_next_step(taken, expected):
    facts = Facts(due=DUE, taken=frozenset(taken))
    decision = decide_by_hand(facts, DUE + timedelta(days=1))
    assert (decision and decision.step) == expected


def test_the_button_reminds_of_nothing_before_it_is_overdue():
    assert decide_by_hand(Facts(due=DUE), DUE) is None
