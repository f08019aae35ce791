"""Intervals of means, shares and the NPS: hand-computed tables."""

from math import sqrt

import pytest

from edu_crm_addon.logic import interval as rule
from edu_crm_addon.logic.interval import Estimate


# Tables of Student's t, two-sided, 95 %.
@pytest.mark.parametrize(
    ("degrees", "point"),
    [
        (1, 12.706),
        (2, 4.303),
        (9, 2.262),
        (29, 2.045),
        (30, 2.042),
        (31, 2.040),
        (40, 2.021),
        (60, 2.000),
        (100, 1.984),
        (1000, 1.962),
    ],
)
def test_student_s_t(degrees, point):
    assert rule.t_quantile(degrees) == pytest.approx(point, abs=6e-4)


def test_the_points_fall():
    points = [rule.t_quantile(degrees) for degrees in range(1, 200)]
    assert points == sorted(points, reverse=True)
    assert points[-1] > rule.Z


# Scores 25, 50, 75, 100: mean 62.5, s² = 3125 / 3, s/√4 = 16.137, t(3) = 3.1824.
FOUR = (4, 250, 25**2 + 50**2 + 75**2 + 100**2)


def test_the_interval_of_a_mean():
    found = rule.mean(*FOUR)
    assert found.value == 62.5
    assert found.low == pytest.approx(62.5 - 51.355, abs=0.01)
    assert found.high == 100  # and not 113.9: there are no such scores


def test_who_asked_nearly_everybody_is_nearly_sure():
    # √((5 - 4) / (5 - 1)) = 1/2
    assert rule.mean(*FOUR, population=5).low == pytest.approx(36.82, abs=0.01)
    assert rule.mean(*FOUR, population=4) == Estimate(
        n=4, value=62.5, low=62.5, high=62.5
    )


def test_more_answers_than_people_are_of_an_unknown_number():
    assert rule.mean(*FOUR, population=3) == rule.mean(*FOUR)


@pytest.mark.parametrize(("n", "total", "squares"), [(1, 40, 1600), (3, 120, 4800)])
def test_answers_that_do_not_differ_have_no_interval(n, total, squares):
    found = rule.mean(n, total, squares)
    assert (found.value, found.has_interval, found.margin) == (40, False, None)


def test_nothing_of_nothing():
    assert rule.mean(0, 0, 0) == rule.share(0, 0) == rule.nps(0, 0, 0) == Estimate(n=0)


# Wilson 1927, values as in Newcombe 1998 (table I).
@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1),
    ],
)
def test_the_interval_of_a_share(part, n, low, high):
    found = rule.share(part, n)
    assert (found.low, found.high) == (
        pytest.approx(low, abs=1e-4),
        pytest.approx(high, abs=1e-4),
    )


# Half promote, a fifth detracts: research C5.
@pytest.mark.parametrize(("n", "half"), [(30, 28), (100, 15), (400, 8)])
def test_the_interval_of_the_nps(n, half):
    found = rule.nps(n // 2, n // 5, n)
    assert found.value == pytest.approx(30)
    assert found.margin == pytest.approx(half, abs=0.5)


def test_the_nps_of_few_by_hand():
    # 3 promote, 1 detracts, 1 neither: 40; √((.8 - .16) / 5) = .3578
    found = rule.nps(3, 1, 5)
    assert found.value == pytest.approx(40)
    assert found.low == pytest.approx(40 - 100 * rule.Z * sqrt(0.64 / 5))
    assert found.high == 100
    assert rule.nps(3, 1, 5, population=5).margin == 0


def test_all_promote():
    assert rule.nps(4, 0, 4) == Estimate(n=4, value=100)


@pytest.mark.parametrize(
    ("before", "after", "is_proven"),
    [
        ((50, 60), (61, 70), True),
        ((50, 60), (60, 70), False),
        ((61, 70), (50, 60), True),
        ((50, 60), (52, 58), False),
        ((None, None), (90, 99), False),
        ((50, 60), (None, None), False),
    ],
)
def test_a_change_is_proven_if_the_intervals_are_apart(before, after, is_proven):
    first, last = (
        Estimate(n=9, value=50, low=low, high=high) for low, high in (before, after)
    )
    assert rule.is_change_proven(first, last) is is_proven
