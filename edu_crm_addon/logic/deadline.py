"""What a promise is: its moments, what has become of it, and who is told when.

Source: requirements CMP-21…25, research §C1. How working days and pauses count is in
``working_days.py``.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime

from .working_days import due, moment_of

ACKNOWLEDGE = "acknowledge"
DECIDE = "decide"
PROGRESS = "progress"
EXECUTE = "execute"
REPAIR = "repair"
KINDS = (ACKNOWLEDGE, DECIDE, PROGRESS, EXECUTE, REPAIR)
# Waiting for the customer stops these clocks; the others are ours alone.
PAUSABLE = (DECIDE, EXECUTE, REPAIR)

# Classes of complaints, the fastest first.
COMPLEXITIES = ("simple", "general", "complex")

# What is told of a promise, in this order, each once.
HALF = "half"
MOST = "most"
DUE = "due"
AFTER = "after"
LEVELS = (HALF, MOST, DUE, AFTER)
SHARES = {HALF: 0.5, MOST: 0.8}

# What has become of a promise.
OPEN = "open"
LATE = "late"
KEPT = "kept"
MISSED = "missed"
DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The moments of one promise."""

    half: datetime
    most: datetime
    due: datetime
    # One working day later.
    after: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is known of one promise; it is settled when it was kept or dropped."""

    due: datetime
    done: datetime | None = None
    missed: bool = False
    dropped: bool = False


# ---------------------------------------------------------------------- moments
def plan(intervals, start, days, pauses=()):
    """Return the moments of a promise; None if ``intervals`` are too short for them."""
    stop = due(intervals, start, days, pauses)
    return stop and plan_until(intervals, start, stop, pauses)


def plan_until(intervals, start, stop, pauses=()):
    """Return the moments of a promise with a given due date."""
    after = due(intervals, stop, 1, pauses)
    return after and Plan(
        half=moment_of(intervals, start, stop, SHARES[HALF], pauses),
        most=moment_of(intervals, start, stop, SHARES[MOST], pauses),
        due=stop,
        after=after,
    )


# ---------------------------------------------------------------------- state
def state(row, now):
    """Return what has become of a promise.

    One that was missed stays so, also with a new date; it is late while it is owed and
    the date is over.

    >>> noon, evening = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 18)
    >>> state(Row(due=noon), evening), state(Row(due=evening), noon)
    ('late', 'open')
    >>> state(Row(due=evening, done=noon, missed=True), evening)
    'missed'
    """
    if row.dropped:
        return DROPPED
    if row.done:
        return MISSED if row.missed or row.done > row.due else KEPT
    if row.due < now:
        return LATE
    return MISSED if row.missed else OPEN


# ---------------------------------------------------------------------- who is told
def to_tell(told, moments, now):
    """Return the levels to tell now, in order.

    :param told: the last level told, or None
    :param moments: the moment of each of ``LEVELS``

    >>> moments = [datetime(2026, 3, day) for day in (2, 3, 4, 5)]
    >>> to_tell(HALF, moments, datetime(2026, 3, 4, 1))
    ('most', 'due')
    >>> to_tell(AFTER, moments, datetime(2026, 3, 9))
    ()
    """
    left = _left(told)
    reached = bisect_left([moments[LEVELS.index(level)] > now for level in left], True)
    return left[:reached]


def next_check(told, moments):
    """Return the moment of the next level, or None after the last one."""
    left = _left(told)
    return moments[LEVELS.index(left[0])] if left else None


def told_of_new_date(told, due, now):
    """Return what was told of a promise whose date has moved to ``due``.

    Warnings are not repeated; that it is late is told again if it gets late again.

    >>> noon, evening = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 18)
    >>> told_of_new_date(DUE, evening, noon), told_of_new_date(HALF, evening, noon)
    ('most', 'half')
    """
    return MOST if told in (DUE, AFTER) and due > now else told


def _left(told):
    return LEVELS[LEVELS.index(told) + 1 :] if told else LEVELS


# ---------------------------------------------------------------------- classes
def is_slower(old, new):
    """Return whether the class ``new`` leaves more time than ``old``.

    >>> is_slower("simple", "complex"), is_slower("complex", "general")
    (True, False)
    """
    return COMPLEXITIES.index(new) > COMPLEXITIES.index(old)


def promised(kind, complexity):
    """Return what a customer is promised at once.

    >>> promised("complaint", "general"), promised("suggestion", "complex")
    (('acknowledge', 'decide'), ('acknowledge',))
    """
    if kind != "complaint":
        return (ACKNOWLEDGE,)
    if complexity == "complex":
        return (ACKNOWLEDGE, DECIDE, PROGRESS)
    return (ACKNOWLEDGE, DECIDE)
