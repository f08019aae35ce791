from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["edu.enrollment"]._forget_payments()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self.env["edu.enrollment"]._forget_payments()
        return result
