"""What moves satisfaction: how much of the overall score each content explains.

The share of a content is its exact Shapley value of R² (LMG): what it adds to R², as
the mean over all orders in which the contents may come in. It is an association, not a
cause. Resamples tell how far the shares may be off, and whether a rank would hold.
Source: research C6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, factorial, sqrt
from operator import mul
from random import Random

from .interval import Z

# Answers with all scores: below the first nothing is said, below the second no ranks.
FEWEST, ENOUGH = 50, 100
# A rank is told if it holds in so many of the resamples.
STABLE = 0.9
RESAMPLES, RESAMPLED_ROWS, FEWEST_RESAMPLES = 300, 300_000, 100
TINY = 1e-9

# Why there are no shares.
TOO_FEW, ALL_SAME, UNRELATED, NOT_ASKED = "too_few", "all_same", "unrelated", "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One content: its share of the influence, 0 to 1; None where it is not told."""

    name: str
    correlation: float
    is_certain: bool = True
    share: float | None = None
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    stability: float | None = None

    @property
    def is_negative(self) -> bool:
        """Tell whether those who like it are the less content ones: look closer."""
        return self.is_certain and self.correlation < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """The answer to "what moves it", or the reason why there is none."""

    n: int
    answers: int
    reason: str | None = None
    r_squared: float | None = None
    drivers: tuple[Driver, ...] = ()

    @property
    def is_direction_only(self) -> bool:
        return not self.reason and self.n < ENOUGH

    @property
    def complete_share(self) -> float | None:
        return self.n / self.answers if self.answers else None


def analyze(
    columns: Mapping[str, Sequence[float]],
    overall: Sequence[float],
    *,
    answers: int | None = None,
    seed: int = 0,
) -> Drivers:
    """Return what each of ``columns`` contributes to ``overall``.

    Each column has a score for each of the same answers; ``answers`` is how many there
    are with those that lack a score. The same ``seed`` gives the same intervals.

    >>> analyze({"price": [50.0] * 10}, [50.0] * 10).reason
    'too_few'
    """
    n = len(overall)
    answers = max(n, answers or 0)
    if not columns:
        return Drivers(n=n, answers=answers, reason=NOT_ASKED)
    if n < FEWEST:
        return Drivers(n=n, answers=answers, reason=TOO_FEW)
    products = _products([*columns.values(), overall])
    matrix = _correlations(products, [1] * n, len(columns) + 1)
    if matrix is None:
        return Drivers(n=n, answers=answers, reason=ALL_SAME)
    values, r_squared = shapley(matrix)
    if 1 - (1 - r_squared) * (n - 1) / (n - len(columns) - 1) <= 0:
        return Drivers(n=n, answers=answers, reason=UNRELATED, r_squared=r_squared)
    shares = [value / r_squared for value in values]
    resampled = _resample(products, n, len(columns) + 1, Random(seed))
    drivers = [
        _driver(number, name, (matrix[number][-1], n), shares, resampled)
        for number, name in enumerate(columns)
    ]
    if n < ENOUGH:
        # Which way, not how much.
        drivers = [
            Driver(name=d.name, correlation=d.correlation, is_certain=d.is_certain)
            for d in drivers
        ]
    drivers.sort(key=lambda driver: (-(driver.share or 0), driver.name))
    return Drivers(n=n, answers=answers, r_squared=r_squared, drivers=tuple(drivers))


