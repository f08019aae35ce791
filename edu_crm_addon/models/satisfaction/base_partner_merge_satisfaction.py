from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """The survivor of a merge has the scores of all: its figures follow."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        # sudo: the figures are the scores', whoever merges
        self.env["res.partner"].sudo().browse(
            partner_ids
        ).exists()._refresh_satisfaction()
        return result
