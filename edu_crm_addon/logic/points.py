"""Points of one card: which grants are left, in what order they go, what is owed.

The ledger is the only truth. What is left of a grant is not stored anywhere: it is
found by going through the movements of the card in the order they were booked.

>>> from datetime import date
>>> wallet = replay([
...     Movement(id=1, points=100, on=date(2026, 1, 1), expires_on=date(2026, 6, 30)),
...     Movement(id=2, points=50, on=date(2026, 2, 1)),
...     Movement(id=3, points=-120, on=date(2026, 3, 1)),
... ])
>>> [(grant.id, grant.left) for grant in wallet.grants], wallet.balance
([(2, 30.0)], 30.0)
"""

from dataclasses import dataclass, field
from datetime import date
from math import floor

# Kinds of movements
EARN = "earn"
SPEND = "spend"
EXPIRE = "expire"
REVERSE = "reverse"
ADJUST = "adjust"
HOST = "host"
# Accounts a movement is booked in: a card has three, and only one is its balance.
PENDING = "pending"
AVAILABLE = "available"
VOID = "void"

DIGITS = 2
TOLERANCE = 0.005


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One available entry of the ledger.

    :param points: gained, or negative
    :param on: day it was booked
    :param expires_on: last day the points can be used; for points given back, the last
        day of those whose grant has expired meanwhile
    :param reverses: id of the movement that is (partly) taken back
    """

    id: int
    points: float
    on: date
    expires_on: date | None = None
    reverses: int | None = None


@dataclass
class Grant:
    """What is left of points gained once."""

    id: int
    expires_on: date | None
    left: float


@dataclass
class Wallet:
    """Grants with something left, first to go first, and what is owed."""

    grants: list = field(default_factory=list)
    debt: float = 0.0

    @property
    def balance(self):
        return clean(sum(grant.left for grant in self.grants) - self.debt)

    def expiring(self, until):
        """Return the points whose last day is ``until`` or before."""
        return clean(
            sum(g.left for g in self.grants if g.expires_on and g.expires_on <= until)
        )


def clean(points):
    """Round to what the ledger stores; binary fractions leave no dust behind."""
    return round(points, DIGITS) + 0.0


def whole(points):
    """Return whole points, rounded down: awards are integers.

    >>> whole(99.99), whole(120 * 1.1)
    (99, 132)
    """
    return floor(points + TOLERANCE)


def replay(movements):
    """Return the ``Wallet`` after these movements, given in the order they were booked.

    Points are taken from what expires first (never, last; then the older one). Points
    given back return to the grants they came from, or are a grant of their own when
    those have expired. What cannot be taken is owed, and is paid by the next points.
    """
    book = _Book()
    for movement in movements:
        book.add(movement)
    return book.wallet()


class _Book:
    def __init__(self):
        self.grants = {}
        self.owed = {}  # movement: points nobody had
        self.draws = {}  # movement: [[grant, points], …] in the order they were taken

    def add(self, movement):
        points = clean(movement.points)
        if points < 0:
            self._take(movement, -points)
        elif movement.reverses in self.draws:
            self._give_back(movement, points)
        else:
            self._grant(movement, points)

    def wallet(self):
        left = [grant for grant in self.grants.values() if grant.left > 0]
        return Wallet(sorted(left, key=_order), clean(sum(self.owed.values())))

    def _grant(self, movement, points):
        left = self._pay_debts(movement.id, points)
        self.grants[movement.id] = Grant(movement.id, movement.expires_on, left)

    def _take(self, movement, points):
        first = self.grants.get(movement.reverses)
        others = sorted((g for g in self.grants.values() if g is not first), key=_order)
        taken = self.draws[movement.id] = []
        for grant in [first, *others] if first else others:
            share = min(points, grant.left)
            if share > 0:
                grant.left = clean(grant.left - share)
                points = clean(points - share)
                taken.append([grant.id, share])
        if points > 0:
            self._owe(movement.id, points)

    def _give_back(self, movement, points):
        """What was owed first, then the points taken last."""
        debt = min(points, self.owed.get(movement.reverses, 0.0))
        self._owe(movement.reverses, -debt)
        points = clean(points - debt)
        late = 0.0
        for draw in reversed(self.draws[movement.reverses]):
            share = min(points, draw[1])
            draw[1] = clean(draw[1] - share)
            points = clean(points - share)
            grant = self.grants[draw[0]]
            if grant.expires_on and grant.expires_on < movement.on:
                late += share
            else:
                self._return(grant, share)
        self._grant(movement, clean(late + points))

    def _return(self, grant, points):
        grant.left = clean(grant.left + self._pay_debts(grant.id, points))

    def _pay_debts(self, grant, points):
        """Pay what is owed, oldest first; return the points that are left.

        They are drawn like any others: who gives back the debt gets them back.
        """
        for debtor in list(self.owed):
            paid = min(points, self.owed[debtor])
            self._owe(debtor, -paid)
            points = clean(points - paid)
            if paid:
                self.draws[debtor].append([grant, paid])
        return points

    def _owe(self, debtor, points):
        owed = clean(self.owed.get(debtor, 0.0) + points)
        if owed > 0:
            self.owed[debtor] = owed
        else:
            self.owed.pop(debtor, None)


def _order(grant):
    return grant.expires_on or date.max, grant.id
