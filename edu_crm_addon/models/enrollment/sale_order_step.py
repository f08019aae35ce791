from odoo import models

from ...logic.enrollment import CANCELED

ORDERED = "payment"
PAID = "enrolled"


class SaleOrder(models.Model):
    """A confirmed course waits for its payment; the first payment wins the lead."""

    _inherit = "sale.order"

    def _edu_follow_state(self):
        result = super()._edu_follow_state()
        confirmed = self.filtered(
            lambda order: order.state == "sale" and order.opportunity_id
        )
        sold = confirmed.order_line._edu_courses().filtered("product_uom_qty")
        if sold:
            sold.order_id.opportunity_id._edu_move_to_step(ORDERED)
        return result

    def _edu_after_payment(self):
        """Called with orders of which something was paid, as often as that happens."""
        # sudo: whoever pays or books a payment, the payer in the portal too
        enrollments = self.sudo().edu_enrollment_ids
        # What was canceled may still be paid for, but enrolls nobody.
        valid = enrollments.filtered(lambda e: e.state != CANCELED)
        valid.lead_id._edu_move_to_step(PAID)
        self.env["edu.payment.reminder"]._forget_calls(enrollments)
