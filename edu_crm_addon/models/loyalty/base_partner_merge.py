from odoo import models

from ...logic import referral as rule


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two contacts become one: a person was recommended once, and not by oneself.

    Of two members the ledgers become one and the better level stays; what they paid for
    goes on, too. A price list that was agreed with one of them stays as well. The host
    would refuse to write it together with a level that has one.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._join_referrals(src_partners | dst_partner)
        # Before any row is moved: then nobody knows whose card was whose.
        self._merge_loyalty_cards(src_partners, dst_partner)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        # sudo: levels say more than who merges may read
        kept = dst_partner.sudo()
        people = kept | src_partners.sudo()
        before, best = kept.grade_id, people.grade_id._edu_best()
        if not best:
            return super()._update_values(src_partners, dst_partner)
        agreed = people._edu_agreed_pricelists()[:1]
        people._edu_lay_down_level()
        result = super()._update_values(src_partners, dst_partner)
        kept = kept.with_context(mail_notrack=True)
        is_guest = kept.commercial_partner_id != kept
        kept._edu_write_level(best, agreed if agreed or is_guest else None)
        if before != best:
            change = {kept: (before.name, best.name)}
            kept._edu_log_levels(change, {kept: self.env._("contacts merged")})
            # A notice was of another level.
            cards = kept.edu_card_ids.filtered("edu_level_notice_on")
            cards.edu_level_notice_on = False
        return result

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
