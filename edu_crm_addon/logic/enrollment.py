"""In which state an enrollment is on a given day, whatever happened before.

What people decide (registered, withdrawn, canceled) stays. The rest follows from the
dates, in this order:

1. before the first day                                  -> onboarding
2. in a pause that began before the last day             -> paused
3. after the last day                                    -> ended
4. a required step of the onboarding is still missing    -> onboarding
5. otherwise                                             -> active, or paused
"""

from dataclasses import dataclass
from datetime import date

DRAFT = "draft"
ONBOARDING = "onboarding"
ACTIVE = "active"
PAUSED = "paused"
ENDED = "ended"
WITHDRAWN = "withdrawn"
CANCELED = "canceled"
STATES = (DRAFT, ONBOARDING, ACTIVE, PAUSED, ENDED, WITHDRAWN, CANCELED)
# The calendar moves these; a seat is taken in all of them but the last.
ROLLED = (ONBOARDING, ACTIVE, PAUSED, ENDED)
SEATED = (ONBOARDING, ACTIVE, PAUSED)
LIVE = (DRAFT, *SEATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One enrollment on one day. Without a last day it never ends by itself."""

    state: str
    date_start: date
    date_end: date | None = None
    is_ready: bool = True
    is_paused: bool = False


def roll(facts: Facts, today: date) -> str:
    """Return the state on ``today``; asking again changes nothing.

    >>> first, last = date(2026, 9, 1), date(2026, 9, 30)
    >>> facts = Facts(state=ONBOARDING, date_start=first, date_end=last)
    >>> roll(facts, first), roll(facts, date(2026, 10, 1))
    ('active', 'ended')
    """
    if facts.state not in ROLLED:
        return facts.state
    if today < facts.date_start:
        return ONBOARDING
    if facts.is_paused and facts.state in (ACTIVE, PAUSED):
        return PAUSED
    if facts.date_end and today > facts.date_end:
        return ENDED
    if facts.state == ONBOARDING and not facts.is_ready:
        return ONBOARDING
    return PAUSED if facts.is_paused else ACTIVE
