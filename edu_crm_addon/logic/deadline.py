"""When a promise is due: working days, pauses, warnings, and who is told when.

Source: requirements CMP-21…25, research §C1. Working time comes in as ``(start, stop)``
pairs in the zone of a working calendar, leaves taken out. A day with working time is a
working day and closes at the end of its last pair. A promise of N working days is due
at the Nth closing after the day it began on; a closing that falls into a pause does not
count, however long the pause lasts of that day. So a due date never lies in a pause.

>>> from datetime import UTC
>>> def day(number, hour=18):
...     return datetime(2026, 3, number, hour, tzinfo=UTC)
>>> week = [(day(number, 9), day(number)) for number in range(2, 7)]
>>> due(week, day(2, 10), 3).day
5
>>> due(week, day(2, 10), 3, [(day(3, 12), day(4, 10))]).day  # Tuesday's closing
6
>>> due(week, day(2, 10), 3, [(day(3, 12), day(3, 17))]).day  # none
5
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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


# ---------------------------------------------------------------------- working days
def closings(intervals):
    """Return ``[(day, end of its last interval)]``, in order.

    >>> noon, evening = datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 18)
    >>> closings([(datetime(2026, 3, 2, 9), noon), (datetime(2026, 3, 2, 13), evening)])
    [(datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 18, 0))]
    """
    last = {}
    for start, stop in intervals:
        day = start.date()
        last[day] = max(stop, last.get(day, stop))
    return sorted(last.items())


def covers(pauses, moment):
    """Return whether ``moment`` falls into a pause, its end included."""
    return any(start <= moment <= stop for start, stop in pauses)


def due(intervals, start, days, pauses=()):
    """Return the closing of the Nth working day after the day of ``start``.

    None if ``intervals`` do not reach that far.
    """
    found = _closings_after(intervals, start, pauses)
    return found[days - 1] if len(found) >= days else None


def latest_resumption(intervals, start, days):
    """Return the end of a pause from ``start`` that covers ``days`` working days.

    >>> week = [(datetime(2026, 3, d, 9), datetime(2026, 3, d, 18)) for d in (2, 3, 4)]
    >>> latest_resumption(week, datetime(2026, 3, 2, 10), 2)
    datetime.datetime(2026, 3, 3, 18, 0)
    """
    found = [close for _day, close in closings(intervals) if close >= start]
    return found[days - 1] if len(found) >= days else None


def paused_days(intervals, start, stop, pauses):
    """Count the working days after ``start`` whose closing fell into a pause."""
    counted = _closings_after(intervals, start, pauses)
    whole = _closings_after(intervals, start, ())
    upto = [close for close in whole if close <= stop]
    return len(upto) - len([close for close in counted if close <= stop])


def skipped_days(regular, intervals, start, stop):
    """Return the days after ``start`` that ``regular`` has work on and leaves took.

    >>> monday = (datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 18))
    >>> skipped_days([monday], [], datetime(2026, 3, 1, 9), datetime(2026, 3, 3, 9))
    (datetime.date(2026, 3, 2),)
    """
    worked = {day for day, _close in closings(intervals)}
    first, last = _day(intervals or regular, start), _day(intervals or regular, stop)
    return tuple(
        day
        for day, _close in closings(regular)
        if first < day <= last and day not in worked
    )


def _closings_after(intervals, start, pauses):
    if not intervals:
        return []
    first = _day(intervals, start)
    return [
        close
        for day, close in closings(intervals)
        if day > first and not covers(pauses, close)
    ]


def _day(intervals, moment) -> date:
    """Return the day of ``moment`` where the work is done."""
    zone = intervals[0][0].tzinfo if intervals else None
    return (moment.astimezone(zone) if zone else moment).date()


# ---------------------------------------------------------------------- working time
def working(intervals, start, stop, pauses=()):
    """Return the working time between two moments, pauses taken out."""
    pieces = [
        (max(begin, start), min(end, stop))
        for begin, end in intervals
        if begin < stop and end > start
    ]
    for pause_start, pause_stop in pauses:
        pieces = [
            piece
            for begin, end in pieces
            for piece in ((begin, min(end, pause_start)), (max(begin, pause_stop), end))
            if piece[0] < piece[1]
        ]
    return pieces


def length(pieces):
    return sum((stop - start for start, stop in pieces), timedelta())


def elapsed(intervals, start, stop, now, pauses=()):
    """Return which share of the working time is over at ``now``: 0 to 1.

    >>> day = [(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 19))]
    >>> begin, end = day[0]
    >>> elapsed(day, begin, end, datetime(2026, 3, 2, 14))
    0.5
    >>> pause = (datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 14))
    >>> elapsed(day, begin, end, datetime(2026, 3, 2, 13), [pause])
    0.375
    """
    whole = length(working(intervals, start, stop, pauses))
    if not whole:
        return float(now >= stop)
    return length(working(intervals, start, min(now, stop), pauses)) / whole


def moment_of(intervals, start, stop, share, pauses=()):
    """Return when ``share`` of the working time is over; the inverse of ``elapsed``.

    >>> day = [(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 19))]
    >>> moment_of(day, *day[0], 0.8)
    datetime.datetime(2026, 3, 2, 17, 0)
    """
    pieces = working(intervals, start, stop, pauses)
    left = length(pieces) * share
    for begin, end in pieces:
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return stop


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
