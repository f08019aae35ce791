"""Points of an order: what it should have given by now, and what is to be booked.

The ledger is brought to a target, as often as anything happens to the order: what was
booked already is never booked again, whatever happened in between.

>>> half = Sale(total=1000, invoiced=1000, paid=500)
>>> plan(Ledger(pending=1000), half, issued=1000, is_held=True)
Plan(release=500)
"""

from dataclasses import dataclass, fields

from .points import TOLERANCE, clean, whole

DEBT, WRITE_OFF, BLOCK = "debt", "write_off", "block"
ALL = 1 - 1e-9  # of a share, but for what floats lose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Money of one order, in its currency.

    :param total: of the order
    :param invoiced, credited: of it, by invoices and by credit notes
    :param paid: of the invoices, by whatever, less what the credit notes were used for
    :param online: paid online, whether invoiced or not
    """

    total: float
    invoiced: float = 0.0
    credited: float = 0.0
    paid: float = 0.0
    online: float = 0.0

    @property
    def share_paid(self):
        """The part that was paid and not credited, 0 to 1.

        A credit note counts when it is posted, and once: paid out or set off against
        its invoice it counts no more than before.

        >>> Sale(total=1000, invoiced=1000, credited=300, paid=1000).share_paid
        0.7
        >>> Sale(total=1000, invoiced=1000, credited=300, paid=700).share_paid
        0.7
        >>> Sale(total=1000, invoiced=1000, credited=1000, paid=0).share_paid
        0.0
        """
        if self.total <= 0:
            return 1.0
        by_invoice = min(self.paid, self.invoiced - self.credited)
        return _share(max(by_invoice, self.online - self.credited) / self.total)

    @property
    def share_kept(self):
        """The part that was not credited, paid or not.

        >>> Sale(total=1000, invoiced=1000, credited=300).share_kept
        0.7
        >>> Sale(total=700, invoiced=1000, credited=300).share_kept
        1.0
        """
        if self.total <= 0:
            return 1.0
        return _share((max(self.total, self.invoiced) - self.credited) / self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was booked of one order on one card.

    :param given: to the balance, less what was taken back or written off
    :param pending: still waiting
    :param written_off: part of what was taken back that nobody had any more
    :param spent: on the order, less what was given back
    """

    given: float = 0.0
    pending: float = 0.0
    written_off: float = 0.0
    spent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Plan:
    """Points to book, each zero or positive."""

    spend: float = 0.0
    give_back: float = 0.0
    restore: float = 0.0
    release: float = 0.0
    issue: float = 0.0
    wait: float = 0.0
    void: float = 0.0
    take_back: float = 0.0

    def __repr__(self):
        told = ", ".join(f"{name}={value:g}" for name, value in self)
        return f"Plan({told})"

    def __iter__(self):
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return (pair for pair in pairs if pair[1])

    def __bool__(self):
        return any(True for _ in self)


def _share(ratio):
    return 1.0 if ratio >= ALL else max(0.0, ratio)


def due(issued, share):
    """Return the points of ``share`` of an order, whole ones as long as not of all.

    >>> due(99.5, 1.0), due(99.5, 0.5), due(1000, 1 / 3)
    (99.5, 49, 333)
    """
    return issued if share >= 1 else min(issued, whole(issued * share))


def plan(ledger, sale, *, issued=0.0, is_held=False, spent=0.0):
    """Return what brings the ledger to where the order stands.

    :param issued: points the whole order gives; 0 once canceled
    :param is_held: whether what is not paid waits
    :param spent: points its rewards cost

    What was credited is not given, paid or not. What was written off comes first when
    points are given again: it was theirs before.
    """
    entitled = due(issued, sale.share_kept)
    available = min(entitled, due(issued, sale.share_paid)) if is_held else entitled
    more = max(0.0, clean(available - ledger.given))
    restore = min(more, ledger.written_off)
    release = min(clean(more - restore), ledger.pending)
    change = clean(entitled - available - ledger.pending + release)
    costs = clean(spent - ledger.spent)
    return Plan(
        spend=max(0.0, costs),
        give_back=max(0.0, -costs),
        restore=restore,
        release=release,
        issue=clean(more - restore - release),
        wait=max(0.0, change),
        void=max(0.0, -change),
        take_back=max(0.0, clean(ledger.given - available)),
    )


def reissued(issued, before, after, *, scale=1.0):
    """Return the points of an order whose lines changed.

    :param before, after: what today's rules give for it then and now; if they gave what
        they give now when it was confirmed, that is it. If not, what was promised
        follows in proportion, or by the amount when they give nothing any more.

    >>> reissued(1000, 1000, 3000), reissued(1000, 2000, 6000), reissued(1000, 0, 0)
    (3000, 3000.0, 1000.0)
    >>> reissued(1000, 0, 0, scale=0.5)
    500.0
    """
    if abs(before - issued) < TOLERANCE:
        return after
    if before > 0:
        return clean(issued * after / before)
    return clean(issued * min(1.0, max(0.0, scale)))


def taken(points, balance, policy):
    """Return what is taken from the balance, and what is written off.

    >>> taken(100, 40, DEBT), taken(100, 40, WRITE_OFF), taken(100, -5, WRITE_OFF)
    ((100, 0.0), (40, 60.0), (0.0, 100.0))
    """
    if policy != WRITE_OFF:
        return points, 0.0
    there = min(points, max(0.0, balance))
    return there, clean(points - there)
