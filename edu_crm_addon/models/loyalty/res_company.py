from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    """Where the members of a school have their points and how long these count for a
    level; how members recommend the school, and from when on it looks suspicious.
    """

    _inherit = "res.company"

    # Members
    edu_member_program_id = fields.Many2one(
        "loyalty.program",
        string="Member program",
        domain="[('edu_mode', '!=', False), ('company_id', '=', id)]",
        help="Learners and guardians become members of this program.",
    )
    edu_family_wallet = fields.Boolean(
        string="Family wallet",
        default=True,
        help="Learners earn points for the guardian who pays.",
    )
    # Levels
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
    # Referrals
    edu_referral_page = fields.Boolean(
        string="Referral page",
        default=True,
        help="Whoever opens a member's link can leave name and telephone number.",
    )
    edu_referral_limit = fields.Integer(
        string="Referrals in a month",
        default=5,
        help="Of one member. More are blocked until a leader has looked at them. "
        "0: any number.",
    )
    edu_referral_consent = fields.Text(
        string="Consent on the referral page",
        translate=True,
        help="What people agree to who leave their data. Empty: our standard text.",
    )

    _edu_level_terms = models.Constraint(
        "CHECK (edu_level_months BETWEEN 1 AND 120"
        " AND edu_level_grace_days BETWEEN 0 AND 365"
        " AND edu_membership_notice_days BETWEEN 0 AND 365)",
        "Points count for 1 to 120 months; days are 0 to 365.",
    )
    _edu_referral_limit_plausible = models.Constraint(
        "CHECK (edu_referral_limit >= 0)",
        "The number of recommendations cannot be negative.",
    )

    def _edu_days_domain(self, name, date_from, date_to):
        """Return the domain of datetimes ``name`` from the first to the last day."""
        first = self._edu_midnight(date_from)
        end = self._edu_midnight(date_to + timedelta(days=1))
        return Domain(name, ">=", first) & Domain(name, "<", end)

    def _edu_ladder(self):
        """Return the ``logic.levels.Level`` that members of the company can earn."""
        self.ensure_one()
        # sudo: the ladder holds for every member, whoever asks
        grades = self.env["res.partner.grade"].sudo()
        earned = [("edu_is_earned", "=", True), ("company_id", "in", (self.id, False))]
        return [grade._edu_as_level() for grade in grades.search(earned)]

    def _edu_referral_consent_text(self):
        self.ensure_one()
        return self.edu_referral_consent or self.env._(
            "I agree that %(school)s stores my name and contact data, contacts me "
            "about its courses, and tells whoever recommended it that I enrolled.",
            school=self.name,
        )
