from odoo import models

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
        if confirmed.order_line._edu_courses():
            confirmed.opportunity_id._edu_move_to_step(ORDERED)
        return result

    def _edu_after_payment(self):
        """Called with orders of which something was paid, as often as that happens."""
        # sudo: whoever pays or books a payment, the payer in the portal too
        enrollments = self.sudo().edu_enrollment_ids
        enrollments.lead_id._edu_move_to_step(PAID)
        self.env["edu.payment.reminder"]._forget_calls(enrollments)
