from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        """What was paid or refunded online counts before there is an invoice."""
        result = super()._post_process()
        done = self.filtered(lambda tx: tx.state == "done")
        orders = (done | done.source_transaction_id).sale_order_ids
        orders._edu_giving()._edu_settle_points()
        return result
