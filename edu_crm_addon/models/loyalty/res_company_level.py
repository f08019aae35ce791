from odoo import fields, models


class ResCompany(models.Model):
    """How long points count for the level of a member."""

    _inherit = "res.company"

    edu_level_months = fields.Integer(
        string="Months that count for a level",
        default=12,
        help="A member has the level of the points earned in so many months.",
    )
    edu_level_grace_days = fields.Integer(
        string="Grace before a lower level",
        default=30,
        help="Days between the notice to a member and the lower level.",
    )
    edu_membership_notice_days = fields.Integer(
        string="Reminder of a membership that ends",
        default=30,
        help="Days before its last day on which the member is reminded. 0: never.",
    )

    _edu_level_terms = models.Constraint(
        "CHECK (edu_level_months BETWEEN 1 AND 120"
        " AND edu_level_grace_days BETWEEN 0 AND 365"
        " AND edu_membership_notice_days BETWEEN 0 AND 365)",
        "Points count for 1 to 120 months; days are 0 to 365.",
    )

    def _edu_ladder(self):
        """Return the ``logic.levels.Level`` that members of the company can earn."""
        self.ensure_one()
        # sudo: the ladder holds for every member, whoever asks
        grades = self.env["res.partner.grade"].sudo()
        earned = [("edu_is_earned", "=", True), ("company_id", "in", (self.id, False))]
        return [grade._edu_as_level() for grade in grades.search(earned)]
