"""Hand-computed awards: the rule that fits, its limits, and what a change would do."""

from datetime import date

import pytest

from edu_crm_addon.logic.award import (
    BUDGET,
    MEMBER,
    MONTH,
    Event,
    Terms,
    Used,
    compare,
    decide,
    needs_approval,
)

DAY = date(2026, 9, 10)
LATER = date(2026, 10, 1)


def event(member="Li", on=DAY, **values):
    return Event(key="k", member=member, on=on, **values)


def results(events, *rules, used=None):
    return [(a.rule, a.points, a.refused) for a in decide(events, rules, used)]


# ---------------------------------------------------------------------- which rule
@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"stage": 1, "course": 7}, 1),
        ({"stage": 2, "course": 7}, 2),
        ({"stage": 1, "course": 8}, 3),
        ({}, 3),
    ],
)
def test_the_first_rule_that_fits_counts(values, rule):
    rules = [
        Terms(id=1, points=10, stages=frozenset({1}), courses=frozenset({7})),
        Terms(id=2, points=10, courses=frozenset({7})),
        Terms(id=3, points=10),
    ]
    assert results([event(**values)], *rules) == [(rule, 10, None)]


@pytest.mark.parametrize(
    ("on", "fits"),
    [
        (date(2026, 9, 9), False),
        (date(2026, 9, 10), True),
        (date(2026, 9, 20), True),
        (date(2026, 9, 21), False),
    ],
)
def test_a_rule_counts_from_its_first_to_its_last_day(on, fits):
    rule = Terms(id=1, points=5, date_from=DAY, date_to=date(2026, 9, 20))
    assert bool(results([event(on=on)], rule)) is fits


def test_no_rule_or_no_points_is_no_award():
    assert results([event()]) == []
    assert results([event()], Terms(id=1, points=0)) == []


# ---------------------------------------------------------------------- how many
@pytest.mark.parametrize(
    ("multiplies", "multiplier", "given", "points"),
    [
        (False, 1.5, None, 55),
        (True, 1.5, None, 82),  # 82.5, rounded down once
        (True, 1.1, None, 60),  # 60.5
        (True, 1.2, None, 66),  # 66.0 and no binary dust
        (True, 1.5, 40, 40),  # a person decided
        (True, 0.0, None, None),
    ],
)
def test_the_level_multiplies_and_points_are_whole(
    multiplies, multiplier, given, points
):
    rule = Terms(id=1, points=55, multiplies=multiplies)
    found = results([event(multiplier=multiplier, points=given)], rule)
    assert found == ([(1, points, None)] if points else [])


# ---------------------------------------------------------------------- limits
def test_a_member_gets_so_much_in_a_month():
    rule = Terms(id=1, points=50, member_limit=100)
    events = [event(), event(), event(), event("Wang"), event(on=LATER)]
    refused = [None, None, MEMBER, None, None]
    assert results(events, rule) == [(1, 50, code) for code in refused]


def test_all_members_get_so_much_in_a_month():
    rule = Terms(id=1, points=50, month_limit=100)
    events = [event("Li"), event("Wang"), event("Zhao"), event("Zhao", LATER)]
    refused = [None, None, MONTH, None]
    assert results(events, rule) == [(1, 50, code) for code in refused]


def test_a_budget_ends():
    rule = Terms(id=1, points=50, budget=120)
    events = [event("Li"), event("Wang"), event("Zhao", LATER)]
    refused = [None, None, BUDGET]
    assert results(events, rule) == [(1, 50, code) for code in refused]


def test_a_smaller_award_may_still_fit():
    rule = Terms(id=1, points=50, budget=120)
    events = [event(), event(), event(points=30), event(points=20)]
    assert [code for *_rest, code in results(events, rule)] == [
        None,
        None,
        BUDGET,
        None,
    ]


def test_what_was_given_before_counts():
    used = Used()
    used.add(1, (2026, 9), "Li", 80)
    rule = Terms(id=1, points=50, member_limit=100, month_limit=150)
    events = [event(), event("Wang"), event("Zhao"), event(on=LATER)]
    refused = [MEMBER, None, MONTH, None]
    found = results(events, rule, used=used)
    assert found == [(1, 50, code) for code in refused]


def test_a_refused_event_takes_nothing_from_the_next_rule():
    rules = [Terms(id=1, points=50, budget=50), Terms(id=2, points=10)]
    assert results([event(), event()], *rules) == [(1, 50, None), (1, 50, BUDGET)]


# ---------------------------------------------------------------------- dry run
def test_a_dry_run_shows_who_wins_and_who_loses():
    events = [
        event("Li", stage=1),
        event("Li", stage=1),
        event("Wang", stage=2),
        event("Zhao", stage=2),
    ]
    before = [Terms(id=1, points=100)]
    after = [Terms(id=1, points=150, stages=frozenset({1}))]
    found = compare(events, before, after)
    assert (found.events, found.before, found.after) == (4, 400, 300)
    assert found.difference == -100
    assert found.winners == {"Li": 100}
    assert found.losers == {"Wang": -100, "Zhao": -100}


def test_a_new_rule_has_only_winners():
    found = compare([event("Li"), event("Wang")], [], [Terms(id=0, points=30)])
    assert (found.before, found.after, found.losers) == (0, 60, {})
    assert found.winners == {"Li": 30, "Wang": 30}


def test_who_gets_the_same_neither_wins_nor_loses():
    rules = [Terms(id=1, points=30)]
    found = compare([event()], rules, rules)
    assert (found.difference, found.winners, found.losers) == (0, {}, {})


# ---------------------------------------------------------------------- by hand
@pytest.mark.parametrize(
    ("points", "given", "waits"),
    [
        (500, 0, False),
        (501, 0, True),
        (-500, 0, False),
        (-501, 0, True),
        (100, 400, False),
        (101, 400, True),
        (-101, 400, True),
    ],
)
def test_large_amounts_by_hand_wait(points, given, waits):
    assert needs_approval(points, 500, given) is waits
