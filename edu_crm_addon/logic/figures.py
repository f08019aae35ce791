"""Sums of scores, and the figures made of them: what a page of results shows.

A database adds up, these say what it means: estimates with intervals, shares of bands,
what should be improved first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from . import interval
from .interval import Estimate

# What to do about a content: how important it is, and how content people are with it.
IMPROVE, KEEP, WATCH, ENJOY = "improve", "keep", "watch", "enjoy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How many scores, their sum and the sum of their squares."""

    n: int = 0
    total: float = 0
    squares: float = 0

    def estimate(self, population: int | None = None) -> Estimate:
        return interval.mean(self.n, self.total, self.squares, population=population)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What some answers say about one dimension."""

    answers: int = 0
    experience: Sum = field(default_factory=Sum)
    expectation: Sum = field(default_factory=Sum)
    gap: Sum = field(default_factory=Sum)
    promoters: int = 0
    detractors: int = 0

    def gap_estimate(self, population: int | None = None) -> Estimate:
        """Return the mean gap, of -100 to 100.

        >>> Cell(gap=Sum(n=2, total=-30, squares=500)).gap_estimate(population=2)
        Estimate(n=2, value=-15.0, low=-15.0, high=-15.0)
        """
        gap = self.gap
        # A mean is of 0 to 100 there: shifted and halved, and back again.
        moved = interval.mean(
            gap.n,
            gap.total / 2 + 50 * gap.n,
            gap.squares / 4 + 50 * gap.total + 2500 * gap.n,
            population=population,
        )
        return Estimate(
            n=gap.n,
            **{
                name: None if value is None else 2 * value - 100
                for name, value in (
                    ("value", moved.value),
                    ("low", moved.low),
                    ("high", moved.high),
                )
            },
        )

    def nps(self, population: int | None = None) -> Estimate:
        """Return the net promoter score of a recommendation."""
        return interval.nps(
            self.promoters, self.detractors, self.experience.n, population=population
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A content in the picture of importance and performance."""

    name: str
    score: Estimate
    share: Estimate
    advice: str
    is_sure: bool


def priorities(
    contents: Iterable[tuple[str, Estimate, Estimate]],
) -> tuple[tuple[Point, ...], float, float]:
    """Return the points of ``(name, score, share)``, and where the two lines are.

    The lines are at the mean score and at the share that each would have if all were
    alike. Who does not do well in what is important improves that first.

    >>> good, bad = Estimate(n=9, value=80), Estimate(n=9, value=40)
    >>> much, little = Estimate(n=9, value=0.7), Estimate(n=9, value=0.3)
    >>> points, score, share = priorities([("a", bad, much), ("b", good, little)])
    >>> [(point.name, point.advice) for point in points], score, share
    ([('a', 'improve'), ('b', 'enjoy')], 60.0, 0.5)
    """
    known = [row for row in contents if row[1].n and row[2].value is not None]
    if not known:
        return (), 50.0, 0.5
    middle = sum(score.value for _name, score, _share in known) / len(known)
    alike = 1 / len(known)
    points = tuple(
        Point(
            name=name,
            score=score,
            share=share,
            advice=_advice(score.value >= middle, share.value >= alike),
            is_sure=_is_apart(score, middle) and _is_apart(share, alike),
        )
        for name, score, share in known
    )
    return points, middle, alike


def _advice(is_liked, is_important):
    if is_important:
        return KEEP if is_liked else IMPROVE
    return ENJOY if is_liked else WATCH


def _is_apart(estimate, line):
    return estimate.has_interval and not estimate.low <= line <= estimate.high
