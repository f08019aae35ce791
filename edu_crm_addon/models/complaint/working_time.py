"""Working time as plain intervals: what ``logic/working_days.py`` counts in."""

from bisect import bisect_left
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...logic import deadline as rule
from ...logic import working_days

# How many quarters of a year are looked at, and how many if those were too few.
REACHES = (1, 2, 5, 13)
DAY = timedelta(days=1)


def aware(moment):
    return moment.replace(tzinfo=UTC)


def naive(moment):
    """Return the moment as the database has it."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def quarter_start(number):
    """Return the beginning of a quarter, counted since the year 0."""
    year, quarter = divmod(number, 4)
    return datetime(year, 3 * quarter + 1, 1, tzinfo=UTC)


def quarter_of(moment):
    return 4 * moment.year + (moment.month - 1) // 3


class WorkingTime:
    """The working time of calendars, and what is due by it; moments are naive.

    Where there is no calendar, or none with working time, every day is a working day
    until midnight.
    """

    def __init__(self, env):
        self.env = env

    def plan(self, calendar, company, start, days, pauses=()):
        """Return the moments of a promise of ``days`` working days from ``start``."""
        return self._ask(calendar, company, start, days, rule.plan, days, pauses)

    def plan_until(self, calendar, company, start, due, pauses=()):
        """Return the moments of a promise with a given due date."""
        days = (due - start).days + 1
        stop = aware(due)
        return self._ask(calendar, company, start, days, rule.plan_until, stop, pauses)

    def due(self, calendar, company, start, days):
        """Return the closing of the Nth working day after the day of ``start``."""
        return naive(self._ask(calendar, company, start, days, working_days.due, days))

    def latest_resumption(self, calendar, company, start, days):
        """Return the end of a pause from ``start`` that covers ``days`` closings."""
        function = working_days.latest_resumption
        return naive(self._ask(calendar, company, start, days, function, days))

    def zone(self, calendar, company):
        return ZoneInfo(calendar.tz or company._edu_time_zone())

    def intervals(self, calendar, company, start, stop, leaves=True):
        """Return the working time of the quarters that two moments are in.

        What is more than a day before the first of them is left out.
        """
        if not calendar:
            return []
        found = []
        teams = self.env["edu.complaint.team"]
        for number in range(quarter_of(start - DAY), quarter_of(stop) + 1):
            found += teams._working_quarter(calendar.id, company.id, number, leaves)
        return found[bisect_left(found, aware(start) - DAY, key=lambda p: p[1]) :]

    def _ask(self, calendar, company, start, days, function, *arguments):
        """Return what ``function`` finds, in as much of the calendar as it needs."""
        for quarters in REACHES:
            last = quarter_start(quarter_of(start) + quarters) - DAY
            intervals = self.intervals(calendar, company, start, last)
            if found := function(intervals, aware(start), *arguments):
                return found
        intervals = self._every_day(calendar, company, start, days)
        return function(intervals, aware(start), *arguments)

    def _every_day(self, calendar, company, start, days):
        zone = self.zone(calendar, company)
        first = aware(start).astimezone(zone).date()
        last = time(23, 59, 59)
        return [
            (datetime.combine(d, time.min, zone), datetime.combine(d, last, zone))
            for d in (first + timedelta(days=n) for n in range(3 * days + 30))
        ]
