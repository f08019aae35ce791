"""Working days and working time: when the Nth day closes, and what is over by when.

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

from datetime import date, datetime, timedelta


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


def _day(intervals, moment: datetime) -> date:
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
