"""Low scores: which answers need a call, whether it helped, who keeps silent.

Source: SAT-23, SAT-24, catalogue C41, research §A1 rows 27, 28 and 38. The documents
say that 70 % of all dissatisfaction is hidden; the school's own share stands beside it.
It is of those who scored low, and whether they complained is known only after a while:
until then nobody is counted as silent.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# What the documents say of hidden dissatisfaction; not a figure of the school.
TEXTBOOK_SHARE = 0.7
# A complaint so long before or after the answer breaks the silence.
SILENT_DAYS = 90

# Handling of dissatisfaction; the documents lack steps 1 and 3.
PERCEIVE, IDENTIFY, HANDLE = "perceive", "identify", "handle"

OPEN, DONE, ASKED = "open", "done", "asked"
RECOVERED, NOT_RECOVERED = "recovered", "not_recovered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Low:
    """What is low in an answer, the lowest first."""

    score: float
    dimensions: tuple[str, ...]


def low(scores: dict[str, float], threshold: float) -> Low | None:
    """Return what of ``scores`` by dimension is at or under ``threshold``.

    >>> low({"service": 25, "price": 40, "overall": 75}, 40).dimensions
    ('service', 'price')
    >>> low({"overall": 41}, 40) is None
    True
    """
    found = sorted(
        (score, name) for name, score in scores.items() if score <= threshold
    )
    if not found:
        return None
    return Low(score=found[0][0], dimensions=tuple(name for _score, name in found))


def outcome(score: float, threshold: float) -> str:
    """Return whether who scored low is won back by the new score.

    >>> outcome(40, 40), outcome(75, 40)
    ('not_recovered', 'recovered')
    """
    return NOT_RECOVERED if score <= threshold else RECOVERED


def handling_step(cause: str | None, result: str | None) -> str:
    """Return how far dissatisfaction was dealt with.

    >>> handling_step(None, None), handling_step("Noise", " ")
    ('perceive', 'identify')
    >>> handling_step("", "Another room")
    'handle'
    """
    if (result or "").strip():
        return HANDLE
    return IDENTIFY if (cause or "").strip() else PERCEIVE


def ask_again_on(done_on: date, days: int) -> date:
    """Return the day from which on the customer is asked once more."""
    return done_on + timedelta(days=days)


def is_silent(answered_on: date, complained_on: list[date], today: date) -> bool | None:
    """Return whether who scored low kept silent; None while that is not known yet.

    >>> is_silent(date(2026, 1, 1), [], date(2026, 4, 2))
    True
    >>> is_silent(date(2026, 1, 1), [], date(2026, 4, 1)) is None
    True
    >>> is_silent(date(2026, 1, 1), [date(2026, 4, 1)], date(2026, 4, 2))
    False
    """
    if today <= answered_on + timedelta(days=SILENT_DAYS):
        return None
    span = timedelta(days=SILENT_DAYS)
    return not any(abs(day - answered_on) <= span for day in complained_on)
