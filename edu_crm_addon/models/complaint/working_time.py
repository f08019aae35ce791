"""Working time as plain intervals: what ``logic/deadline.py`` counts in."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...logic import deadline as rule

# How many days of a calendar are read at once, and again if that was too short.
REACHES = (60, 250, 1100)
DAY = timedelta(days=1)


def aware(moment):
    return moment.replace(tzinfo=UTC)


def naive(moment):
    """Return the moment as the database has it."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


class WorkingTime:
    """The working time of calendars, each read once for all that is asked.

    Where there is no calendar, or none with working time, every day is a working day
    until midnight.
    """

    def __init__(self, env):
        self.env = env
        self.known = {}

    def plan(self, calendar, company, start, days, pauses=()):
        """Return the moments of a promise of ``days`` working days from ``start``."""
        return self._ask(calendar, company, start, days, rule.plan, days, pauses)

    def plan_until(self, calendar, company, start, due, pauses=()):
        """Return the moments of a promise with a given due date."""
        days = (due - start).days + 1
        stop = aware(due)
        return self._ask(calendar, company, start, days, rule.plan_until, stop, pauses)

    def due(self, calendar, company, start, days):
        found = self._ask(calendar, company, start, days, rule.due, days)
        return naive(found)

    def latest_resumption(self, calendar, company, start, days):
        found = self._ask(calendar, company, start, days, rule.latest_resumption, days)
        return naive(found)

    def zone(self, calendar, company):
        return ZoneInfo(calendar.tz or company._edu_time_zone())

    def intervals(self, calendar, company, start, stop, leaves=True):
        """Return the working time that touches two naive moments."""
        key = (calendar.id, company.id, leaves)
        low, high, found = self.known.get(key, (start, start, []))
        if low > start or high < stop:
            low, high = min(low, start), max(high, stop)
            found = self._read(calendar, company, low - DAY, high + DAY, leaves)
            self.known[key] = (low, high, found)
        first = aware(start) - DAY
        return [piece for piece in found if piece[1] > first]

    def _ask(self, calendar, company, start, days, function, *arguments):
        for reach in REACHES:
            if reach < 2 * days:
                continue
            stop = start + timedelta(days=reach)
            intervals = self.intervals(calendar, company, start, stop)
            if found := function(intervals, aware(start), *arguments):
                return found
        stop = start + timedelta(days=days + 5)
        intervals = self._every_day(calendar, company, start, stop)
        return function(intervals, aware(start), *arguments)

    def _read(self, calendar, company, start, stop, leaves):
        if not calendar:
            return []
        zone = self.zone(calendar, company)
        domain = [
            ("time_type", "=", "leave"),
            ("company_id", "in", (company.id, False)),
        ]
        # sudo: what is promised follows from the calendar, whoever may read it
        found = calendar.sudo()._work_intervals_batch(
            aware(start), aware(stop), domain=domain, compute_leaves=leaves
        )
        return [
            (begin.astimezone(zone), end.astimezone(zone))
            for begin, end, _attendance in found[False]
        ]

    def _every_day(self, calendar, company, start, stop):
        zone = self.zone(calendar, company)
        first = aware(start).astimezone(zone).date()
        last = time(23, 59, 59)
        days = (first + timedelta(days=n) for n in range((stop - start).days + 1))
        return [
            (datetime.combine(d, time.min, zone), datetime.combine(d, last, zone))
            for d in days
        ]
