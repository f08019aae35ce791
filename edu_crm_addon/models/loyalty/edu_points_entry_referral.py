from odoo import api, models

from ...logic import points as points_rule

REFERRAL = "edu.referral"


class EduPointsEntry(models.Model):
    """A referral is rewarded when its points can be spent."""

    _inherit = "edu.points.entry"

    @api.model
    def _book(self, rows):
        entries = super()._book(rows)
        ids = {row.get("res_id") for row in rows if row.get("res_model") == REFERRAL}
        if ids:
            # sudo: the referral follows its points, whoever moves them
            self.env[REFERRAL].sudo().browse(ids)._follow_points()
        return entries

    def _take_back_referral(self):
        """Book back what was given and not taken back before."""
        taken = dict(
            self._read_group(
                [("reverses_id", "in", self.ids)], ["reverses_id"], ["points:sum"]
            )
        )
        rows = []
        for entry in self:
            points = points_rule.clean(entry.points + taken.get(entry, 0.0))
            if points > 0:
                rows.append(
                    {
                        "card_id": entry.card_id.id,
                        "points": -points,
                        "kind": points_rule.REVERSE,
                        "text": entry.text,
                        "res_model": entry.res_model,
                        "res_id": entry.res_id,
                        "reverses_id": entry.id,
                        "key": f"referral-back:{entry.id}",
                    }
                )
        return self._book(rows)
