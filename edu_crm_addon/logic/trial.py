"""Trial lessons: which state may follow which, and what is to be done after one.

A lesson keeps its teacher, room and learner busy while it is planned, confirmed or
attended. A result by mistake goes back to planned.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

PLANNED = "planned"
CONFIRMED = "confirmed"
ATTENDED = "attended"
MISSED = "missed"
CANCELED = "canceled"
CODES = (PLANNED, CONFIRMED, ATTENDED, MISSED, CANCELED)

BOOKED = (PLANNED, CONFIRMED, ATTENDED)
OPEN = (PLANNED, CONFIRMED)
RESULTS = (ATTENDED, MISSED)

TRANSITIONS = {
    PLANNED: (CONFIRMED, CANCELED),
    CONFIRMED: (PLANNED, ATTENDED, MISSED, CANCELED),
    ATTENDED: (PLANNED,),
    MISSED: (PLANNED,),
    CANCELED: (PLANNED,),
}

ENROLL = "enroll"
UNDECIDED = "undecided"
NOT_INTERESTED = "not_interested"
OUTCOMES = (ENROLL, UNDECIDED, NOT_INTERESTED)

FOLLOW_UP = "follow_up"
RESCHEDULE = "reschedule"
# Days after the result: who wants to enroll is not kept waiting.
DAYS = {ENROLL: 0, UNDECIDED: 1, NOT_INTERESTED: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the adviser does next, and how many days from today."""

    kind: str
    days: int


def may_become(state: str, target: str) -> bool:
    """Tell whether a lesson may go from one state to the other.

    >>> may_become(CONFIRMED, ATTENDED), may_become(PLANNED, ATTENDED)
    (True, False)
    """
    return target == state or target in TRANSITIONS[state]


def next_step(state: str, outcome: str | None) -> Step | None:
    """Return what follows the result of a lesson, if anything.

    >>> next_step(ATTENDED, UNDECIDED)
    Step(kind='follow_up', days=1)
    >>> next_step(MISSED, None)
    Step(kind='reschedule', days=0)
    >>> next_step(CANCELED, None)
    """
    if state == ATTENDED:
        return Step(kind=FOLLOW_UP, days=DAYS.get(outcome, 1))
    if state == MISSED:
        return Step(kind=RESCHEDULE, days=0)
    return None


def lead_state(lessons: list[tuple[datetime, int, str]]) -> str | None:
    """Return how far a lead is with its lessons ``(start, id, state)``.

    The last result counts; before there is one, the last lesson that is still to come.

    >>> at = datetime(2026, 3, 1)
    >>> lead_state([(at, 1, MISSED), (at, 2, ATTENDED), (at, 3, PLANNED)])
    'attended'
    >>> lead_state([(at, 1, PLANNED), (at, 2, CANCELED)])
    'planned'
    """
    for wanted in (RESULTS, OPEN):
        found = [lesson for lesson in lessons if lesson[2] in wanted]
        if found:
            return max(found)[2]
    return None


def result_limit(now: datetime, hours: int) -> datetime:
    """Return when a lesson must have ended for its result to be overdue.

    >>> result_limit(datetime(2026, 3, 2, 8), 12)
    datetime.datetime(2026, 3, 1, 20, 0)
    """
    return now - timedelta(hours=hours)
