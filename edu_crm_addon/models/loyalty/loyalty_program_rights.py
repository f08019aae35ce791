from odoo import models

from ...const import GROUP_MANAGER, GROUP_READONLY


class LoyaltyProgram(models.Model):
    """Who says how a program with members works; where its members are listed."""

    _name = "loyalty.program"
    _inherit = ["loyalty.program", "edu.role.mixin"]
    # The host lets every sales manager change programs.
    _edu_write_group = GROUP_MANAGER

    def action_open_loyalty_cards(self):
        action = super().action_open_loyalty_cards()
        if not self.edu_mode or not self.env.user.has_group(GROUP_READONLY):
            return action
        return self.env["ir.actions.act_window"]._edu_open(
            "loyalty_card_action_members", [("program_id", "=", self.id)]
        )
