from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # Before any row is moved: then nobody knows whose card was whose.
        self._merge_loyalty_cards(src_partners, dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _merge_loyalty_cards(self, src_partners, dst_partner):
        """Of two members the ledgers become one before the host adds the balances."""
        cards = self.env["loyalty.card"].sudo()  # sudo: as the host does
        members = [("edu_is_member", "=", True)]
        found = cards.search(
            [("partner_id", "in", src_partners.ids), *members], order="id"
        )
        for program, merged in found.grouped("program_id").items():
            kept = cards.search(
                [
                    ("partner_id", "=", dst_partner.id),
                    ("program_id", "=", program.id),
                    *members,
                ],
                limit=1,
            )
            kept = kept or merged[:1]
            others = merged - kept
            if others:
                kept._edu_take_over(others)
                joined = (kept | others).mapped("edu_joined_on")
                kept.edu_joined_on = min(filter(None, joined), default=False)
        return super()._merge_loyalty_cards(src_partners, dst_partner)
