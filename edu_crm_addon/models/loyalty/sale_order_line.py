from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...logic.enrollment import CANCELED, DRAFT
from .points_source import REASON

# Whoever changes one of these on a confirmed line changes what the order gives.
PRICED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
    }
)
COST = "points_cost"
# Key of the context, and the value under it, by which the host's own code sets rewards.
# What came by RPC is never this very object.
BY_PROGRAM = "edu_rewards_by_program"
PROGRAM = object()
# By these a line takes points of a card, or gives some back.
MOVING = frozenset({"points_cost", "coupon_id", "reward_id", "order_id"})


class SaleOrderLine(models.Model):
    """Lines of a confirmed order that change move points of its member cards.

    Rewards of members are set by their program, not by hand. A free lesson has a
    learner as any course has.
    """

    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        ids = dict.fromkeys(vals.get("order_id") for vals in vals_list)
        orders = self.env["sale.order"].browse(filter(None, ids))
        is_reward = any(vals.get(COST) for vals in vals_list)
        if is_reward and len(orders) > 1:
            return self.concat(*(self.create([vals]) for vals in vals_list))
        if is_reward:
            told = self._edu_for_rewards(orders)
            lines = super(SaleOrderLine, told).create(vals_list).with_env(self.env)
        else:
            orders = orders._edu_giving()
            before = orders._edu_points_now()
            lines = super().create(vals_list)
            orders._edu_reissue(before)
        if any(vals.get("reward_id") for vals in vals_list):
            lines._edu_make_coupons()
        lines._edu_check_rewards()
        return lines

    def write(self, vals):
        is_checked = self._edu_is_checked(vals)
        if is_checked and not self._edu_by_program():
            self._edu_check_rewards()
        orders = self.order_id if COST in vals else self.env["sale.order"]
        if len(orders) > 1:
            for order in orders:
                (self & order.order_line).write(vals)
            return True
        if orders:
            result = super(SaleOrderLine, self._edu_for_rewards(orders)).write(vals)
        elif PRICED.isdisjoint(vals):
            result = super().write(vals)
        else:
            orders = self.order_id._edu_giving()
            before = orders._edu_points_now()
            result = super().write(vals)
            orders._edu_reissue(before)
        if is_checked:
            self._edu_check_rewards()
        return result

    def unlink(self):
        """A canceled order keeps the line of a lesson that has taken place.

        Of a confirmed order the host refuses it, but gives the points back first.
        """
        kept = self.filtered(lambda line: line.reward_id and line.state == "cancel")
        # sudo: who may delete the line deletes what only the line made
        kept = kept.filtered(
            lambda line: any(
                enrollment.state not in (DRAFT, CANCELED)
                for enrollment in line.sudo().edu_enrollment_ids
            )
        )
        lines = self - kept
        orders = lines.filtered(lambda line: line.coupon_id.edu_is_member).order_id
        if len(orders) == 1:
            lines = lines._edu_for_rewards(orders)
        return super(SaleOrderLine, lines).unlink()

    # ------------------------------------------------------------------ rewards
    def _reset_loyalty(self, complete=False):
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        super(SaleOrderLine, by_program)._reset_loyalty(complete)
        return self

    def _edu_by_program(self):
        return self.env.context.get(BY_PROGRAM) is PROGRAM

    def _edu_is_checked(self, vals):
        """Tell whether this moves points, other than by the server itself."""
        if MOVING.isdisjoint(vals):
            return False
        return self._edu_by_program() or not self.env.su

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

    def _edu_for_rewards(self, order):
        """Say for which confirmed order the host moves points of a card."""
        if order.state != "sale":
            return self
        return self.with_context(**{REASON: order._edu_spending()})

    def _edu_redeemed_for(self, learner):
        """Say who takes the course; the customer has to, if there are several."""
        if learner:
            self.edu_learner_id = learner
        if any(not line.edu_learner_id for line in self):
            raise UserError(self.env._("Say who takes the free lesson."))

    # ------------------------------------------------------------------ coupons
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
