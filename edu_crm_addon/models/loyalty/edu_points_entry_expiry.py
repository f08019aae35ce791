from odoo import api, models


class EduPointsEntry(models.Model):
    """Whatever is booked, the nightly job hears in time of what will expire."""

    _inherit = "edu.points.entry"

    @api.model
    def _insert(self, rows):
        entries = super()._insert(rows)
        self.env["loyalty.card"]._edu_bring_forward(rows)
        return entries
