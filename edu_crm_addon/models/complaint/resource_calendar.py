from odoo import models


class ResourceCalendar(models.Model):
    """Its working time is remembered, until it changes."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result
