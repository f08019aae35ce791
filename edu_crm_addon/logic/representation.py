"""Whether those who answered are like those who were invited.

A difference counts when it is of some size and chance alone would rarely make it.
Source: research C7.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from .interval import finite

# Percentage points as a share; less is no matter whatever its cause.
SMALLEST = 0.05
# Fewer answers say nothing about whether they are like the others.
FEWEST = 10
# A rate under it is called low: who did not answer may well think otherwise.
LOW_RESPONSE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of those invited, and of those who answered."""

    key: Hashable
    invited: int
    answered: int
    invited_share: float
    answered_share: float | None
    differs: bool = False

    @property
    def rate(self) -> float | None:
        """Return which share of the group answered.

        >>> Segment(
        ...     key=1, invited=8, answered=2, invited_share=1, answered_share=1
        ... ).rate
        0.25
        """
        return self.answered / self.invited if self.invited else None


def compare(counts: Mapping[Hashable, tuple[int, int]]) -> tuple[Segment, ...]:
    """Return the groups of ``{key: (invited, answered)}``, as they came.

    >>> [(s.key, s.differs) for s in compare({"old": (100, 60), "new": (100, 20)})]
    [('old', True), ('new', True)]
    >>> any(s.differs for s in compare({"old": (100, 42), "new": (100, 38)}))
    False
    """
    invited = sum(pair[0] for pair in counts.values())
    answered = sum(pair[1] for pair in counts.values())
    # Many groups make a false alarm more likely: each is asked more of.
    far = NormalDist().inv_cdf(1 - 0.025 / max(len(counts), 1))
    segments = []
    for key, (asked, came) in counts.items():
        expected = asked / invited if invited else 0.0
        found = came / answered if answered else None
        segments.append(
            Segment(
                key=key,
                invited=asked,
                answered=came,
                invited_share=expected,
                answered_share=found,
                differs=answered >= FEWEST
                and _differs(expected, found, answered, invited, far),
            )
        )
    return tuple(segments)


def _differs(expected, found, answered, invited, far):
    if abs(found - expected) < SMALLEST:
        return False
    spread = sqrt(expected * (1 - expected) / answered) * finite(answered, invited)
    return abs(found - expected) > far * spread > 0


def is_low_response(answered: int, invited: int) -> bool:
    """Tell whether too few answered to trust that the others think alike.

    >>> is_low_response(29, 100), is_low_response(30, 100), is_low_response(0, 0)
    (True, False, False)
    """
    return bool(invited) and answered / invited < LOW_RESPONSE
