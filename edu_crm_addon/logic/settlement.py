"""What an alliance settles with a partner firm for a month.

The firm pays for points it gave; it is paid for points it redeemed.

>>> result = settle([("earn", 300), ("spend", -120), ("reverse", -50)], cost=0.01)
>>> result.given, result.redeemed, result.amount
(250.0, 120.0, -1.3)
"""

from dataclasses import dataclass

from .points import REVERSE, SPEND, clean

DIGITS = 2


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """Points given and redeemed at the firm, and what they are worth.

    ``amount`` is what the firm gets; if it is negative, what it owes.
    """

    given: float
    redeemed: float
    given_value: float
    redeemed_value: float

    @property
    def amount(self):
        return round(self.redeemed_value - self.given_value, DIGITS)


def settle(movements, *, cost):
    """Return the ``Settlement`` of ``[(kind, points), …]``, a point costing ``cost``.

    What was taken back counts against what it takes back.
    """
    given = redeemed = 0.0
    for kind, points in movements:
        if kind == SPEND or (kind == REVERSE and points > 0):
            redeemed -= points
        else:
            given += points
    given, redeemed = clean(given), clean(redeemed)
    return Settlement(
        given=given,
        redeemed=redeemed,
        given_value=round(given * cost, DIGITS),
        redeemed_value=round(redeemed * cost, DIGITS),
    )
