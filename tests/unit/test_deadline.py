"""Due dates by hand: the research's table, plain weeks, zones, holidays, pauses."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from edu_crm_addon.logic import deadline, working_days
from edu_crm_addon.logic.deadline import Row

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
FULL = ((9, 12), (13, 18))
SCHOOL = {**dict.fromkeys(range(5), FULL), 5: ((9, 12),)}
OFFICE = dict.fromkeys(range(5), FULL)
# 2026-03-02 is a Monday; in New York the clocks change on the 8th.
FIRST = date(2026, 2, 23)


def at(day, clock, zone=SHANGHAI):
    return datetime.combine(date(2026, 3, day), time.fromisoformat(clock), zone)


def calendar(week, zone=SHANGHAI, holidays=()):
    return [
        (
            datetime.combine(day, time(start), zone),
            datetime.combine(day, time(stop), zone),
        )
        for day in (FIRST + timedelta(days=n) for n in range(40))
        if day not in holidays
        for start, stop in week.get(day.weekday(), ())
    ]


ZONES = pytest.mark.parametrize("zone", [SHANGHAI, NEW_YORK])
# received, working days -> due; March 2026
SCHOOL_TABLE = [
    ((6, "10:00"), 1, (7, "12:00")),
    ((6, "10:00"), 3, (10, "18:00")),
    ((6, "19:00"), 1, (7, "12:00")),
    ((6, "19:00"), 3, (10, "18:00")),
    ((2, "10:00"), 3, (5, "18:00")),
]
OFFICE_TABLE = [
    ((6, "10:00"), 1, (9, "18:00")),
    ((6, "10:00"), 3, (11, "18:00")),
    ((6, "19:00"), 1, (9, "18:00")),
    ((6, "19:00"), 3, (11, "18:00")),
    ((2, "10:00"), 3, (5, "18:00")),
]
# Monday the 9th and Wednesday the 4th are holidays.
HOLIDAYS = (date(2026, 3, 9), date(2026, 3, 4))
SCHOOL_HOLIDAY_TABLE = [
    ((6, "10:00"), 1, (7, "12:00")),
    ((6, "10:00"), 3, (11, "18:00")),
    ((6, "19:00"), 1, (7, "12:00")),
    ((6, "19:00"), 3, (11, "18:00")),
    ((2, "10:00"), 3, (6, "18:00")),
]
OFFICE_HOLIDAY_TABLE = [
    ((6, "10:00"), 1, (10, "18:00")),
    ((6, "10:00"), 3, (12, "18:00")),
    ((6, "19:00"), 1, (10, "18:00")),
    ((6, "19:00"), 3, (12, "18:00")),
    ((2, "10:00"), 3, (6, "18:00")),
]


@ZONES
@pytest.mark.parametrize(("received", "days", "expected"), SCHOOL_TABLE)
def test_school_week(received, days, expected, zone):
    found = working_days.due(calendar(SCHOOL, zone), at(*received, zone), days)
    assert found == at(*expected, zone)


@ZONES
@pytest.mark.parametrize(("received", "days", "expected"), OFFICE_TABLE)
def test_office_week(received, days, expected, zone):
    found = working_days.due(calendar(OFFICE, zone), at(*received, zone), days)
    assert found == at(*expected, zone)


@ZONES
@pytest.mark.parametrize(("received", "days", "expected"), SCHOOL_HOLIDAY_TABLE)
def test_school_week_with_a_holiday(received, days, expected, zone):
    intervals = calendar(SCHOOL, zone, HOLIDAYS)
    assert working_days.due(intervals, at(*received, zone), days) == at(*expected, zone)


@ZONES
@pytest.mark.parametrize(("received", "days", "expected"), OFFICE_HOLIDAY_TABLE)
def test_office_week_with_a_holiday(received, days, expected, zone):
    intervals = calendar(OFFICE, zone, HOLIDAYS)
    assert working_days.due(intervals, at(*received, zone), days) == at(*expected, zone)


def test_the_day_of_receipt_is_that_of_the_calendar():
    # Thursday 20:00 in New York is Friday 09:00 in Shanghai.
    received = at(5, "20:00", NEW_YORK)
    assert working_days.due(calendar(OFFICE), received, 1) == at(9, "18:00")
    office = calendar(OFFICE, NEW_YORK)
    assert working_days.due(office, received, 1) == at(6, "18:00", NEW_YORK)


def test_received_on_a_day_off():
    assert working_days.due(calendar(OFFICE), at(7, "11:00"), 1) == at(9, "18:00")
    assert working_days.due(calendar(SCHOOL), at(8, "11:00"), 1) == at(9, "18:00")


def test_too_short_a_calendar_gives_no_date():
    assert working_days.due(calendar(OFFICE), at(2, "10:00"), 100) is None
    assert working_days.due([], at(2, "10:00"), 1) is None
    assert deadline.plan([], at(2, "10:00"), 1) is None


# Office week, received on Monday the 2nd, 10:00; three days are Thursday the 5th.
PAUSES = {
    "within a day": ([((3, "10:00"), (3, "15:00"))], 5),
    "over a closing": ([((3, "10:00"), (4, "10:00"))], 6),
    "over two closings": ([((3, "10:00"), (5, "09:30"))], 9),
    "over a weekend": ([((5, "10:00"), (9, "11:00"))], 9),
    "on the day of receipt only": ([((2, "11:00"), (3, "09:00"))], 5),
    "until after hours of the due day": ([((5, "10:00"), (5, "20:00"))], 6),
    "until the closing itself": ([((5, "10:00"), (5, "18:00"))], 6),
    "twice": ([((3, "10:00"), (4, "10:00")), ((5, "10:00"), (6, "10:00"))], 9),
    "twice within one day": (
        [((3, "10:00"), (3, "11:00")), ((3, "12:00"), (4, "10:00"))],
        6,
    ),
    "after it was due": ([((6, "10:00"), (10, "10:00"))], 5),
}


@pytest.mark.parametrize("name", PAUSES)
def test_pauses(name):
    given, expected = PAUSES[name]
    pauses = [(at(*start), at(*stop)) for start, stop in given]
    found = working_days.due(calendar(OFFICE), at(2, "10:00"), 3, pauses)
    assert found == at(expected, "18:00")
    assert not any(start <= found <= stop for start, stop in pauses)


def test_a_pause_is_at_most_so_many_closings_long():
    office = calendar(OFFICE)
    stop = working_days.latest_resumption(office, at(2, "10:00"), 5)
    assert stop == at(6, "18:00")
    assert working_days.latest_resumption(office, at(2, "19:00"), 1) == at(3, "18:00")
    start = at(2, "10:00")
    pauses = [(start, stop)]
    assert working_days.paused_days(office, start, at(20, "18:00"), pauses) == 4


def test_warnings_come_at_half_and_at_four_fifths_of_the_working_time():
    # Monday 10:00 to Tuesday 18:00: 7 + 8 hours; half 7.5, four fifths 12.
    plan = deadline.plan(calendar(OFFICE), at(2, "10:00"), 1)
    assert plan.half == at(3, "09:30")
    assert plan.most == at(3, "15:00")
    assert plan.due == at(3, "18:00")
    assert plan.after == at(4, "18:00")


def test_warnings_take_pauses_out():
    # Paused from Monday 11:00 to Tuesday 10:00: 1 + 7 hours are left until Tuesday.
    pauses = [(at(2, "11:00"), at(3, "10:00"))]
    plan = deadline.plan(calendar(OFFICE), at(2, "10:00"), 1, pauses)
    assert plan.due == at(3, "18:00")
    assert plan.half == at(3, "14:00")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 1.0])
def test_the_moment_of_a_share_is_the_inverse_of_the_share(share):
    office, start, stop = calendar(OFFICE), at(2, "10:00"), at(5, "18:00")
    pauses = [(at(3, "11:00"), at(4, "10:00"))]
    moment = working_days.moment_of(office, start, stop, share, pauses)
    found = working_days.elapsed(office, start, stop, moment, pauses)
    assert found == pytest.approx(share)


def test_nothing_to_work_in_is_over_when_it_is_due():
    assert working_days.elapsed([], at(2, "10:00"), at(2, "12:00"), at(2, "11:00")) == 0
    assert working_days.elapsed([], at(2, "10:00"), at(2, "12:00"), at(2, "12:00")) == 1


NOON, EVENING = at(2, "12:00"), at(2, "18:00")
STATES = [
    (Row(due=EVENING), NOON, "open"),
    (Row(due=EVENING), EVENING, "open"),
    (Row(due=NOON), EVENING, "late"),
    (Row(due=NOON, missed=True), EVENING, "late"),
    (Row(due=EVENING, missed=True), NOON, "missed"),
    (Row(due=NOON, done=NOON), EVENING, "kept"),
    (Row(due=NOON, done=EVENING), EVENING, "missed"),
    (Row(due=EVENING, done=NOON, missed=True), EVENING, "missed"),
    (Row(due=NOON, dropped=True), EVENING, "dropped"),
]


@pytest.mark.parametrize(("row", "now", "expected"), STATES)
def test_states(row, now, expected):
    assert deadline.state(row, now) == expected


MOMENTS = [at(day, "10:00") for day in (2, 3, 4, 5)]
TOLD = [
    (None, (1, "10:00"), ()),
    (None, (2, "10:00"), ("half",)),
    ("half", (2, "11:00"), ()),
    ("half", (3, "11:00"), ("most",)),
    (None, (9, "11:00"), ("half", "most", "due", "after")),
    ("most", (4, "10:00"), ("due",)),
    ("due", (9, "11:00"), ("after",)),
    ("after", (9, "11:00"), ()),
]


@pytest.mark.parametrize(("told", "now", "expected"), TOLD)
def test_levels_are_told_in_order_and_once(told, now, expected):
    assert deadline.to_tell(told, MOMENTS, at(*now)) == expected


def test_the_next_check_is_the_next_level():
    assert deadline.next_check(None, MOMENTS) == MOMENTS[0]
    assert deadline.next_check("most", MOMENTS) == MOMENTS[2]
    assert deadline.next_check("after", MOMENTS) is None


def test_holidays_are_named():
    regular, worked = calendar(OFFICE), calendar(OFFICE, holidays=HOLIDAYS)
    found = working_days.skipped_days(regular, worked, at(6, "10:00"), at(12, "18:00"))
    assert found == (date(2026, 3, 9),)
    found = working_days.skipped_days(regular, worked, at(4, "10:00"), at(6, "18:00"))
    assert not found
