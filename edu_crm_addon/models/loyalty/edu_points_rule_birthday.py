from odoo import api, models


class EduPointsRule(models.Model):
    """Birthdays of a period, for the dry run."""

    _inherit = "edu.points.rule"

    @api.model
    def _claims_of_birthday(self, company, date_from, date_to):
        people = self.env["res.partner"]._edu_born_between(date_from, date_to)
        return people._edu_birthday_claims(company, date_from, date_to)
