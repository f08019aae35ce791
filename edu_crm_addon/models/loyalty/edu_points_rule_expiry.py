from dateutil.relativedelta import relativedelta

from odoo import models


class EduPointsRule(models.Model):
    """Until when points can be used."""

    _inherit = "edu.points.rule"

    def _last_day(self, start):
        """Return the last day of points that can be spent from ``start``, if any."""
        self.ensure_one()
        months = self.expiry_months or self.program_id.edu_expiry_months
        return start + relativedelta(months=months) if months else None
