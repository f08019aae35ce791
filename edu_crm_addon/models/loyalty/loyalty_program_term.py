from dateutil.relativedelta import relativedelta

from odoo import models


class LoyaltyProgram(models.Model):
    """Until when points without a term of their own can be used."""

    _inherit = "loyalty.program"

    def _edu_last_day(self, start):
        """Return the last day of points that can be spent from ``start``, if any."""
        self.ensure_one()
        months = self.edu_expiry_months
        return start + relativedelta(months=months) if months else None
