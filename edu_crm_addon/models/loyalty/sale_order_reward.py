from odoo import models
from odoo.exceptions import UserError

from ...logic.enrollment import CANCELED, DRAFT

BEING_PAID = ("pending", "authorized", "done")


class SaleOrder(models.Model):
    """Rewards of member cards: one at a time, in the order and in the portal.

    The host gives away as many free products as the balance allows; a member says each
    time what to redeem, and for whom.
    """

    _inherit = "sale.order"

    def _get_reward_values_product(self, reward, coupon, product=None, **kwargs):
        lines = super()._get_reward_values_product(reward, coupon, product, **kwargs)
        if coupon.edu_is_member and not reward.clear_wallet:
            for values in lines:
                values["product_uom_qty"] = reward.reward_product_qty
                values["points_cost"] = reward.required_points
        return lines

    def _write_vals_from_reward_vals(self, reward_vals, old_lines, delete=True):
        """A reward keeps its line: the line of a free lesson has its learner."""
        if reward_vals and len(old_lines) > 1:
            reward, product = reward_vals[0]["reward_id"], reward_vals[0]["product_id"]
            old_lines = old_lines.sorted(
                lambda line: (
                    line.reward_id.id != reward,
                    line.product_id.id != product,
                )
            )
        return super()._write_vals_from_reward_vals(reward_vals, old_lines, delete)

    # ------------------------------------------------------------------ portal
    def _edu_may_redeem(self, partner):
        """Tell whether ``partner`` may change the rewards of the order in the portal.

        It is the customer's own, and neither signed nor paid.
        """
        self.ensure_one()
        order = self.sudo()  # sudo: transactions are no secret to who pays them
        return (
            order.partner_id == partner
            and order._can_be_edited_on_portal()
            and not order.is_expired
            and not order.signed_on
            and not any(tx.state in BEING_PAID for tx in order.transaction_ids)
        )

    def _edu_portal_rewards(self, partner):
        """Return ``[(card, rewards to choose from)]`` for the page of the order."""
        if not self._edu_may_redeem(partner):
            return []
        order = self.sudo()  # sudo: members may see their card and its rewards
        cards = order._edu_member_cards()
        claimable = order._get_claimable_rewards(forced_coupons=cards) if cards else {}
        return [(card, claimable.get(card, ())) for card in cards]

    def _edu_member_cards(self):
        """Return the customer's cards of programs that count for the order."""
        self.ensure_one()
        cards = self.env["loyalty.card"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("edu_is_member", "=", True),
                ("program_id.company_id", "=", self.company_id.id),
            ]
        )
        domain = self._get_program_domain()
        return cards.filtered(lambda card: card.program_id.filtered_domain(domain))

    def _edu_reward_learners(self):
        """Return for whom the customer may redeem a lesson."""
        self.ensure_one()
        customer = self.partner_id
        learners = customer.edu_learner_link_ids.learner_id
        if customer._edu_needs_guardian(self.company_id._edu_today()):
            return learners
        return learners | customer

    def _edu_redeem(self, reward, learner=None):
        """Add ``reward`` to the order; return its lines.

        :param learner: who takes the lesson, if it is a course
        """
        self.ensure_one()
        self._update_programs_and_rewards()
        cards = self._edu_member_cards()
        card = cards.filtered(lambda card: card.program_id == reward.program_id)
        if not card or reward not in self._get_claimable_rewards(card).get(card, ()):
            raise UserError(self.env._("There are not enough points for this reward."))
        before = self.order_line
        result = self._apply_program_reward(reward, card)
        if "error" not in result:
            self._update_programs_and_rewards()
        lines = self.order_line - before
        if "error" in result or not lines:
            message = result.get("error") or self.env._("Nothing can be redeemed here.")
            raise UserError(message)
        lines._edu_courses()._edu_redeemed_for(learner)
        return lines

    def _edu_unredeem(self, line):
        """Take a reward off the order again."""
        self.ensure_one()
        line.unlink()
        self._update_programs_and_rewards()


class SaleOrderLine(models.Model):
    """A free lesson has a learner as any course has."""

    _inherit = "sale.order.line"

    def _edu_redeemed_for(self, learner):
        """Say who takes the course; the customer has to, if there are several."""
        if learner:
            self.edu_learner_id = learner
        if any(not line.edu_learner_id for line in self):
            raise UserError(self.env._("Say who takes the free lesson."))

    def unlink(self):
        """A canceled order keeps the line of a lesson that has taken place."""
        kept = self.filtered(lambda line: line.reward_id and line.state == "cancel")
        # sudo: who may delete the line deletes what only the line made
        kept = kept.filtered(
            lambda line: any(
                enrollment.state not in (DRAFT, CANCELED)
                for enrollment in line.sudo().edu_enrollment_ids
            )
        )
        return super(SaleOrderLine, self - kept).unlink()
