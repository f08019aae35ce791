"""How many of those who might be asked were asked, looked, and answered."""

from collections.abc import Mapping
from dataclasses import dataclass

# States of an invitation
SENT, OPENED, PARTIAL, DONE, SKIPPED = "sent", "opened", "partial", "done", "skipped"
# Reasons not to ask
CAPPED, NOT_DELIVERED = "capped", "not_delivered"
# Whose turn came or would have come; the rest could not be asked at all.
ELIGIBLE_REASONS = (CAPPED, NOT_DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """Each step counts those who came as far as it or further."""

    audience: int = 0
    eligible: int = 0
    capped: int = 0
    invited: int = 0
    opened: int = 0
    partial: int = 0
    done: int = 0

    @property
    def response_rate(self) -> float:
        """Return the answered share of the invited; nobody invited counts as 0."""
        return self.done / self.invited if self.invited else 0.0


def funnel(counts: Mapping[tuple[str, str | None], int]) -> Funnel:
    """Return the funnel of a number of invitations for each state and reason.

    >>> steps = funnel({("sent", None): 6, ("done", None): 2, ("skipped", "capped"): 1})
    >>> steps.audience, steps.invited, steps.opened, steps.response_rate
    (9, 8, 2, 0.25)
    """

    def of(*states: str) -> int:
        return sum(number for (state, _), number in counts.items() if state in states)

    def skipped(*reasons: str) -> int:
        return sum(counts.get((SKIPPED, reason), 0) for reason in reasons)

    audience = sum(counts.values())
    return Funnel(
        audience=audience,
        eligible=audience - of(SKIPPED) + skipped(*ELIGIBLE_REASONS),
        capped=skipped(CAPPED),
        invited=of(SENT, OPENED, PARTIAL, DONE),
        opened=of(OPENED, PARTIAL, DONE),
        partial=of(PARTIAL),
        done=of(DONE),
    )
