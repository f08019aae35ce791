from odoo import fields, models


class LoyaltyProgram(models.Model):
    """Promotions for members only, or for those of a level."""

    _inherit = "loyalty.program"

    edu_members_only = fields.Boolean(
        string="Members only",
        help="The promotion applies to orders of members and, in a family wallet, of "
        "their learners.",
    )
    edu_min_grade_id = fields.Many2one(
        "res.partner.grade",
        string="From level",
        ondelete="restrict",
        help="Only for members of this level or a better one.",
    )

    def _edu_applies_to(self, partner, company):
        """Tell whether ``partner`` may use this promotion."""
        self.ensure_one()
        if not self.edu_members_only:
            return True
        # sudo: who is a member does not depend on who sells
        partner = partner.sudo().with_company(company)
        people = partner | partner._edu_wallet_owners(company)[partner]
        return any(
            not self.edu_min_grade_id
            or person.grade_id._edu_reaches(self.edu_min_grade_id)
            for person in people
            if person._edu_is_member(company)
        )
