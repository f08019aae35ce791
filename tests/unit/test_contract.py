"""What makes a signed contract need a new version."""

import json
from copy import deepcopy

import pytest

from edu_crm_addon.logic import contract as rule
from edu_crm_addon.logic.contract import Change

LINE = {
    "id": 11,
    "learner": 7,
    "course": 3,
    "run": 2,
    "date_start": "2026-09-01",
    "date_end": "2026-09-30",
    "term": "1 months",
    "lessons": "4+0",
    "quantity": "1",
    "price": "100.00",
}
TERMS = {
    "customer": 5,
    "currency": "CNY",
    "total": "100.00",
    "payment": 0,
    "lines": [LINE],
}
FACTS = {"terms": TERMS, "school": {"name": "Sunrise"}, "rules": {"zh_CN": "规定"}}


def changed(head=None, **line):
    """Return the facts with other values in the head and in the one line."""
    facts = deepcopy(FACTS)
    facts["terms"].update(head or {})
    facts["terms"]["lines"][0].update(line)
    return facts


@pytest.mark.parametrize(
    ("present", "topics"),
    [
        (changed(), []),
        (changed({"customer": 6}), ["customer"]),
        (changed({"currency": "EUR"}), ["currency"]),
        (changed({"total": "120.00"}, price="120.00"), ["total", "price"]),
        (changed({"payment": 4}), ["payment"]),
        (changed(learner=8), ["learner"]),
        (changed(course=9), ["course"]),
        (changed(run=1), ["run"]),
        (changed(date_start="2026-09-02"), ["date_start"]),
        (changed(date_end="2026-10-31", term="2 months"), ["date_end", "term"]),
        (changed(lessons="4+1"), ["lessons"]),
        (changed(quantity="2"), ["quantity"]),
        (changed({"lines": [LINE, {**LINE, "id": 12}]}), ["added"]),
        (changed({"lines": [{**LINE, "id": 12}]}), ["added", "removed"]),
        # What is left open, before or after, binds nobody.
        (changed(run=None, date_start=None, date_end=None), []),
    ],
)
def test_what_is_different_is_named(present, topics):
    assert rule.topics(rule.changes(FACTS, present)) == topics


def test_what_was_left_open_when_signing_may_be_filled():
    signed = changed(run=None, date_start=None, date_end=None)
    assert rule.changes(signed, FACTS) == []


def test_a_name_spelled_otherwise_is_no_other_contract():
    present = deepcopy(FACTS)
    present["school"]["name"] = "Sunrise Education"
    assert rule.changes(FACTS, present) == []
    assert rule.digest(FACTS) != rule.digest(present)


def test_a_change_says_which_line():
    present = changed({"lines": [LINE, {**LINE, "id": 12, "learner": 8}]})
    assert rule.changes(FACTS, present) == [Change(topic="added", line=12)]


def test_the_digest_survives_the_way_through_the_database():
    stored = json.loads(json.dumps(FACTS))
    assert rule.digest(dict(reversed(stored.items()))) == rule.digest(FACTS)


def test_one_other_byte_is_another_fingerprint():
    assert rule.fingerprint(b"%PDF-1.4 a") != rule.fingerprint(b"%PDF-1.4 b")
