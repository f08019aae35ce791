from odoo import api, models

from .working_time import WorkingTime


class EduComplaintTeam(models.Model):
    """In which working days a team counts."""

    _inherit = "edu.complaint.team"

    @api.model
    def _working_deadline(self, owner, start, days):
        """Return the end of the Nth working day after the day of ``start``.

        :param owner: a team, or a company that has no team for it
        :param datetime start: naive moment in UTC; so is the answer
        """
        # sudo: what is promised follows from the calendar, whoever may read it
        owner = owner.sudo()
        is_team = owner._name == self._name
        company = (owner.company_id if is_team else owner) or self.env.company
        calendar = owner.calendar_id if is_team else company.resource_calendar_id
        calendar = calendar or company.resource_calendar_id
        return WorkingTime(self.env).due(calendar, company, start, days)
