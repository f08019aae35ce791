from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...logic.birthday import birth_days, birthdays
from .points_source import Claim

JOB = "points_birthday"
# Days a job that did not run looks back.
LATE = 3
EVENT = "birthday"


class ResPartner(models.Model):
    """Birthdays of members, and of the learners they pay for, earn once a year."""

    _inherit = "res.partner"

    @api.model
    def _cron_edu_birthdays(self):
        """Daily: give the points of today's birthdays, and of a few days before."""
        rules = self.env["edu.points.rule"].search([("event", "=", EVENT)])
        periods = {}
        for company in rules.company_id:
            today = company._edu_today()
            periods[company] = (today - timedelta(days=LATE), today)
        people = self.browse().union(
            *(self._edu_born_between(*period) for period in periods.values())
        )
        self.env["edu.job.failure"]._run_job(
            JOB, people, lambda batch: batch._edu_award_birthdays(periods)
        )

    def _edu_award_birthdays(self, periods):
        for company, (date_from, date_to) in periods.items():
            claims = self._edu_birthday_claims(company, date_from, date_to)
            self.env["edu.points.rule"]._award(EVENT, claims, company)

    @api.model
    def _edu_born_between(self, date_from, date_to):
        """Return the people with a birthday in this period."""
        days = (date_to - date_from).days + 1
        born = Domain.OR(
            Domain("edu_birth_date.month_number", "=", month)
            & Domain("edu_birth_date.day_of_month", "=", number)
            for n in range(min(days, 366))
            for month, number in birth_days(date_from + timedelta(days=n))
        )
        return self.search(born & Domain("edu_birth_date", "!=", False), order="id")

    def _edu_birthday_claims(self, company, date_from, date_to):
        """Return the claims of birthdays in the period, of members only."""
        people = self.filtered(lambda p: p.company_id in (company, company.browse()))
        owners = people._edu_wallet_owners(company)
        holders = self.browse().union(*owners.values())
        members = holders._edu_member_cards(company.edu_member_program_id, create=False)
        return [
            Claim(
                key=f"{day.year}:{person.id}",
                partner_id=person.id,
                model=self._name,
                record_id=person.id,
                on=day,
            )
            for person in people
            if owners[person] in members
            for day in birthdays(person.edu_birth_date, date_from, date_to)
        ]
