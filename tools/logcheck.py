"""Odoo's log as a test: any line of WARNING or above fails, host noise excepted."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .ui import DevError, say

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+?): (?P<text>.*)"
)
BAD = {"WARNING", "ERROR", "CRITICAL"}
# What the host itself says on a clean machine, with the reason it may be ignored.
# Each entry: logger (exact) and the beginning of the text (a regular expression).
Noise = tuple[str, str]
HOST_NOISE: list[Noise] = []
LINES = 12  # of each record, in an error message


def records(file: Path) -> list[tuple[str, str, str]]:
    """(level, logger, text with its traceback) of every bad record."""
    found: list[list[str]] = []
    wanted = False
    for line in file.read_text(errors="replace").splitlines():
        match = RECORD.match(line)
        if match:
            wanted = match["level"] in BAD
            if wanted:
                found.append([match["level"], match["logger"], match["text"]])
        elif wanted:
            found[-1][2] += f"\n{line}"
    return [tuple(record) for record in found]


def check(file: Path, noise: Sequence[Noise] = ()) -> None:
    """Raise when the log holds a bad record; count those that were excused."""
    bad, excused = {}, Counter()
    for level, logger, text in records(file):
        if _excused(logger, text, [*HOST_NOISE, *noise]):
            excused[f"{logger}: {_kind(text)[:100]}"] += 1
        else:
            bad.setdefault(_kind(text), []).append(f"{level} {logger}: {_short(text)}")
    for text, count in excused.items():
        say(f"    host noise, ignored {count} times: {text}")
    if bad:
        listing = "\n".join(f"  {len(same)} × {same[0]}" for same in bad.values())
        total = sum(len(same) for same in bad.values())
        raise DevError(f"{total} warnings or errors in {file}:\n{listing}")


def report(file: Path) -> None:
    """Show what `check` would raise: you are working, not submitting."""
    try:
        check(file)
    except DevError as error:
        say(f"    {error}")


def _excused(logger: str, text: str, noise: Sequence[Noise]) -> bool:
    return any(logger == name and re.match(start, text) for name, start in noise)


def _kind(text: str) -> str:
    """Equal for records that differ only in ids: one of them is enough to read."""
    return re.sub(r"\d+(, \d+)*", "…", text.splitlines()[0])


def _short(text: str) -> str:
    """A traceback's last lines say what happened."""
    lines = text.splitlines()
    return "\n".join([*lines[:1], *lines[1:][-LINES:]])


def tail(file: Path, lines: int = 30) -> str:
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:])
