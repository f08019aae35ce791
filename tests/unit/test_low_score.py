from datetime import date, timedelta

import pytest

from edu_crm_addon.logic import low_score as rule

ANSWERED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("scores", "threshold", "expected"),
    [
        ({}, 40, None),
        ({"overall": 41}, 40, None),
        ({"overall": 40}, 40, (40, ("overall",))),
        ({"overall": 0}, 0, (0, ("overall",))),
        ({"price": 25, "overall": 75, "service": 0}, 40, (0, ("service", "price"))),
        ({"overall": 100}, 100, (100, ("overall",))),
    ],
)
def test_what_is_at_or_under_the_threshold_is_low(scores, threshold, expected):
    found = rule.low(scores, threshold)
    assert (found and (found.score, found.dimensions)) == expected


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, rule.NOT_RECOVERED), (40, rule.NOT_RECOVERED), (40.1, rule.RECOVERED)],
)
def test_who_scores_above_the_threshold_is_won_back(score, expected):
    assert rule.outcome(score, 40) == expected


@pytest.mark.parametrize(
    ("complaints", "days_later", "expected"),
    [
        ([], 90, None),
        ([], 91, True),
        # A complaint shows before the time is over, but the share waits for the others.
        ([1], 2, None),
        ([90], 91, False),
        ([-90], 91, False),
        ([91], 91, True),
        ([-91, 100], 365, True),
    ],
)
def test_silence_is_known_after_90_days(complaints, days_later, expected):
    days = [ANSWERED + timedelta(days=number) for number in complaints]
    today = ANSWERED + timedelta(days=days_later)
    assert rule.is_silent(ANSWERED, days, today) is expected


def test_dissatisfaction_is_perceived_identified_and_handled():
    steps = [
        rule.handling_step(None, None),
        rule.handling_step("The room is loud", None),
        rule.handling_step("The room is loud", "Another room"),
    ]
    assert steps == [rule.PERCEIVE, rule.IDENTIFY, rule.HANDLE]
