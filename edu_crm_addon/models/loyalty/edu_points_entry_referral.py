from odoo import api, models

from .edu_referral_reward import REWARDING

REFERRAL = "edu.referral"


class EduPointsEntry(models.Model):
    """A referral is rewarded when its points can be spent."""

    _inherit = "edu.points.entry"

    @api.model
    def _book(self, rows, *, lock=True):
        entries = super()._book(rows, lock=lock)
        ids = {row.get("res_id") for row in rows if row.get("res_model") == REFERRAL}
        if ids and not self.env.context.get(REWARDING):
            # sudo: the referral follows its points, whoever moves them
            self.env[REFERRAL].sudo().browse(ids)._follow_points()
        return entries
