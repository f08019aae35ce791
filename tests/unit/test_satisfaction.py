import pytest

from edu_crm_addon.logic import satisfaction as rule


def answer(value, dimension=rule.SERVICE, measure=rule.EXPERIENCE, scale=(1, 5)):
    return rule.Answer(
        dimension=dimension,
        measure=measure,
        value=value,
        lowest=scale[0],
        highest=scale[1],
    )


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [
        (1, (1, 5), 0),
        (2, (1, 5), 25),
        (3, (1, 5), 50),
        (5, (1, 5), 100),
        (0, (0, 10), 0),
        (7, (0, 10), 70),
        (10, (0, 10), 100),
        (2, (2, 4), 0),
        (3, (2, 4), 50),
    ],
)
def test_a_value_of_a_scale_becomes_zero_to_a_hundred(value, scale, expected):
    assert rule.normalise(value, *scale) == expected


@pytest.mark.parametrize(
    ("value", "scale"), [(0, (1, 5)), (6, (1, 5)), (99, (1, 5)), (3, (3, 3))]
)
def test_what_is_not_on_the_scale_is_refused(value, scale):
    with pytest.raises(ValueError, match="not on the scale"):
        rule.normalise(value, *scale)


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (0, "very_low"),
        (19.9, "very_low"),
        (20, "low"),
        (39.9, "low"),
        (40, "middle"),
        (60, "high"),
        (79.9, "high"),
        (80, "very_high"),
        (100, "very_high"),
    ],
)
def test_a_score_lies_in_one_band(score, code):
    assert rule.band(score) == code


def test_a_score_is_the_mean_of_its_questions():
    (score,) = rule.scores([answer(5), answer(4), answer(2)])
    assert (score.experience, score.items) == (pytest.approx(200 / 3), 3)
    assert (score.expectation, score.gap) == (None, None)


def test_values_outside_the_scale_are_no_answers():
    (score,) = rule.scores([answer(99), answer(3), answer(0)])
    assert (score.experience, score.items) == (50, 1)
    assert rule.scores([answer(99)]) == []


def test_each_dimension_has_a_score_in_the_usual_order():
    given = [answer(5, rule.OVERALL), answer(9, rule.RECOMMENDATION, scale=(0, 10))]
    given.append(answer(1, rule.TEACHING))
    found = [(score.dimension, score.experience) for score in rule.scores(given)]
    assert found == [(rule.TEACHING, 0), (rule.OVERALL, 100), (rule.RECOMMENDATION, 90)]


@pytest.mark.parametrize(
    ("asked", "known", "expectation", "gap"),
    [
        (None, {}, None, None),
        (None, {rule.SERVICE: 90}, 90, -15),
        (5, {rule.SERVICE: 10}, 100, -25),
        (2, {}, 25, 50),
        (None, {rule.PRICE: 90}, None, None),
    ],
)
def test_the_gap_is_experience_less_expectation(asked, known, expectation, gap):
    answers = [answer(4)]
    if asked:
        answers.append(answer(asked, measure=rule.EXPECTATION))
    (score,) = rule.scores(answers, known)
    assert (score.experience, score.expectation, score.gap) == (75, expectation, gap)
    assert score.items == 1


def test_an_expectation_alone_is_a_score_without_experience():
    (score,) = rule.scores([answer(4, measure=rule.EXPECTATION)], {rule.SERVICE: 10})
    assert (score.experience, score.expectation, score.gap) == (None, 75, None)


@pytest.mark.parametrize(
    ("values", "weights", "expected"),
    [
        ({rule.SERVICE: 80, rule.PRICE: 40}, {rule.SERVICE: 1, rule.PRICE: 1}, 60),
        ({rule.SERVICE: 80, rule.PRICE: 40}, {rule.SERVICE: 3, rule.PRICE: 1}, 70),
        ({rule.SERVICE: 80}, {rule.SERVICE: 3, rule.PRICE: 1}, 80),
        ({rule.SERVICE: 0}, {rule.SERVICE: 5}, 0),
        ({rule.OVERALL: 80}, {rule.SERVICE: 5}, None),
        ({}, {rule.SERVICE: 5}, None),
    ],
)
def test_the_index_weights_what_is_known(values, weights, expected):
    assert rule.index(values, weights) == expected
