"""What may be chosen on a scale, and what it is worth."""

import pytest

from edu_crm_addon.logic import satisfaction as rule


@pytest.mark.parametrize(
    ("answer", "lowest", "highest", "value"),
    [
        ("1", 1, 5, 1),
        ("5", 1, 5, 5),
        (" 3 ", 1, 5, 3),
        (4, 1, 5, 4),
        (0, 0, 10, 0),
        ("0", 0, 10, 0),
        ("10", 0, 10, 10),
    ],
)
def test_a_whole_number_of_the_scale_is_taken(answer, lowest, highest, value):
    assert rule.scale_value(answer, lowest, highest) == value


@pytest.mark.parametrize(
    "answer",
    [
        "0",
        "6",
        99,
        -1,
        "-1",
        "+3",
        "3.0",
        3.0,
        "1_0",
        "٣",
        "³",
        "",
        None,
        True,
        [3],
        {},
    ],
)
def test_anything_else_is_refused(answer):
    with pytest.raises(ValueError, match="not on the scale 1 to 5"):
        rule.scale_value(answer, 1, 5)


@pytest.mark.parametrize(
    ("value", "lowest", "highest", "score"),
    [
        (1, 1, 5, 0),
        (2, 1, 5, 25),
        (5, 1, 5, 100),
        (0, 0, 10, 0),
        (7, 0, 10, 70),
        (3, 1, 7, 100 / 3),
    ],
)
def test_a_score_is_the_share_of_the_way_up(value, lowest, highest, score):
    assert rule.normalise(value, lowest, highest) == pytest.approx(score)


@pytest.mark.parametrize(
    ("value", "lowest", "highest"), [(0, 1, 5), (6, 1, 5), (99, 1, 5), (3, 3, 3)]
)
def test_no_score_outside_of_the_scale(value, lowest, highest):
    with pytest.raises(ValueError, match="not on the scale"):
        rule.normalise(value, lowest, highest)


@pytest.mark.parametrize(
    ("score", "code"),
    [
        (0, "very_low"),
        (19.9, "very_low"),
        (20, "low"),
        (40, "middle"),
        (60, "high"),
        (79.9, "high"),
        (80, "very_high"),
        (100, "very_high"),
    ],
)
def test_a_band_begins_with_its_first_value(score, code):
    assert rule.band(score) == code
