"""The five signs of loyalty, worked out by hand."""

import pytest

from edu_crm_addon.logic import loyalty_measure as rule


@pytest.mark.parametrize(
    ("orders", "expected"), [(0, None), (1, 0), (2, 1 / 2), (3, 2 / 3), (10, 9 / 10)]
)
def test_repeat_purchases_of_all_purchases(orders, expected):
    assert rule.repeat_rate(orders) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, None), (0, 100), (9, 90), (45, 50), (90, 0), (91, 0), (-3, 100)],
)
def test_who_chooses_fast_is_loyal(days, expected):
    assert rule.choosing_score(days) == expected


@pytest.mark.parametrize(("step", "expected"), [(1, 0), (2, 25), (3, 50), (5, 100)])
def test_steps_are_evenly_apart(step, expected):
    assert rule.attitude_score(step) == expected


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0, 1), (12.4, 1), (12.5, 2), (50, 3), (87.5, 4), (88, 5), (100, 5)],
)
def test_a_score_is_the_nearest_step(score, expected):
    assert rule.step_of(score) == expected


@pytest.mark.parametrize("step", range(1, 6))
def test_steps_come_back(step):
    assert rule.step_of(rule.attitude_score(step)) == step


def test_what_is_unknown_is_left_out():
    known = rule.scores(3, 18, {rule.PRICE: 4, rule.QUALITY: None})
    assert known == pytest.approx(
        {rule.REPEAT: 200 / 3, rule.CHOOSING: 80, rule.PRICE: 75}
    )
    assert rule.total(known) == pytest.approx((200 / 3 + 80 + 75) / 3)


def test_nothing_known_is_no_zero():
    assert rule.scores(0, None, {}) == {}
    assert rule.total({}) is None


def test_zero_is_known():
    assert rule.total(rule.scores(1, 90, {rule.PRICE: 1})) == 0
