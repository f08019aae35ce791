from odoo import models

from .edu_survey_invitation import (
    DONE,
    OPENED,
    PARTIAL,
    SENT,
    SKIPPED,
    WAITING,
)

# Of two invitations to the same the one that came further stays as it is.
FURTHEST_FIRST = [DONE, PARTIAL, OPENED, SENT, WAITING, SKIPPED]
BEGUN = (OPENED, PARTIAL, DONE)


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """The survivor of a merge has the answers and scores of all; its figures follow."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        # sudo: the figures are the scores', whoever merges
        self.env["res.partner"].sudo().browse(
            partner_ids
        ).exists()._refresh_satisfaction()
        return result

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._join_invitations(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _join_invitations(self, sources, target):
        """Let no invitation become the same as another.

        What was begun stays, beside the other; what was not is superfluous.
        """
        people = (sources | target).ids
        # sudo: of every company
        invitations = self.env["edu.survey.invitation"].sudo()
        invitations = invitations.search(
            ["|", ("partner_id", "in", people), ("learner_id", "in", people)]
        ).sorted(lambda i: (FURTHEST_FIRST.index(i.state), i.id))
        kept = {}
        superfluous = invitations.browse()
        for invitation in invitations:
            keys = self._invitation_keys(invitation, sources, target)
            same = next((kept[key] for key in keys if key in kept), None)
            if not same:
                kept.update(dict.fromkeys(keys, invitation))
            elif invitation.state in BEGUN:
                invitation.event_key = f"merged,{invitation.id}"
                invitation.next_reminder_on = False
            else:
                days = [i.sent_at for i in (same, invitation) if i.sent_at]
                same.sent_at = max(days, default=False)
                superfluous |= invitation
        superfluous.unlink()
        self.env.flush_all()

    def _invitation_keys(self, invitation, sources, target):
        """Return what no other invitation may have, once the contacts are one."""
        person, learner = (
            target if partner in sources else partner
            for partner in (invitation.partner_id, invitation.learner_id)
        )
        event = invitation.event_key or ""
        keys = [(invitation.wave_id, person, learner, event)]
        if event and invitation.state != SKIPPED:
            keys.append((invitation.campaign_id, person, event))
        return keys