def shapley(matrix: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """Return the Shapley value of each predictor, and R²; the last row is explained.

    Predictors that know nothing of each other explain their squared correlations.

    >>> values, r_squared = shapley([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]])
    >>> [round(value, 6) for value in values], round(r_squared, 6)
    ([0.36, 0.09], 0.45)
    """
    count = len(matrix) - 1
    explained = [0.0] * (1 << count)
    _explain([list(row) for row in matrix], 0, 0, explained)
    weights = [
        factorial(size) * factorial(count - size - 1) / factorial(count)
        for size in range(count)
    ]
    values = [
        sum(
            weights[subset.bit_count()]
            * (explained[subset | 1 << number] - explained[subset])
            for subset in range(1 << count)
            if not subset >> number & 1
        )
        for number in range(count)
    ]
    return values, explained[-1]


def _explain(matrix, first, subset, explained):
    """Note R² of all subsets which add predictors from ``first`` on to ``subset``.

    ``matrix`` is what is left after those of ``subset`` were swept out.
    """
    explained[subset] = 1 - matrix[-1][-1]
    for number in range(first, len(matrix) - 1):
        pivot_row = matrix[number]
        pivot = pivot_row[number]
        if pivot < TINY:  # it says nothing that the others do not say
            left = matrix
        else:
            left = [list(row) for row in matrix]
            for row in range(number + 1, len(matrix)):
                factor = pivot_row[row] / pivot
                for column in range(number + 1, len(matrix)):
                    left[row][column] -= factor * pivot_row[column]
        _explain(left, number + 1, subset | 1 << number, explained)


def _products(columns):
    """Return the columns, then the products of each two: what correlations need."""
    return [
        *(list(column) for column in columns),
        *(
            list(map(mul, columns[row], columns[column]))
            for row in range(len(columns))
            for column in range(row, len(columns))
        ),
    ]


def _correlations(products, weights, count):
    """Return the matrix of correlations; None if the last column does not vary.

    A predictor that does not vary is related to nothing, itself included.
    """
    n = sum(weights)
    sums = [sum(map(mul, weights, column)) for column in products]
    cross = iter(sums[count:])
    moments = [[0.0] * count for _row in range(count)]
    for row in range(count):
        for column in range(row, count):
            value = next(cross) - sums[row] * sums[column] / n
            moments[row][column] = moments[column][row] = value
    scale = [
        1 / sqrt(moments[row][row]) if moments[row][row] > TINY * n else 0.0
        for row in range(count)
    ]
    if not scale[-1]:
        return None
    return [
        [moments[row][column] * scale[row] * scale[column] for column in range(count)]
        for row in range(count)
    ]


def _resample(products, n, count, random):
    """Return the shares of each resample of the answers, drawn with replacement."""
    resampled = []
    positions = range(n)
    times = min(RESAMPLES, max(FEWEST_RESAMPLES, RESAMPLED_ROWS // n))
    for _time in range(times):
        weights = [0] * n
        for position in random.choices(positions, k=n):
            weights[position] += 1
        matrix = _correlations(products, weights, count)
        if matrix is None:
            continue
        values, r_squared = shapley(matrix)
        if r_squared > TINY:
            resampled.append([value / r_squared for value in values])
    return resampled


def is_direction_certain(correlation: float, n: int) -> bool:
    """Tell whether chance alone would rarely give such a correlation: Fisher's z.

    >>> is_direction_certain(-0.07, 109), is_direction_certain(-0.2, 109)
    (False, True)
    """
    if abs(correlation) >= 1:
        return True
    return abs(atanh(correlation)) * sqrt(n - 3) > Z


def _driver(number, name, relation, shares, resampled):
    correlation, n = relation
    drawn = sorted(draw[number] for draw in resampled)
    rank = _rank(number, shares)
    held = sum(_rank(number, draw) == rank for draw in resampled)
    stability = held / len(resampled) if resampled else 0.0
    return Driver(
        name=name,
        correlation=correlation,
        is_certain=is_direction_certain(correlation, n),
        share=shares[number],
        low=drawn[int(0.025 * (len(drawn) - 1))] if drawn else None,
        high=drawn[-1 - int(0.025 * (len(drawn) - 1))] if drawn else None,
        rank=rank if stability >= STABLE else None,
        stability=stability,
    )


def _rank(number, shares):
    return 1 + sum(share > shares[number] for share in shares)
