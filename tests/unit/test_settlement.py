"""What an alliance settles, computed by hand."""

import pytest

from edu_crm_addon.logic.settlement import settle


@pytest.mark.parametrize(
    ("movements", "given", "redeemed", "amount"),
    [
        ([], 0, 0, 0),
        ([("earn", 300)], 300, 0, -3),
        ([("spend", -120)], 0, 120, 1.2),
        ([("earn", 300), ("spend", -120)], 300, 120, -1.8),
        ([("earn", 300), ("reverse", -300)], 0, 0, 0),
        ([("spend", -120), ("reverse", 20)], 0, 100, 1),
        ([("earn", 0.1), ("earn", 0.2), ("adjust", -0.3)], 0, 0, 0),
    ],
)
def test_points_given_are_paid_for_and_points_redeemed_are_paid(
    movements, given, redeemed, amount
):
    result = settle(movements, cost=0.01)
    assert (result.given, result.redeemed, result.amount) == (given, redeemed, amount)


def test_values_are_rounded_once_for_the_month():
    assert settle([("spend", -0.3)] * 3, cost=0.01).amount == 0.01
