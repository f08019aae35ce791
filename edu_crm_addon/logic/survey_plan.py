"""When a campaign asks again, who is left out, and when somebody is reminded."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS, MONTHS = "weeks", "months"

DRAFT, RUNNING, DONE, CANCELED = "draft", "running", "done", "canceled"
# What may follow what. A finished campaign may go on; a draft has asked nobody yet.
NEXT = {
    DRAFT: (RUNNING, CANCELED),
    RUNNING: (DONE, CANCELED, DRAFT),
    DONE: (RUNNING,),
    CANCELED: (DRAFT,),
}

WAVE_DRAFT, OPEN, CLOSED = "draft", "open", "closed"
# A closed wave is never opened again: what was published of it stays true.
NEXT_OF_WAVE = {WAVE_DRAFT: (OPEN, CLOSED), OPEN: (CLOSED,), CLOSED: ()}

CAPPED = "capped"
OPTED_OUT = "opted_out"
NO_ADDRESS = "no_address"
EVENT_ASKED = "event_asked"
ARCHIVED = "archived"
SKIP_REASONS = (EVENT_ASKED, ARCHIVED, OPTED_OUT, NO_ADDRESS, CAPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What decides whether somebody is asked now."""

    is_archived: bool = False
    has_opted_out: bool = False
    is_blacklisted: bool = False
    has_mail: bool = True
    is_event_asked: bool = False
    last_asked: date | None = None


def may_become(state: str, target: str) -> bool:
    """Tell whether a campaign may go from ``state`` to ``target``.

    >>> may_become("draft", "running"), may_become("done", "draft")
    (True, False)
    """
    return target in NEXT.get(state, ())


def skip_reason(
    person: Person, *, by_mail: bool, rest_days: int, today: date
) -> str | None:
    """Return why ``person`` is not asked, or nothing if it is.

    >>> person = Person(last_asked=date(2026, 11, 1))
    >>> skip_reason(person, by_mail=True, rest_days=30, today=date(2026, 11, 30))
    'capped'
    >>> skip_reason(person, by_mail=True, rest_days=30, today=date(2026, 12, 1))
    """
    if person.is_event_asked:
        return EVENT_ASKED
    if person.is_archived:
        return ARCHIVED
    if person.has_opted_out or (by_mail and person.is_blacklisted):
        return OPTED_OUT
    if by_mail and not person.has_mail:
        return NO_ADDRESS
    if is_resting(person.last_asked, rest_days=rest_days, today=today):
        return CAPPED
    return None


def is_resting(last_asked: date | None, *, rest_days: int, today: date) -> bool:
    """Tell whether somebody was asked less than ``rest_days`` days ago.

    >>> is_resting(date(2026, 11, 1), rest_days=0, today=date(2026, 11, 1))
    False
    """
    return bool(
        rest_days and last_asked and today < last_asked + timedelta(days=rest_days)
    )


def next_run(first: date, number: int, unit: str, after: date) -> date:
    """Return the first day after ``after`` of a series that began on ``first``.

    A series of the 31st has the last day of shorter months, and the 31st again later.
    Runs that were missed are not made up for.

    >>> next_run(date(2026, 1, 31), 1, "months", date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    >>> next_run(date(2026, 1, 31), 1, "months", date(2026, 2, 28))
    datetime.date(2026, 3, 31)
    """
    if number < 1:
        raise ValueError("A series needs an interval")
    if after < first:
        return first
    if unit == WEEKS:
        days = 7 * number
        return first + timedelta(days=((after - first).days // days + 1) * days)
    passed = (after.year - first.year) * 12 + after.month - first.month
    step = passed // number
    while (day := _add_months(first, step * number)) <= after:
        step += 1
    return day


def next_reminder(
    sent: int, *, most: int, days: int, today: date, last: date
) -> date | None:
    """Return when to remind again, after ``sent`` reminders; nothing after ``last``.

    >>> today, last = date(2026, 11, 1), date(2026, 12, 1)
    >>> next_reminder(0, most=2, days=4, today=today, last=last)
    datetime.date(2026, 11, 5)
    """
    if sent >= most:
        return None
    day = today + timedelta(days=days)
    return day if day <= last else None


def event_window(
    today: date, first: date, days: int, *, before: bool
) -> tuple[date, date] | None:
    """Return the first and last day of events to ask about on ``today``.

    :param first: first day of the campaign; what was before is nobody's business
    :param before: asked ``days`` before the event, and not after it

    >>> event_window(date(2026, 11, 22), date(2026, 11, 1), 7, before=False)
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 15))
    >>> event_window(date(2026, 11, 22), date(2026, 11, 1), 7, before=True)
    (datetime.date(2026, 11, 22), datetime.date(2026, 11, 29))
    """
    if today < first:
        return None
    if before:
        return today, today + timedelta(days=days)
    last = today - timedelta(days=days)
    return (first, last) if first <= last else None


def month_end(day: date) -> date:
    """Return the last day of the month.

    >>> month_end(date(2024, 2, 3))
    datetime.date(2024, 2, 29)
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
