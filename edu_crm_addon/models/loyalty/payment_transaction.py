from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        """What was paid online counts before there is an invoice."""
        result = super()._post_process()
        orders = self.filtered(lambda tx: tx.state == "done").sale_order_ids
        orders._edu_giving()._edu_settle_points()
        return result
