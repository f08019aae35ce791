"""How long a course lasts, counted from its first day.

Every date is reckoned from the anchor, ``anchor + i * step``, never from the date that
was reckoned before: a monthly term that begins on 31 January goes on with 28 February
and comes back to 31 March. Days given to people are inclusive.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = "months"
WEEKS = "weeks"
LESSONS = "lessons"
UNITS = (MONTHS, WEEKS, LESSONS)
DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12


def add_months(anchor: date, months: int) -> date:
    """Return the same day ``months`` later, or the last one of a shorter month.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2026, 1, 31), 2)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    >>> add_months(date(2024, 2, 29), 48)
    datetime.date(2028, 2, 29)
    """
    years, month = divmod(anchor.month - 1 + months, MONTHS_A_YEAR)
    year, month = anchor.year + years, month + 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


def boundary(anchor: date, unit: str, index: int) -> date:
    """Return the first day of period ``index`` of a term of months or weeks."""
    if unit == MONTHS:
        return add_months(anchor, index)
    return anchor + timedelta(weeks=index)


def periods(anchor: date, unit: str, count: int) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each month or week of the term.

    >>> list(periods(date(2026, 1, 31), MONTHS, 2))[1]
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 30))
    """
    for index in range(count):
        next_start = boundary(anchor, unit, index + 1)
        yield boundary(anchor, unit, index), next_start - timedelta(days=1)


def last_day(
    anchor: date, unit: str, count: int, *, lessons_per_week: int = 0
) -> date | None:
    """Return the last day of the term, None if nothing says how long it lasts.

    A term of lessons lasts as many full weeks as its lessons need.

    >>> last_day(date(2026, 9, 1), MONTHS, 1)
    datetime.date(2026, 9, 30)
    >>> last_day(date(2026, 9, 1), LESSONS, 5, lessons_per_week=2)
    datetime.date(2026, 9, 21)
    >>> last_day(date(2026, 9, 1), LESSONS, 5) is None
    True
    """
    if unit == LESSONS:
        if lessons_per_week <= 0:
            return None
        unit, count = WEEKS, -(-count // lessons_per_week)
    if count <= 0:
        return None
    return boundary(anchor, unit, count) - timedelta(days=1)
