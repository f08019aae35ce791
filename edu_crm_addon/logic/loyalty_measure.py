"""How loyal a customer is, by the five signs of the documents.

Each sign becomes 0 to 100, higher for more loyal; one that nobody knows is left out
rather than counted as zero. The measure is the plain mean of those known.
"""

from collections.abc import Mapping

REPEAT = "repeat_purchase"
CHOOSING = "choosing_time"
PRICE = "price_sensitivity"
QUALITY = "attitude_quality"
COMPETITOR = "attitude_competitor"
# What a person says, or an agent judges; the others follow from orders and leads.
ATTITUDES = (PRICE, QUALITY, COMPETITOR)
MEASURES = (REPEAT, CHOOSING, *ATTITUDES)

# Who takes so many days or more to choose scores nothing for it.
LONGEST_CHOICE = 90
STEPS = 5


def repeat_rate(orders: int) -> float | None:
    """Return the share of the orders that are repeat purchases, unknown without any.

    >>> repeat_rate(0), repeat_rate(1), repeat_rate(4)
    (None, 0.0, 0.75)
    """
    return (orders - 1) / orders if orders > 0 else None


def choosing_score(days: float | None) -> float | None:
    """Return the score of choosing for ``days``: the shorter, the more loyal.

    >>> choosing_score(0), choosing_score(45), choosing_score(200)
    (100.0, 50.0, 0.0)
    """
    if days is None:
        return None
    return 100.0 * max(0.0, 1 - max(days, 0) / LONGEST_CHOICE)


def attitude_score(step: int | None) -> float | None:
    """Return the score of one of five steps.

    >>> attitude_score(1), attitude_score(4), attitude_score(None)
    (0.0, 75.0, None)
    """
    return None if step is None else 100.0 * (step - 1) / (STEPS - 1)


def step_of(score: float) -> int:
    """Return the step that a score of 0 to 100 is nearest to, halves to the middle.

    >>> [step_of(score) for score in (0, 12, 13, 37.5, 62.5, 100)]
    [1, 1, 2, 3, 3, 5]
    """
    exact = score * (STEPS - 1) / 100
    middle = (STEPS - 1) / 2
    rounded = int(exact + 0.5)
    if exact + 0.5 == rounded and rounded > middle:
        rounded -= 1
    return rounded + 1


def scores(
    orders: int, days: float | None, attitudes: Mapping[str, int | None]
) -> dict[str, float]:
    """Return the scores of the signs that are known.

    >>> scores(2, None, {PRICE: 5})
    {'repeat_purchase': 50.0, 'price_sensitivity': 100.0}
    """
    rate = repeat_rate(orders)
    found = {
        REPEAT: None if rate is None else 100.0 * rate,
        CHOOSING: choosing_score(days),
        **{name: attitude_score(attitudes.get(name)) for name in ATTITUDES},
    }
    return {name: score for name, score in found.items() if score is not None}


def total(known: Mapping[str, float]) -> float | None:
    """Return the mean of the known signs, none without any.

    >>> total({REPEAT: 50.0, PRICE: 100.0}), total({})
    (75.0, None)
    """
    return sum(known.values()) / len(known) if known else None
