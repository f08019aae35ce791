from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import ormcache

from .working_time import WorkingTime, quarter_start


class EduComplaintTeam(models.Model):
    """In which working days a team counts."""

    _inherit = "edu.complaint.team"

    @api.model
    def _working_deadline(self, owner, start, days, company=None):
        """Return the end of the Nth working day after the day of ``start``.

        :param owner: a team, or a company that has no team for it
        :param datetime start: naive moment in UTC; so is the answer
        :param company: whose calendar does if the team has none
        """
        # sudo: what is promised follows from the calendar, whoever may read it
        owner = owner.sudo()
        if owner._name == self._name:
            company = company or owner.company_id or self.env.company
            calendar = owner._calendar_for(company)
        else:
            company, calendar = owner, owner.resource_calendar_id
        return WorkingTime(self.env).due(calendar, company, start, days)

    def _calendar_for(self, company):
        """Return the working calendar of the team, or of the company."""
        return self.calendar_id or company.sudo().resource_calendar_id

    @api.model
    @ormcache("calendar_id", "company_id", "number", "leaves")
    def _working_quarter(self, calendar_id, company_id, number, leaves):
        """Return the working time of a calendar in a quarter, in the calendar's zone.

        :param int number: of the quarter, see ``working_time.quarter_of``
        :param leaves: whether public leaves are taken out
        """
        # sudo: what is promised follows from the calendar, whoever may read it
        calendar = self.env["resource.calendar"].sudo().browse(calendar_id)
        zone = ZoneInfo(calendar.tz)
        found = calendar._work_intervals_batch(
            quarter_start(number),
            quarter_start(number + 1),
            domain=[
                ("time_type", "=", "leave"),
                ("company_id", "in", (company_id, False)),
            ],
            compute_leaves=leaves,
        )
        return tuple(
            (start.astimezone(zone), stop.astimezone(zone))
            for start, stop, _attendance in found[False]
        )
