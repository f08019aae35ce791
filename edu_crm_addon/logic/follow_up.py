"""When a lead is followed up late, and when its owner is told so.

A lead that is open needs a next step: somebody planned an activity, and was in contact
within the days its intent allows. The owner is told once per episode of lateness. An
episode ends when somebody gets in contact or plans something.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

REMIND, SETTLE, WAIT = ACTIONS = ("remind", "settle", "wait")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What is known about one lead; reminders count as no activity.

    :param contact: last contact, or the creation of the lead if there was none
    :param limit: the moment before which a last contact is too long ago
    :param last_deadline: due date of the last open activity, if any is planned
    :param reminded: when the owner was last reminded in an episode not yet settled
    """

    is_open: bool
    contact: datetime
    limit: datetime
    last_deadline: date | None = None
    reminded: datetime | None = None


def is_late(lead: FollowUp) -> bool:
    """Tell whether nothing is planned, or the last contact is too long ago.

    >>> day = datetime(2026, 9, 1)
    >>> is_late(FollowUp(is_open=True, contact=day, limit=day))
    True
    >>> tomorrow = date(2026, 9, 2)
    >>> is_late(
    ...     FollowUp(is_open=True, contact=day, limit=day, last_deadline=tomorrow)
    ... )
    False
    """
    if not lead.is_open:
        return False
    return lead.last_deadline is None or lead.contact < lead.limit


def reminder(lead: FollowUp, today: date) -> str:
    """Return what to do about the reminder of a lead.

    ``remind`` once per episode; ``settle`` an episode that is over, so that the next is
    told again; else ``wait``. Who planned something from today on is left in peace.
    """
    is_planned = lead.last_deadline is not None and lead.last_deadline >= today
    if not is_late(lead) or is_planned:
        return SETTLE if lead.reminded else WAIT
    if lead.reminded and lead.reminded >= lead.contact:
        return WAIT
    return REMIND


def due_on(today: date, days: int) -> date:
    """Return the day of the next step, never one in the past.

    >>> due_on(date(2026, 2, 27), 2)
    datetime.date(2026, 3, 1)
    """
    return today + timedelta(days=max(days, 0))
