"""When a campaign asks again, who is left out, and when somebody is reminded."""

from datetime import date

import pytest

from edu_crm_addon.logic import survey_plan as rule
from edu_crm_addon.logic.survey_plan import Person


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("first", "number", "unit", "after", "expected"),
    [
        # the 31st, the last day of shorter months, and the 31st again
        ("2026-01-31", 1, "months", "2026-01-31", "2026-02-28"),
        ("2026-01-31", 1, "months", "2026-02-28", "2026-03-31"),
        ("2026-01-31", 1, "months", "2026-03-31", "2026-04-30"),
        ("2028-01-31", 1, "months", "2028-01-31", "2028-02-29"),
        ("2028-02-29", 12, "months", "2028-02-29", "2029-02-28"),
        ("2028-02-29", 12, "months", "2031-03-01", "2032-02-29"),
        # over the turn of the year
        ("2026-11-30", 3, "months", "2026-11-30", "2027-02-28"),
        ("2026-11-30", 3, "months", "2027-02-28", "2027-05-30"),
        ("2026-12-15", 1, "months", "2026-12-15", "2027-01-15"),
        # missed runs are not made up for
        ("2026-01-15", 3, "months", "2026-11-22", "2027-01-15"),
        ("2026-01-15", 3, "months", "2026-10-14", "2026-10-15"),
        ("2026-01-15", 3, "months", "2026-10-15", "2027-01-15"),
        # weeks
        ("2026-11-02", 1, "weeks", "2026-11-02", "2026-11-09"),
        ("2026-11-02", 2, "weeks", "2026-11-15", "2026-11-16"),
        ("2026-11-02", 2, "weeks", "2026-11-16", "2026-11-30"),
        # not begun yet
        ("2026-11-02", 1, "weeks", "2026-10-01", "2026-11-02"),
        ("2026-11-30", 1, "months", "2026-10-01", "2026-11-30"),
    ],
)
def test_next_run(first, number, unit, after, expected):
    assert rule.next_run(day(first), number, unit, day(after)) == day(expected)


def test_a_series_of_the_31st_never_drifts():
    first, at = day("2026-01-31"), day("2026-01-31")
    days = []
    for _month in range(12):
        at = rule.next_run(first, 1, "months", at)
        days.append(at.day)
    assert days == [28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31]


def test_a_series_needs_an_interval():
    with pytest.raises(ValueError, match="interval"):
        rule.next_run(day("2026-01-31"), 0, "months", day("2026-01-31"))


TODAY = day("2026-11-22")


@pytest.mark.parametrize(
    ("person", "by_mail", "rest", "expected"),
    [
        (Person(), True, 30, None),
        (Person(last_asked=day("2026-10-23")), True, 30, None),
        (Person(last_asked=day("2026-10-24")), True, 30, "capped"),
        (Person(last_asked=TODAY), True, 1, "capped"),
        (Person(last_asked=TODAY), True, 0, None),
        (Person(has_mail=False), True, 30, "no_address"),
        (Person(is_archived=True), False, 0, "archived"),
        (Person(is_archived=True, has_opted_out=True), True, 0, "archived"),
        (Person(has_mail=False), False, 30, None),
        (Person(is_blacklisted=True), True, 30, "opted_out"),
        (Person(is_blacklisted=True), False, 30, None),
        (Person(has_opted_out=True), False, 30, "opted_out"),
        (Person(is_event_asked=True), False, 0, "event_asked"),
        # the reason that is hardest to change is told
        (Person(has_opted_out=True, has_mail=False), True, 30, "opted_out"),
        (Person(has_mail=False, last_asked=TODAY), True, 30, "no_address"),
        (Person(is_event_asked=True, has_opted_out=True), True, 30, "event_asked"),
    ],
)
def test_skip_reason(person, by_mail, rest, expected):
    reason = rule.skip_reason(person, by_mail=by_mail, rest_days=rest, today=TODAY)
    assert reason == expected


@pytest.mark.parametrize(
    ("sent", "most", "last", "expected"),
    [
        (0, 2, "2026-12-31", "2026-11-26"),
        (1, 2, "2026-12-31", "2026-11-26"),
        (2, 2, "2026-12-31", None),
        (0, 0, "2026-12-31", None),
        (0, 2, "2026-11-26", "2026-11-26"),
        (0, 2, "2026-11-25", None),
    ],
)
def test_next_reminder(sent, most, last, expected):
    found = rule.next_reminder(sent, most=most, days=4, today=TODAY, last=day(last))
    assert found == (expected and day(expected))


@pytest.mark.parametrize(
    ("first", "days", "before", "expected"),
    [
        ("2026-11-01", 0, False, ("2026-11-01", "2026-11-22")),
        ("2026-11-01", 21, False, ("2026-11-01", "2026-11-01")),
        ("2026-11-01", 22, False, None),
        ("2026-11-22", 0, False, ("2026-11-22", "2026-11-22")),
        ("2026-11-23", 0, False, None),
        ("2026-11-23", 9, True, None),
        ("2026-11-01", 30, True, ("2026-11-22", "2026-12-22")),
    ],
)
def test_event_window(first, days, before, expected):
    found = rule.event_window(TODAY, day(first), days, before=before)
    assert found == (expected and tuple(map(day, expected)))


def test_states_of_campaigns_and_waves():
    allowed = {
        (state, target)
        for state in rule.NEXT
        for target in rule.NEXT
        if rule.may_become(state, target)
    }
    assert allowed == {
        ("draft", "running"),
        ("draft", "canceled"),
        ("running", "done"),
        ("running", "canceled"),
        ("running", "draft"),
        ("done", "running"),
        ("canceled", "draft"),
    }
    assert rule.NEXT_OF_WAVE["closed"] == ()
