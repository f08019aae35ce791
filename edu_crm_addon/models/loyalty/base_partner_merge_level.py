from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Of two members the better level stays; what they paid for goes on, too.

    A price list that was agreed with one of them stays as well. The host would refuse
    to write it together with a level that has one.
    """

    _inherit = "base.partner.merge.automatic.wizard"

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
