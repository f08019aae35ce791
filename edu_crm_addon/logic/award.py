"""What events earn: the first rule that fits, within its limits.

The same function decides an award and a dry run, so that what is shown before a rule is
saved is what it will do.

>>> from datetime import date
>>> rules = [Terms(id=1, points=100, month_limit=150)]
>>> day = date(2026, 9, 1)
>>> events = [Event(key=key, member="Li", on=day) for key in ("a", "b")]
>>> [(award.points, award.refused) for award in decide(events, rules)]
[(100, None), (100, 'month')]
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from .points import whole

# Why an event gets nothing, though a rule is for it.
MEMBER = "member"
MONTH = "month"
BUDGET = "budget"
REFUSALS = (MEMBER, MONTH, BUDGET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a rule gives, to whom, and how much at most; a limit of 0 is none.

    :param stages, courses: what the event has to be about; empty: whatever it is about
    :param member_limit: most points a member gets by this rule in a month
    :param month_limit: most points all members get in a month
    :param budget: most points that are given at all
    :param multiplies: whether the level of the member counts
    """

    id: int
    points: int
    stages: frozenset = frozenset()
    courses: frozenset = frozenset()
    date_from: date | None = None
    date_to: date | None = None
    member_limit: int = 0
    month_limit: int = 0
    budget: int = 0
    multiplies: bool = False

    @property
    def is_limited(self):
        return bool(self.member_limit or self.month_limit or self.budget)

    def fits(self, event):
        """Return whether the rule is for this event."""
        return (
            (not self.stages or event.stage in self.stages)
            and (not self.courses or event.course in self.courses)
            and (not self.date_from or self.date_from <= event.on)
            and (not self.date_to or event.on <= self.date_to)
        )

    def worth(self, event):
        """Return the points of the event; those that a person decided stay."""
        if event.points is not None:
            return whole(event.points)
        return whole(self.points * (event.multiplier if self.multiplies else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something a member has done, on a day."""

    key: str
    member: object
    on: date
    stage: int | None = None
    course: int | None = None
    multiplier: float = 1.0
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Points of an event by a rule; if a limit refuses them, nobody gets them."""

    event: Event
    rule: int
    points: int
    refused: str | None = None

    @property
    def given(self):
        return 0 if self.refused else self.points


@dataclass
class Used:
    """Points given so far, of which limits are counted.

    Months are pairs of year and number.
    """

    member: Counter = field(default_factory=Counter)  # (rule, month, member)
    month: Counter = field(default_factory=Counter)  # (rule, month)
    total: Counter = field(default_factory=Counter)  # rule

    def add(self, rule, month, member, points):
        self.member[rule, month, member] += points
        self.month[rule, month] += points
        self.total[rule] += points


def month_of(day):
    """Return the month of a day, as limits count it."""
    return day.year, day.month


def decide(events, rules, used=None):
    """Return the ``Award`` of each event that a rule is for and gives points for.

    :param rules: ``Terms`` in the order in which they are asked
    :param used: ``Used`` before; it is counted on
    """
    used = used or Used()
    awards = []
    for event in events:
        rule = next((rule for rule in rules if rule.fits(event)), None)
        if not rule or rule.worth(event) <= 0:
            continue
        points, month = rule.worth(event), month_of(event.on)
        refused = _refused(rule, month, event.member, points, used)
        if not refused:
            used.add(rule.id, month, event.member, points)
        awards.append(Award(event=event, rule=rule.id, points=points, refused=refused))
    return awards


def _refused(rule, month, member, points, used):
    """Return the limit that the points would go over, if any: all of them or none."""
    limits = (
        (MEMBER, rule.member_limit, used.member[rule.id, month, member]),
        (MONTH, rule.month_limit, used.month[rule.id, month]),
        (BUDGET, rule.budget, used.total[rule.id]),
    )
    for code, limit, given in limits:
        if limit and given + points > limit:
            return code
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a changed rule would have given, beside what the stored one would have.

    :param winners, losers: ``{member: points more, or fewer}``
    """

    events: int
    before: int
    after: int
    winners: dict
    losers: dict

    @property
    def difference(self):
        return self.after - self.before


def compare(events, before, after):
    """Replay the events by both lists of rules, from nothing given.

    >>> event = Event(key="a", member="Li", on=date(2026, 9, 1))
    >>> old, new = Terms(id=1, points=100), Terms(id=1, points=120)
    >>> compare([event], [old], [new]).winners
    {'Li': 20}
    """
    sums = [_by_member(decide(events, rules)) for rules in (before, after)]
    changes = {
        member: sums[1][member] - sums[0][member]
        for member in dict.fromkeys([*sums[0], *sums[1]])
    }
    return Comparison(
        events=len(events),
        before=sum(sums[0].values()),
        after=sum(sums[1].values()),
        winners={member: points for member, points in changes.items() if points > 0},
        losers={member: points for member, points in changes.items() if points < 0},
    )


def _by_member(awards):
    sums = Counter()
    for award in awards:
        sums[award.event.member] += award.given
    return sums


def needs_approval(points, limit, given=0):
    """Return whether points by hand wait for a second person.

    :param given: points by hand that the member got this month without approval; else
        a large amount would go through in small ones

    >>> needs_approval(500, 500), needs_approval(-501, 500), needs_approval(1, 500, 500)
    (False, True, True)
    """
    return abs(points) + given > limit
