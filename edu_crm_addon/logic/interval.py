"""How far a figure of a few answers may be off: 95 % intervals for small schools.

Means get Student's t, shares Wilson's interval, the NPS the normal one. Whoever asked
everybody knows everything: the finite population shrinks the interval to nothing.
Source: research C5.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
# Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom.
T = (
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
)  # fmt: skip
# Of an answer of 0 to 10 as 0 to 100: 9 and 10 promote, 0 to 6 detract.
PROMOTES, DETRACTS = 90, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and between which values it is; no bounds where nobody can tell.

    >>> Estimate(n=4, value=50, low=40, high=60).margin
    10.0
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def has_interval(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def margin(self) -> float | None:
        return (self.high - self.low) / 2 if self.has_interval else None


def t_quantile(degrees: int) -> float:
    """Return the two-sided 95 % point of Student's t, right to three digits.

    >>> t_quantile(4), round(t_quantile(40), 3), round(t_quantile(120), 3)
    (2.7764, 2.021, 1.98)
    """
    if degrees <= len(T):
        return T[degrees - 1]
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    return Z + first / degrees + second / degrees**2


def finite(n: int, population: int | None) -> float:
    """Return the factor by which an interval shrinks when ``n`` of few were heard.

    >>> finite(10, None), finite(10, 10), round(finite(50, 101), 4)
    (1.0, 0.0, 0.7141)

    More answers than people: nobody knows of how many they are.

    >>> finite(10, 9)
    1.0
    """
    if not population or n > population:
        return 1.0
    if n == population:
        return 0.0
    return sqrt((population - n) / (population - 1))


def mean(
    n: int, total: float, squares: float, *, population: int | None = None
) -> Estimate:
    """Return the mean of ``n`` scores of 0 to 100, from their sum and sum of squares.

    >>> mean(5, 300, 19000)  # doctest: +ELLIPSIS
    Estimate(n=5, value=60.0, low=40.36..., high=79.63...)

    One answer, or answers that are all the same, do not tell how others differ.

    >>> mean(1, 60, 3600).has_interval, mean(3, 180, 10800).has_interval
    (False, False)
    >>> mean(3, 180, 10800, population=3)
    Estimate(n=3, value=60.0, low=60.0, high=60.0)
    """
    if not n:
        return Estimate(n=0)
    value = total / n
    factor = finite(n, population)
    variance = max(squares - total * value, 0) / (n - 1) if n > 1 else 0
    if factor and variance < 1e-9:
        return Estimate(n=n, value=value)
    half = t_quantile(n - 1) * sqrt(variance / n) * factor if factor else 0
    return Estimate(
        n=n, value=value, low=max(value - half, 0.0), high=min(value + half, 100.0)
    )


def share(part: int, n: int) -> Estimate:
    """Return the share of ``part`` in ``n`` with Wilson's interval, of 0 to 1.

    >>> share(8, 10)  # doctest: +ELLIPSIS
    Estimate(n=10, value=0.8, low=0.490..., high=0.943...)
    >>> share(0, 0).value
    """
    if not n:
        return Estimate(n=0)
    value = part / n
    below = 1 + Z**2 / n
    center = (value + Z**2 / (2 * n)) / below
    half = Z * sqrt(value * (1 - value) / n + Z**2 / (4 * n**2)) / below
    return Estimate(
        n=n,
        value=value,
        low=0.0 if not part else max(center - half, 0.0),
        high=1.0 if part == n else min(center + half, 1.0),
    )


def nps(
    promoters: int, detractors: int, n: int, *, population: int | None = None
) -> Estimate:
    """Return the net promoter score, of -100 to 100.

    >>> nps(50, 20, 100)  # doctest: +ELLIPSIS
    Estimate(n=100, value=30.0, low=14.69..., high=45.30...)

    If all say the same the formula would be sure of it; so few answers are not.

    >>> nps(3, 0, 3).has_interval
    False
    """
    if not n:
        return Estimate(n=0)
    up, down = promoters / n, detractors / n
    value = up - down
    factor = finite(n, population)
    variance = up + down - value**2
    if factor and variance < 1e-9:
        return Estimate(n=n, value=100 * value)
    half = Z * sqrt(max(variance, 0) / n) * factor
    return Estimate(
        n=n,
        value=100 * value,
        low=100 * max(value - half, -1.0),
        high=100 * min(value + half, 1.0),
    )


def is_change_proven(before: Estimate, after: Estimate) -> bool:
    """Tell whether the intervals leave no doubt that the figure changed.

    >>> old = Estimate(n=20, value=60, low=55, high=65)
    >>> is_change_proven(old, Estimate(n=20, value=66, low=61, high=71))
    False
    >>> is_change_proven(old, Estimate(n=20, value=75, low=70, high=80))
    True
    >>> is_change_proven(old, Estimate(n=1, value=100))
    False
    """
    if not (before.has_interval and after.has_interval):
        return False
    return after.low > before.high or after.high < before.low
