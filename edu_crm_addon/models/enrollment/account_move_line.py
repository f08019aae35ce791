from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_post_hook(self, data):
        result = super()._reconcile_post_hook(data)
        self.env["edu.enrollment"]._forget_payments()
        self.move_id._edu_after_reconciled()
        return result

    def remove_move_reconcile(self):
        result = super().remove_move_reconcile()
        self.env["edu.enrollment"]._forget_payments()
        return result
