from odoo import models

from ...logic import referral as rule


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two contacts become one: a person was recommended once, and not by oneself."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._join_referrals(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _join_referrals(self, people):
        # sudo: of every company
        referrals = self.env["edu.referral"].sudo()
        found = referrals.search(
            [("referred_id", "in", people.ids), ("state", "!=", rule.CANCELED)]
        )
        own = found.filtered(lambda r: r.referrer_id in people)
        own._drop()
        for same in (found - own).grouped("company_id").values():
            best_first = same.sorted(
                lambda r: (rule.FURTHEST_FIRST.index(r.state), r.id)
            )
            best_first[1:]._drop()
        self.env.flush_all()
