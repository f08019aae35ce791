"""Points, proposals and reasons of the screening, worked out by hand."""

import pytest

from edu_crm_addon.logic.screening import (
    INTENTS,
    Answers,
    Levels,
    Reason,
    missing,
    propose,
    screen,
)

LEVELS = Levels(high=80, medium=40)
ASKED = Answers(money="yes", authority="decide", need="yes", has_need_text=True)


def met(*points):
    """Return rules met, numbered from 1 in their order."""
    return [Reason(rule=n, points=p) for n, p in enumerate(points, 1)]


def rules(reasons):
    return [reason.rule for reason in reasons]


@pytest.mark.parametrize(
    ("score", "intent"),
    [
        (1000, "high"),
        (80, "high"),
        (79, "medium"),
        (40, "medium"),
        (39, "low"),
        (0, "low"),
        (-120, "low"),
    ],
)
def test_the_highest_level_reached_is_proposed(score, intent):
    assert propose(score, LEVELS) == intent


@pytest.mark.parametrize(
    ("points", "score", "intent"),
    [
        ((), 0, "low"),
        ((50,), 50, "medium"),
        ((50, 25), 75, "medium"),
        ((50, 25, 25), 100, "high"),
        ((50, 25, 25, -10, -10), 80, "high"),
        ((50, 25, 25, -10, -11), 79, "medium"),
        ((-50, 25, 25), 0, "low"),
        ((-50, 25, 25, 10, 5, 5), 20, "low"),
        ((20, 25, 25), 70, "medium"),
    ],
)
def test_points_are_added_and_taken_away(points, score, intent):
    result = screen(ASKED, met(*points), LEVELS)
    assert (result.score, result.intent) == (score, intent)


def test_three_strongest_reasons_each_way_the_heaviest_first():
    result = screen(ASKED, met(5, -10, 50, 25, -50, 10, -25, -5), LEVELS)
    assert rules(result.strengths) == [3, 4, 6]
    assert rules(result.weaknesses) == [5, 7, 2]


def test_among_equal_points_the_order_of_the_rules_decides():
    result = screen(ASKED, met(5, 5, 5, 5, -1, -1, -1, -1), LEVELS)
    assert rules(result.strengths) == [1, 2, 3]
    assert rules(result.weaknesses) == [5, 6, 7]


def test_fewer_reasons_are_just_fewer():
    result = screen(ASKED, met(50), LEVELS)
    assert rules(result.strengths) == [1]
    assert result.weaknesses == ()


def test_without_any_answer_a_lead_is_not_screened():
    result = screen(Answers(can_be_reached=True), met(50, 50), LEVELS)
    assert (result.score, result.intent) == (0, "")
    assert (result.strengths, result.weaknesses) == ((), ())


@pytest.mark.parametrize(
    "answers",
    [Answers(money="no"), Answers(authority="none"), Answers(need="unclear")],
)
def test_one_answer_is_enough_to_be_screened_and_a_no_is_one(answers):
    assert screen(answers, [], LEVELS).intent == "low"


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (Answers(), ("money", "authority", "need", "contact")),
        (Answers(can_be_reached=True), ("money", "authority", "need")),
        (Answers(money="partly"), ("authority", "need", "contact")),
        (Answers(need="yes"), ("money", "authority", "need_text", "contact")),
        (Answers(need="unclear"), ("money", "authority", "need_text", "contact")),
        (Answers(need="no"), ("money", "authority", "contact")),
        (ASKED, ("contact",)),
        (
            Answers(money="no", authority="oppose", need="no", can_be_reached=True),
            (),
        ),
    ],
)
def test_what_is_missing(answers, codes):
    assert missing(answers) == codes


def test_intents_from_high_to_low():
    assert INTENTS == ("high", "medium", "low")
