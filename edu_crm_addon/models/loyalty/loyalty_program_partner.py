from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

ALLIANCE = "alliance_points"
COBRAND = "cobranded_affinity_card"


class LoyaltyProgram(models.Model):
    """Partners: firms that give and redeem the points, and who stands on the card."""

    _inherit = "loyalty.program"

    edu_firm_ids = fields.Many2many(
        "res.partner",
        "edu_loyalty_program_firm_rel",
        "program_id",
        "firm_id",
        string="Partner firms",
        domain=[("is_company", "=", True)],
        help="Where members collect and redeem the points, too. They are settled with "
        "month by month.",
    )
    edu_institution_id = fields.Many2one(
        "res.partner",
        string="Partner institution",
        domain=[("is_company", "=", True)],
        ondelete="restrict",
        help="Stands on the cards of new members.",
    )
    edu_benefits = fields.Text(
        string="What members get",
        translate=True,
        help="Members read it in the portal.",
    )

    def _edu_partners(self):
        """Return the firms that may give and redeem points of this program."""
        self.ensure_one()
        return self.edu_firm_ids | self.edu_institution_id

    def _edu_check_partner(self, firm):
        if firm not in self._edu_partners():
            raise ValidationError(
                self.env._(
                    "%(firm)s is no partner of %(program)s.",
                    firm=firm.display_name,
                    program=self.name,
                )
            )

    def _edu_expiry_day(self):
        """Return the last day of points given today, False if they never expire."""
        self.ensure_one()
        months = self.edu_expiry_months
        return months and self.company_id._edu_today() + relativedelta(months=months)
