from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        """An order paid online may have no invoice yet."""
        result = super()._post_process()
        done = self.filtered(
            lambda transaction: (
                transaction.state == "done" and transaction.operation != "refund"
            )
        )
        orders = done.sale_order_ids.filtered(lambda order: order.state == "sale")
        if orders:
            orders._edu_after_payment()
        return result
