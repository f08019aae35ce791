from odoo import models
from odoo.exceptions import UserError


class LoyaltyCardUpdateBalance(models.TransientModel):
    _inherit = "loyalty.card.update.balance"

    def action_update_card_point(self):
        if self.card_id.edu_is_member:
            raise UserError(
                self.env._(
                    "The balance of a member follows from the ledger. Use “Adjust "
                    "points” to give or take some with a reason."
                )
            )
        return super().action_update_card_point()
