from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def remove_move_reconcile(self):
        """A payment that bounces or is taken apart is none any more."""
        if not self.env["loyalty.card"]._edu_has_members():
            return super().remove_move_reconcile()
        others = self.matched_debit_ids.debit_move_id
        others |= self.matched_credit_ids.credit_move_id
        moves = (self | others).move_id
        result = super().remove_move_reconcile()
        moves._edu_settle_points()
        return result
