from odoo import api, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    """Points redeemed for coupons: the code comes with the confirmation, by mail.

    Canceling takes it back; a code that was used keeps its order.
    """

    _inherit = "sale.order"

    def _action_confirm(self):
        result = super()._action_confirm()
        self.order_line._edu_make_coupons()
        return result

    def _action_cancel(self):
        lines = self.order_line._edu_coupon_lines()
        coupons = lines and lines._edu_coupons()
        if coupons and any(coupon.use_count for coupon in coupons):
            raise UserError(
                self.env._(
                    "A coupon of this order was used already: the order stays as it is."
                )
            )
        result = super()._action_cancel()
        if coupons:
            coupons.action_archive()
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(vals.get("reward_id") for vals in vals_list):
            lines._edu_make_coupons()
        return lines

    def _edu_coupon_lines(self):
        # sudo: whether a reward is a coupon is no secret to who sells it
        return self.filtered(lambda line: line.sudo().reward_id.edu_coupon_program_id)

    def _edu_coupons(self):
        """Return the coupons, as superuser, that the orders of these lines gave."""
        # sudo: who confirms the order may make no coupons, the customer least of all
        lines = self.sudo()
        return lines.env["loyalty.card"].search(
            [
                ("order_id", "in", lines.order_id.ids),
                ("program_id", "in", lines.reward_id.edu_coupon_program_id.ids),
            ]
        )

    def _edu_make_coupons(self):
        """Give the coupons of confirmed lines that were not given yet."""
        lines = self._edu_coupon_lines().filtered(lambda line: line.state == "sale")
        for order, theirs in lines.sudo().grouped("order_id").items():
            wanted = order.order_line._edu_coupon_lines()
            made = theirs._edu_coupons()
            for program in theirs.reward_id.edu_coupon_program_id:
                count = sum(
                    line.product_uom_qty
                    for line in wanted
                    if line.reward_id.edu_coupon_program_id == program
                )
                missing = int(count) - len(
                    made.filtered(lambda coupon, p=program: coupon.program_id == p)
                )
                vals = program._edu_coupon_vals(order)
                made.create([vals for _number in range(missing)])
