"""A school with a working calendar, a team, and complaints on given days of March."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.fields import Command

from ..common import EduCase

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHOLE_DAY = ((9, 12), (13, 18))


def at(day, clock="10:00", zone=SHANGHAI):
    """Return a time of a day in March 2026, naive in UTC; the 2nd is a Monday."""
    hour, minute = map(int, clock.split(":"))
    moment = datetime(2026, 3, day, hour, minute, tzinfo=zone)
    return moment.astimezone(UTC).replace(tzinfo=None)


class PromiseCase(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.leader = cls.make_user("leader")
        cls.manager = cls.make_user("manager")
        cls.calendar = cls.make_calendar()
        cls.complaint_team = cls.make_complaint_team(
            cls.agent,
            leader_id=cls.leader.id,
            manager_id=cls.manager.id,
            calendar_id=cls.calendar.id,
        )

    @classmethod
    def make_calendar(cls, saturday=True, tz="Asia/Shanghai", **values):
        days = [(str(day), *hours) for day in range(5) for hours in WHOLE_DAY]
        if saturday:
            days.append(("5", 9, 12))
        return cls.env["resource.calendar"].create(
            {
                "name": f"Calendar {next(cls._numbers)}",
                "tz": tz,
                "company_id": cls.env.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Work",
                                "dayofweek": day,
                                "hour_from": start,
                                "hour_to": stop,
                                "day_period": "morning" if stop <= 12 else "afternoon",
                            }
                        )
                        for day, start, stop in days
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def make_holiday(cls, day, calendar=None):
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": (calendar or cls.calendar).id,
                "company_id": cls.env.company.id,
                "date_from": at(day, "00:00"),
                "date_to": at(day, "23:59"),
            }
        )

    def receive(self, day, clock="10:00", **values):
        """Return a complaint received, and recorded, at that time."""
        moment = values.pop("moment", None) or at(day, clock)
        with freeze_time(moment):
            return self.make_complaint(
                **{
                    "team_id": self.complaint_team.id,
                    "user_id": self.agent.id,
                    "received_at": moment,
                    "received_note": "Frozen time",
                    **values,
                }
            )

    def promise(self, complaint, kind):
        """Return the last promise of a kind."""
        rows = complaint.deadline_ids.filtered(lambda row: row.kind == kind)
        return rows.sorted("id")[-1:]

    def assertDue(self, complaint, kind, day, clock="18:00"):
        self.assertEqual(self.promise(complaint, kind).due_at, at(day, clock))

    def assertStates(self, complaint, **expected):
        found = {name: self.promise(complaint, name).state for name in expected}
        self.assertEqual(found, expected)
