"""What is done for somebody who complained: who must approve it, what repairs trust.

Source: requirements CMP-09, CMP-35…40 and C33; research §A rows 38-40 and 48.
"""

from collections.abc import Collection
from dataclasses import dataclass

from .complaint import AGENT, LEADER, MANAGER

PLANNED = "planned"
TO_APPROVE = "to_approve"
APPROVED = "approved"
DONE = "done"
DROPPED = "dropped"
OPEN = (PLANNED, TO_APPROVE, APPROVED)

# Kinds.
RECTIFY = "rectify"
COMMUNICATE = "communicate"
APOLOGISE = "apologise"
COMPENSATE = "compensate"
ATTEND_NEEDS = "attend_needs"
STRENGTHEN = "strengthen_after_sales"
LONG_TERM = "long_term"
RETURN_VISIT = "return_visit"
REFUND = "comp_refund"
FREE_COURSE = "comp_free_course"
POINTS = "comp_points"
COUPON = "comp_coupon"
OTHER = "comp_other"
KINDS = (
    RECTIFY,
    COMMUNICATE,
    APOLOGISE,
    COMPENSATE,
    ATTEND_NEEDS,
    STRENGTHEN,
    LONG_TERM,
    RETURN_VISIT,
    REFUND,
    FREE_COURSE,
    POINTS,
    COUPON,
    OTHER,
)
# These are done by making a document of the host.
WITH_DOCUMENT = (REFUND, FREE_COURSE, POINTS, COUPON)
COMPENSATIONS = (COMPENSATE, *WITH_DOCUMENT, OTHER)

# Who suffered this gets the whole repair plan.
GRAVE = ("serious", "critical")
# What mends a relation, in order; a compensation only if there was none yet.
PLAN = (COMMUNICATE, APOLOGISE, COMPENSATE, RETURN_VISIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Up to which amount an agent needs nobody, and a leader may approve."""

    agent: float
    leader: float


def approval_level(amount: float, limits: Limits) -> str:
    """Return who must approve ``amount``; for ``AGENT`` nobody has to.

    >>> limits = Limits(agent=200, leader=2000)
    >>> [approval_level(amount, limits) for amount in (0, 200, 200.01, 2000, 2001)]
    ['agent', 'agent', 'team_leader', 'team_leader', 'supervisor']

    What costs nothing needs nobody, even where every amount is approved.

    >>> approval_level(0, Limits(agent=0, leader=0))
    'agent'
    """
    if amount <= max(limits.agent, 0):
        return AGENT
    return LEADER if amount <= limits.leader else MANAGER


def repair_kinds(severity: str | None, done: Collection[str]) -> tuple[str, ...]:
    """Return the measures to propose after a complaint, besides those ``done``.

    >>> repair_kinds("minor", ())
    ('return_visit',)
    >>> repair_kinds("serious", ())
    ('communicate', 'apologise', 'compensate', 'return_visit')

    Whoever was compensated already is not compensated again.

    >>> repair_kinds("critical", {REFUND, APOLOGISE})
    ('communicate', 'return_visit')
    """
    plan = PLAN if severity in GRAVE else (RETURN_VISIT,)
    compensated = not set(COMPENSATIONS).isdisjoint(done)
    return tuple(
        kind
        for kind in plan
        if kind not in done and not (kind == COMPENSATE and compensated)
    )
