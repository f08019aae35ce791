"""What a signed contract says, and whether what is agreed today still says the same.

Facts are plain values as JSON keeps them: numbers and dates are strings, so that a
copy read from the database has the digest of the original. What a line leaves open
(``None``) binds nobody: a course that begins "on the day of the confirmation" is no
other course once that day is known.
"""

import hashlib
import json
from dataclasses import dataclass

ADDED = "added"
REMOVED = "removed"
CUSTOMER = "customer"
CURRENCY = "currency"
TOTAL = "total"
PAYMENT = "payment"
LEARNER = "learner"
COURSE = "course"
RUN = "run"
DATE_START = "date_start"
DATE_END = "date_end"
TERM = "term"
LESSONS = "lessons"
QUANTITY = "quantity"
PRICE = "price"
HEAD_TOPICS = (CUSTOMER, CURRENCY, TOTAL, PAYMENT)
LINE_TOPICS = (
    LEARNER,
    COURSE,
    RUN,
    DATE_START,
    DATE_END,
    TERM,
    LESSONS,
    QUANTITY,
    PRICE,
)
TOPICS = (*HEAD_TOPICS, ADDED, REMOVED, *LINE_TOPICS)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """One thing that is no longer as signed; ``line`` is None for the whole order."""

    topic: str
    line: int | None = None


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file.

    >>> fingerprint(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()


def digest(facts: dict) -> str:
    """Return one fingerprint of all facts, whatever the order of their keys.

    >>> digest({"a": "1", "b": None}) == digest({"b": None, "a": "1"})
    True
    """
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return fingerprint(text.encode())


def changes(signed: dict, present: dict) -> list[Change]:
    """Return what the parties agreed on and is different now.

    Names, addresses and texts are printed but not compared: a corrected spelling is no
    other contract. The binding part of facts is ``terms``, each value a scalar.

    >>> line = {"id": 1, "learner": 7, "price": "100.00", "date_start": None}
    >>> terms = {"customer": 5, "total": "100.00", "lines": [line]}
    >>> dated = {**terms, "lines": [{**line, "date_start": "2026-09-01"}]}
    >>> changes({"terms": terms}, {"terms": dated})
    []
    >>> other = {**terms, "lines": [{**line, "learner": 8}]}
    >>> changes({"terms": terms}, {"terms": other})
    [Change(topic='learner', line=1)]
    """
    before, after = signed["terms"], present["terms"]
    if before == after:
        return []
    found = [Change(topic=t) for t in HEAD_TOPICS if _differs(before, after, t)]
    old = {line["id"]: line for line in before["lines"]}
    new = {line["id"]: line for line in after["lines"]}
    found += [Change(topic=ADDED, line=key) for key in new if key not in old]
    found += [Change(topic=REMOVED, line=key) for key in old if key not in new]
    found += [
        Change(topic=topic, line=key)
        for key in new
        if key in old
        for topic in LINE_TOPICS
        if _differs(old[key], new[key], topic)
    ]
    return found


def topics(found: list[Change]) -> list[str]:
    """Return each changed topic once, in the order in which people read a contract.

    >>> topics([Change(topic=PRICE, line=2), Change(topic=TOTAL), Change(topic=PRICE)])
    ['total', 'price']
    """
    present = {change.topic for change in found}
    return [topic for topic in TOPICS if topic in present]


def _differs(before: dict, after: dict, topic: str) -> bool:
    old, new = before.get(topic), after.get(topic)
    return old is not None and new is not None and old != new
