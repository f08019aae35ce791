"""What moves satisfaction: closed forms, a known truth, and when to say nothing."""

import time
from random import Random

import pytest

from edu_crm_addon.logic import drivers as rule

NAMES = ("teaching_quality", "education_product", "service", "price")
TRUTH = (0.5, 0.3, 0.15, 0.05)


def answers(n, weights=TRUTH, seed=7):
    """Return n answers of 1 to 5 in which each content weighs as given: C6."""
    random = Random(seed)

    def on_scale(value):
        return 25.0 * (max(1, min(5, round(3 + value))) - 1)

    rows = [[random.gauss(0, 1.1) for _name in weights] for _row in range(n)]
    overall = [
        on_scale(2 * sum(map(rule.mul, weights, row)) + random.gauss(0, 0.7))
        for row in rows
    ]
    columns = {
        name: [on_scale(row[number]) for row in rows]
        for number, name in enumerate(NAMES[: len(weights)])
    }
    return columns, overall


def two(first, second, both):
    """Return the matrix of two predictors."""
    return [[1, both, first], [both, 1, second], [first, second, 1]]


# With two: LMG₁ = (r₁² + R² - r₂²) / 2, R² = (r₁² + r₂² - 2 r₁ r₂ r₁₂) / (1 - r₁₂²)
@pytest.mark.parametrize(
    ("first", "second", "both"),
    [(0.6, 0.3, 0), (0.6, 0.3, 0.5), (0.5, 0.5, 0.8), (0.4, -0.2, 0.1), (0.7, 0, 0.3)],
)
def test_two_predictors_as_in_the_closed_form(first, second, both):
    r_squared = (first**2 + second**2 - 2 * first * second * both) / (1 - both**2)
    values, found = rule.shapley(two(first, second, both))
    assert found == pytest.approx(r_squared)
    assert values[0] == pytest.approx((first**2 + r_squared - second**2) / 2)
    assert values[1] == pytest.approx((second**2 + r_squared - first**2) / 2)


def test_three_unrelated_predictors_explain_their_squares():
    rows = [[0.0] * 4 for _row in range(4)]
    for number, value in enumerate((0.5, 0.4, -0.3, 1)):
        rows[number][number] = 1
        rows[number][3] = rows[3][number] = value
    values, r_squared = rule.shapley(rows)
    assert values == pytest.approx([0.25, 0.16, 0.09])
    assert r_squared == pytest.approx(0.5)


def test_twins_share_alike():
    values, r_squared = rule.shapley(two(0.6, 0.6, 1))
    assert values == pytest.approx([0.18, 0.18])
    assert r_squared == pytest.approx(0.36)


def test_a_content_that_is_always_the_same_explains_nothing():
    columns, overall = answers(120)
    found = rule.analyze({**columns, "price": [75.0] * 120}, overall)
    price = next(driver for driver in found.drivers if driver.name == "price")
    assert price.share == pytest.approx(0)
    assert price.correlation == 0


def test_the_shares_of_r_squared_add_up():
    found = rule.analyze(*answers(300))
    assert sum(driver.share for driver in found.drivers) == pytest.approx(1)


@pytest.mark.parametrize("n", [300, 1000])
def test_a_known_truth_is_found(n):
    """Of independent contents with these weights the shares are their squares."""
    found = rule.analyze(*answers(n))
    first = found.drivers[0]
    assert first.name == "teaching_quality"
    assert first.rank == 1
    assert first.stability >= 0.98
    total = sum(weight**2 for weight in TRUTH)
    expected = dict(zip(NAMES, (w**2 / total for w in TRUTH), strict=True))
    for driver in found.drivers:
        assert driver.share == pytest.approx(expected[driver.name], abs=0.1)
        assert driver.low <= driver.share <= driver.high


@pytest.mark.parametrize(
    ("n", "reason", "is_direction_only"),
    [
        (0, "too_few", False),
        (49, "too_few", False),
        (50, None, True),
        (99, None, True),
        (100, None, False),
    ],
)
def test_how_much_is_said_of_how_many(n, reason, is_direction_only):
    found = rule.analyze(*answers(n))
    assert found.reason == reason
    assert found.is_direction_only is is_direction_only
    if is_direction_only:
        assert all(d.share is None and d.rank is None for d in found.drivers)
        assert all(d.correlation for d in found.drivers)


def test_equal_contents_get_no_rank():
    found = rule.analyze(*answers(150, weights=(0.4, 0.4)))
    assert [driver.rank for driver in found.drivers] == [None, None]


def test_answers_that_are_all_the_same_tell_nothing():
    columns, overall = answers(80)
    assert rule.analyze(columns, [50.0] * 80).reason == "all_same"
    assert rule.analyze({}, overall).reason == "missing"


def test_chance_is_no_driver():
    columns, _overall = answers(60)
    _columns, overall = answers(60, seed=99)
    found = rule.analyze({"price": columns["price"]}, overall)
    assert found.reason == "unrelated" or found.r_squared < 0.1


def test_who_likes_it_less_is_marked():
    columns, overall = answers(200)
    columns["price"] = [100 - value for value in columns["teaching_quality"]]
    found = rule.analyze(columns, overall)
    assert [d.name for d in found.drivers if d.is_negative] == ["price"]


@pytest.mark.parametrize(
    ("correlation", "n", "is_certain"),
    # 1.96 / √97 = .199, tanh of it .1964: research C7 has .11 to .47 for .3 at n = 100
    [(0.19, 100, False), (0.2, 100, True), (-0.3, 100, True), (0.3, 30, False)],
)
def test_when_a_direction_is_certain(correlation, n, is_certain):
    assert rule.is_direction_certain(correlation, n) is is_certain


def test_answers_that_lack_a_score_are_counted():
    found = rule.analyze(*answers(120), answers=160)
    assert found.complete_share == pytest.approx(0.75)


def test_the_same_seed_says_the_same():
    assert rule.analyze(*answers(120), seed=4) == rule.analyze(*answers(120), seed=4)


def test_a_thousand_answers_take_two_seconds_at_most():
    columns, overall = answers(1000)
    started = time.process_time()
    found = rule.analyze(columns, overall)
    assert found.r_squared
    assert time.process_time() - started <= 2


def test_r_squared_of_a_sum_is_one():
    columns, _overall = answers(100, weights=(0.5, 0.5))
    first, second = columns.values()
    total = [a + b for a, b in zip(first, second, strict=True)]
    found = rule.analyze(columns, total)
    assert found.r_squared == pytest.approx(1)
