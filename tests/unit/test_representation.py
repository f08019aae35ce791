"""Those who answered beside those invited: hand-computed tables."""

import pytest

from edu_crm_addon.logic import representation as rule


@pytest.mark.parametrize(
    ("counts", "different"),
    [
        ({}, set()),
        ({"a": (100, 0)}, set()),
        ({"a": (100, 40)}, set()),
        ({"a": (50, 25), "b": (50, 25)}, set()),
        # 60 of 80 for 50 %: .25 > 2.24 * √(.25 / 80 * 120 / 199) = .097
        ({"a": (100, 60), "b": (100, 20)}, {"a", "b"}),
        # 42 of 80: .025 is no difference to speak of
        ({"a": (100, 42), "b": (100, 38)}, set()),
        # nine answers prove nothing
        ({"a": (100, 9), "b": (100, 0)}, set()),
        ({"a": (100, 10), "b": (100, 0)}, {"a", "b"}),
        # who all answered cannot differ
        ({"a": (70, 70), "b": (30, 30)}, set()),
    ],
)
def test_who_differs(counts, different):
    assert {s.key for s in rule.compare(counts) if s.differs} == different


def test_rates_and_shares():
    first, second = rule.compare({"a": (30, 15), "b": (10, 0)})
    assert (first.rate, first.invited_share, first.answered_share) == (0.5, 0.75, 1)
    assert (second.rate, second.invited_share, second.answered_share) == (0, 0.25, 0)


def test_no_rate_of_nobody():
    assert rule.compare({"a": (0, 0)})[0].rate is None


@pytest.mark.parametrize(
    ("answered", "invited", "is_low"),
    [(0, 10, True), (29, 100, True), (30, 100, False), (0, 0, False)],
)
def test_a_low_response(answered, invited, is_low):
    assert rule.is_low_response(answered, invited) is is_low
