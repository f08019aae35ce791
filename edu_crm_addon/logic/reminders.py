"""Which reminder of an overdue instalment is due, and which ones were missed.

The ladder has three steps, each so many days after the due date; 0 turns a step off.
Every step is taken once. If several have become due at once, because nobody ran the job
for a while, the family gets the highest only; the lower ones are skipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

STEPS = (1, 2, 3)
CALL_STEP = 3
MAIL = "mail"
CALL = "call"
SKIPPED = "skipped"
KINDS = (MAIL, CALL, SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One instalment. ``taken``: steps that were sent or skipped before."""

    due: date | None
    is_open: bool = True
    is_stopped: bool = False
    taken: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Take ``step`` now, and count the ``skipped`` ones as done with."""

    step: int
    skipped: tuple[int, ...] = ()


def decide(facts: Facts, days: Sequence[int], today: date) -> Decision | None:
    """Return what to do on ``today``; ``days`` has one number for each step.

    >>> facts = Facts(due=date(2026, 3, 1))
    >>> decide(facts, (3, 10, 20), date(2026, 3, 3)) is None
    True
    >>> decide(facts, (3, 10, 20), date(2026, 3, 11))
    Decision(step=2, skipped=(1,))
    """
    if not facts.due or not facts.is_open or facts.is_stopped:
        return None
    reached = [
        step
        for step, delay in zip(STEPS, days, strict=True)
        if delay and today >= facts.due + timedelta(days=delay)
    ]
    return _take(max(reached, default=0), reached, facts.taken)


def decide_by_hand(facts: Facts, today: date) -> Decision | None:
    """Return the step that comes next if somebody presses the button.

    The days do not matter, but nobody is reminded of what is not overdue.

    >>> facts = Facts(due=date(2026, 3, 1), taken=frozenset({1}))
    >>> decide_by_hand(facts, date(2026, 3, 2))
    Decision(step=2, skipped=())
    """
    if not facts.due or not facts.is_open or facts.is_stopped or today <= facts.due:
        return None
    step = max(facts.taken, default=0) + 1
    return Decision(step=step) if step in STEPS else None


def kind(step: int, *, has_mail: bool) -> str:
    """Return how a step is taken: who has no mail address is called.

    >>> kind(1, has_mail=True), kind(1, has_mail=False), kind(3, has_mail=True)
    ('mail', 'call', 'call')
    """
    return MAIL if has_mail and step != CALL_STEP else CALL


def _take(step: int, reached: list[int], taken: frozenset[int]) -> Decision | None:
    if step <= max(taken, default=0):
        return None
    missed = (lower for lower in reached if lower < step and lower not in taken)
    return Decision(step=step, skipped=tuple(missed))
