from datetime import timedelta

from odoo import models
from odoo.fields import Domain


class ResCompany(models.Model):
    """Moments of a period, by the days of the school."""

    _inherit = "res.company"

    def _edu_days_domain(self, name, date_from, date_to):
        """Return the domain of datetimes ``name`` from the first to the last day."""
        first = self._edu_midnight(date_from)
        end = self._edu_midnight(date_to + timedelta(days=1))
        return Domain(name, ">=", first) & Domain(name, "<", end)
