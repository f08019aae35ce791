from odoo import models
from odoo.tools import email_normalize

from ...logic import levels as rule


class ResPartner(models.Model):
    """Members: how one joins, what one has earned, who may be written to."""

    _inherit = "res.partner"

    def _edu_join(self, company):
        """Give these people a member card of the company, if it has a program."""
        program = company.sudo().edu_member_program_id  # sudo: whoever lets them join
        if program:
            self._edu_member_cards(program)

    def _edu_earned_grade(self, company):
        """Return the level that the points of this person reach, if any."""
        self.ensure_one()
        grade = self.env["res.partner.grade"]
        program = company.sudo().edu_member_program_id  # sudo: as above
        card = self._edu_member_cards(program, create=False).get(self)
        if not card:
            return grade
        standing = card._edu_standings()[card]
        level = rule.earned(
            standing.points, standing.best_points, company._edu_ladder()
        )
        return grade.browse(level and level.id)

    def _edu_with_mail(self):
        """Return those who have a mail address and did not refuse mails."""
        mails = {person: email_normalize(person.email) for person in self}
        known = [mail for mail in mails.values() if mail]
        # sudo: nobody else may read the list, and nothing but the mails is taken
        refused = self.env["mail.blacklist"].sudo().search([("email", "in", known)])
        refused = set(refused.mapped("email"))
        return self.filtered(
            lambda person: (
                person.active and mails[person] and mails[person] not in refused
            )
        )

    def _edu_is_member(self, company):
        """Tell whether this person has a card of a member program of the company."""
        self.ensure_one()
        # sudo: as above
        cards = self.env["loyalty.card"].sudo()
        return bool(
            cards.search_count(
                [
                    ("partner_id", "=", self.id),
                    ("edu_is_member", "=", True),
                    ("company_id", "=", company.id),
                ],
                limit=1,
            )
        )
