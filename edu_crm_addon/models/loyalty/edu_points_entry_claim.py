from odoo import models

from .points_source import Claim


class EduPointsEntry(models.Model):
    """An entry as the event it was given for."""

    _inherit = "edu.points.entry"

    def _as_claim(self, by_hand):
        self.ensure_one()
        return Claim(
            key=self.key or str(self.id),
            partner_id=self.card_id.partner_id.id,
            model=self.res_model or "",
            record_id=self.res_id or 0,
            points=self.points if by_hand else None,
            on=self.date,
        )
