from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

# Key of the context, and the value under it, by which the host's own code sets rewards.
# What came by RPC is never this very object.
BY_PROGRAM = "edu_rewards_by_program"
PROGRAM = object()
# By these a line takes points of a card, or gives some back.
MOVING = frozenset({"points_cost", "coupon_id", "reward_id", "order_id"})


class SaleOrder(models.Model):
    """An order spends points of its customer only, and as many as its rewards cost.

    The host lets salespeople write the cards and costs of lines.
    """

    _inherit = "sale.order"

    def copy(self, default=None):
        """The host copies rewards, and then removes them."""
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        copies = super(SaleOrder, by_program).copy(default).with_env(self.env)
        copies.order_line._edu_check_rewards()
        return copies

    def _write_vals_from_reward_vals(self, reward_vals, old_lines, delete=True):
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        lines = super(SaleOrder, by_program)._write_vals_from_reward_vals(
            reward_vals, old_lines, delete
        )
        return lines.with_env(self.env)

    def write(self, vals):
        if "partner_id" in vals:
            self._edu_check_customer(vals["partner_id"])
        return super().write(vals)

    def _edu_check_customer(self, partner_id):
        """Who confirmed the order has its points."""
        for order in self._edu_giving():
            if order.partner_id.id != partner_id:
                raise UserError(
                    self.env._(
                        "Order %s has moved points of its customer: cancel it first.",
                        order.name,
                    )
                )

    def _update_programs_and_rewards(self):
        """Cards of a former customer are no longer of use."""
        if self.state != "sale" and self.env["loyalty.card"]._edu_has_members():
            self._edu_drop_cards_of_others()
        return super()._update_programs_and_rewards()

    def _edu_drop_cards_of_others(self):
        cards = self.applied_coupon_ids | self.order_line.coupon_id
        cards |= self.coupon_point_ids.coupon_id
        others = cards.filtered(
            lambda card: card.edu_is_member and card.partner_id != self.partner_id
        )
        if others:
            self.order_line.filtered(lambda line: line.coupon_id in others).unlink()
            self.applied_coupon_ids -= others
            # sudo: as the host does
            points = self.sudo().coupon_point_ids
            points.filtered(lambda line: line.coupon_id in others).unlink()


class SaleOrderLine(models.Model):
    """Rewards of members are set by their program, not by hand."""

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._edu_check_rewards()
        return lines

    def write(self, vals):
        if MOVING.isdisjoint(vals) or (self.env.su and not self._edu_by_program()):
            return super().write(vals)
        if not self._edu_by_program():
            self._edu_check_rewards()
        result = super().write(vals)
        self._edu_check_rewards()
        return result

    def _reset_loyalty(self, complete=False):
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        super(SaleOrderLine, by_program)._reset_loyalty(complete)
        return self

    def _edu_by_program(self):
        return self.env.context.get(BY_PROGRAM) is PROGRAM

    def _edu_check_rewards(self):
        if not self.env["loyalty.card"]._edu_has_members():
            return
        for line in self.filtered(lambda line: line.coupon_id.edu_is_member):
            if not self.env.su and not self._edu_by_program():
                raise AccessError(
                    self.env._(
                        "What a reward costs follows from the program. Remove the line "
                        "and choose the reward again."
                    )
                )
            if line.coupon_id.partner_id != line.order_id.partner_id:
                raise ValidationError(
                    self.env._("An order spends only the points of its customer.")
                )


class SaleOrderCouponPoints(models.Model):
    """What an order gives follows from its lines."""

    _inherit = "sale.order.coupon.points"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._edu_check_given()
        return lines

    def write(self, vals):
        # The host gives nothing by these any more before it deletes them.
        if self.env.su or vals == {"points": 0}:
            return super().write(vals)
        self._edu_check_given()
        result = super().write(vals)
        self._edu_check_given()
        return result

    def _edu_check_given(self):
        # sudo: whose card it is, is no secret
        if not self.env.su and any(self.sudo().mapped("coupon_id.edu_is_member")):
            raise AccessError(
                self.env._("The points that an order gives follow from its lines.")
            )
