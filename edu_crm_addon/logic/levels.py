"""Levels of membership: what was earned, and when a member moves up or down.

Up at once; down one step at a time, each after a notice and some days of grace.

>>> from datetime import date
>>> bronze, silver = Level(id=1, threshold=100), Level(id=2, threshold=500)
>>> terms = {"today": date(2026, 3, 1), "grace_days": 30}
>>> decide(Standing(points=600), [bronze, silver], **terms)
Decision(move='up', level=2)
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Decisions
STAY = "stay"
UP = "up"
DOWN = "down"
NOTIFY = "notify"
RECOVER = "recover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of a ladder.

    :param threshold: qualifying points it takes
    :param is_shared: of all companies: points of any of them count
    """

    id: int
    threshold: float
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a member stands.

    :param points: qualifying points in this company
    :param best_points: in whichever company they are most
    :param level: id of the present level, of a ladder or not
    :param notified_on: when the member was told that the level is not held any more
    :param kept_until: last day for which the level is paid or promised
    """

    points: float
    best_points: float = 0.0
    level: int | None = None
    notified_on: date | None = None
    kept_until: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a member, and the level afterwards (of NOTIFY: the next one)."""

    move: str
    level: int | None


def earned(points, best_points, ladder):
    """Return the highest level of ``ladder`` that these points reach, if any.

    >>> earned(500, 500, [Level(id=1, threshold=100), Level(id=2, threshold=500)]).id
    2
    """
    reached = [
        level
        for level in ladder
        if level.threshold <= (max(points, best_points) if level.is_shared else points)
    ]
    return max(reached, key=_height, default=None)


def following(points, best_points, ladder):
    """Return the next level above what is earned, and the points that are missing.

    >>> ladder = [Level(id=1, threshold=100), Level(id=2, threshold=500)]
    >>> following(120, 120, ladder)
    (2, 380)
    >>> following(500, 500, ladder)
    (None, 0)
    """
    held = earned(points, best_points, ladder)
    higher = [level for level in ladder if not held or _height(level) > _height(held)]
    if not higher:
        return None, 0
    level = min(higher, key=_height)
    counted = max(points, best_points) if level.is_shared else points
    return level.id, level.threshold - counted


def decide(standing, ladder, *, today, grace_days):
    """Return the ``Decision`` for a member today.

    Who has a level that is not of the ladder keeps it: others decide about that one.
    """
    present = next((level for level in ladder if level.id == standing.level), None)
    best = earned(standing.points, standing.best_points, ladder)
    if standing.level and not present:
        return _stay(standing)
    if best and (not present or _height(best) > _height(present)):
        return Decision(UP, best.id)
    if present == best or _is_kept(standing, today):
        return _stay(standing)
    lower = below(present, ladder)
    if not standing.notified_on:
        return Decision(NOTIFY, lower)
    if standing.notified_on + timedelta(days=grace_days) <= today:
        return Decision(DOWN, lower)
    return Decision(STAY, standing.level)


def _stay(standing):
    """Nothing changes, except that a notice given before holds no more."""
    return Decision(RECOVER if standing.notified_on else STAY, standing.level)


def _is_kept(standing, today):
    return bool(standing.kept_until and standing.kept_until >= today)


def below(present, ladder):
    """Return the id of the level one step under ``present``, if any."""
    lower = [level for level in ladder if _height(level) < _height(present)]
    return max(lower, key=_height).id if lower else None


def _height(level):
    return level.threshold, level.id
