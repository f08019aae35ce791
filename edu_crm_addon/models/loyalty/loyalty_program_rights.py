from odoo import models
from odoo.exceptions import UserError

from ...const import GROUP_MANAGER, GROUP_READONLY


class LoyaltyProgram(models.Model):
    """Who says how a program with members works; where its members are listed."""

    _name = "loyalty.program"
    _inherit = ["loyalty.program", "edu.role.mixin"]
    # The host lets every sales manager change programs.
    _edu_write_group = GROUP_MANAGER

    def write(self, vals):
        if "company_id" in vals:
            self._edu_check_company(vals["company_id"])
        return super().write(vals)

    def _edu_check_company(self, company_id):
        """What is in the ledger is of its company, for good."""
        moved = self.filtered(lambda p: p.edu_mode and p.company_id.id != company_id)
        # sudo: cards nobody may read as well
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        if moved and cards.search_count([("program_id", "in", moved.ids)], limit=1):
            raise UserError(
                self.env._("%s has members: it stays with its company.", moved[0].name)
            )

    def action_open_loyalty_cards(self):
        action = super().action_open_loyalty_cards()
        if not self.edu_mode or not self.env.user.has_group(GROUP_READONLY):
            return action
        return self.env["ir.actions.act_window"]._edu_open(
            "loyalty_card_action_members", [("program_id", "=", self.id)]
        )
