"""Points given or redeemed at a partner, read from the file that the partner sends.

>>> rows, problems = read(b"id,card,points\\nA1,044-1,50\\n,044-2,9\\n")
>>> [(row.external_id, row.card, row.points) for row in rows], problems
([('A1', '044-1', 50.0)], [Problem(line=3, code='no_id')])
"""

import csv
import datetime
import io
from dataclasses import dataclass
from math import isfinite

# Words of the first line that name a column.
COLUMNS = {
    "external_id": ("id", "reference", "external id", "编号", "流水号"),
    "card": ("card", "card number", "卡号", "会员卡号"),
    "points": ("points", "积分"),
    "date": ("date", "日期"),
}
REQUIRED = ("external_id", "card", "points")
MAX_ROWS = 10_000
MAX_POINTS = 10_000_000

NO_COLUMN = "no_column"
TOO_LONG = "too_long"
NO_ID = "no_id"
NO_CARD = "no_card"
BAD_POINTS = "bad_points"
BAD_DATE = "bad_date"
TWICE = "twice"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One movement; ``points`` are negative if they were redeemed."""

    line: int
    external_id: str
    card: str
    points: float
    date: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A line that cannot be used, and why; line 1 is the one with the column names."""

    line: int
    code: str


def read(content):
    """Return the rows and the problems of a CSV file, given as bytes."""
    lines = list(_csv(_decoded(content)))
    places = _places(lines[0] if lines else [])
    if any(name not in places for name in REQUIRED):
        return [], [Problem(line=1, code=NO_COLUMN)]
    if len(lines) > MAX_ROWS + 1:
        return [], [Problem(line=1, code=TOO_LONG)]
    rows, problems, seen = [], [], set()
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        values = {
            name: cells[place].strip() if place < len(cells) else ""
            for name, place in places.items()
        }
        found = _row(number, values, seen)
        (problems if isinstance(found, Problem) else rows).append(found)
        seen.add(values["external_id"])
    return rows, problems


def _row(number, values, seen):
    points, day = _points(values["points"]), _day(values.get("date", ""))
    faults = (
        (NO_ID, not values["external_id"]),
        (TWICE, values["external_id"] in seen),
        (NO_CARD, not values["card"]),
        (BAD_POINTS, not points),
        (BAD_DATE, day is False),
    )
    for code, is_wrong in faults:
        if is_wrong:
            return Problem(line=number, code=code)
    return Row(
        line=number,
        external_id=values["external_id"],
        card=values["card"],
        points=points,
        date=day,
    )


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _csv(text):
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _places(header):
    words = [cell.strip().lower() for cell in header]
    return {
        name: words.index(word)
        for name, aliases in COLUMNS.items()
        for word in aliases
        if word in words
    }


def _points(text):
    """Return the number, or 0 if it is none; no partner sends fractions of cents."""
    try:
        points = round(float(text.replace(",", "")), 2)
    except ValueError:
        return 0.0
    return points if isfinite(points) and abs(points) <= MAX_POINTS else 0.0


def _day(text):
    """Return the day, None if there is none, False if it is no day."""
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return False
