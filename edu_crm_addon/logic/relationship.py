"""How close a customer is to us, from the documents that exist today.

The first statement that holds decides:

1. bought at least once, nothing for ``lost_after_days``, no open lead  -> lost
2. two confirmed orders or more                                         -> repeat
3. one confirmed order                                                  -> first
4. marked as a target by hand                                           -> target
5. an open lead                                                         -> potential
6. nothing                                                              -> non_customer
"""

from dataclasses import dataclass
from datetime import date, timedelta

NON_CUSTOMER = "non_customer"
POTENTIAL = "potential"
TARGET = "target"
FIRST = "first"
REPEAT = "repeat"
LOST = "lost"
CODES = (NON_CUSTOMER, POTENTIAL, TARGET, FIRST, REPEAT, LOST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Documents of one customer. ``lost_after_days`` 0 means: never lost by time."""

    open_leads: int = 0
    orders: int = 0
    last_order_on: date | None = None
    lost_after_days: int = 0
    is_target: bool = False


def is_lost(facts: Facts, today: date) -> bool:
    """Tell whether a buyer has been silent for too long.

    >>> facts = Facts(orders=1, last_order_on=date(2026, 1, 1), lost_after_days=30)
    >>> is_lost(facts, date(2026, 1, 31)), is_lost(facts, date(2026, 2, 1))
    (False, True)
    """
    if not facts.last_order_on or not facts.lost_after_days or facts.open_leads:
        return False
    return today > facts.last_order_on + timedelta(days=facts.lost_after_days)


def decide(facts: Facts, today: date) -> str:
    """Return the code of the relationship.

    >>> decide(Facts(open_leads=1, is_target=True), date(2026, 1, 1))
    'target'
    """
    if facts.orders:
        if is_lost(facts, today):
            return LOST
        return REPEAT if facts.orders > 1 else FIRST
    if facts.is_target:
        return TARGET
    return POTENTIAL if facts.open_leads else NON_CUSTOMER
