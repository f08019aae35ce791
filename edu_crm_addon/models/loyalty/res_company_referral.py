from odoo import fields, models


class ResCompany(models.Model):
    """How members recommend the school, and from when on it looks suspicious."""

    _inherit = "res.company"

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

    _edu_referral_limit_plausible = models.Constraint(
        "CHECK (edu_referral_limit >= 0)",
        "The number of recommendations cannot be negative.",
    )

    def _edu_referral_consent_text(self):
        self.ensure_one()
        return self.edu_referral_consent or self.env._(
            "I agree that %(school)s stores my name and contact data, contacts me "
            "about its courses, and tells whoever recommended it that I enrolled.",
            school=self.name,
        )
