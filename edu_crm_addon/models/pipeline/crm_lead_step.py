from collections import defaultdict

from odoo import models


class CrmLead(models.Model):
    """What happens around a lead brings it forward by itself, never back."""

    _inherit = "crm.lead"

    def _edu_move_to_step(self, step):
        """Bring open leads forward to their team's stage of ``step``; safe to repeat.

        :return: the leads that really moved
        """
        # sudo: whoever plans, orders or pays moves the lead, whosever it is
        leads = self.sudo().filtered(
            lambda lead: lead.active and lead.won_status == "pending" and lead.team_id
        )
        if not leads:
            return leads
        stages = leads.env["crm.stage"].search([("edu_step", "=", step)])
        moves = defaultdict(leads.browse)
        for lead in leads:
            stage = stages.filtered(lambda s, team=lead.team_id: team in s.team_ids)[:1]
            if stage and lead.stage_id.sequence < stage.sequence:
                moves[stage] |= lead
        for stage, moving in moves.items():
            moving.stage_id = stage
        return leads.browse().union(*moves.values())
