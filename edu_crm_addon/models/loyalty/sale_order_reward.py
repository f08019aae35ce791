from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError

from .edu_membership import OPEN
from .sale_order_line import BY_PROGRAM, PROGRAM

BEING_PAID = ("pending", "authorized", "done")


class SaleOrder(models.Model):
    """Rewards of member cards, and what else an order gives: coupons, memberships.

    The host gives away as many free products as the balance allows; a member redeems
    one reward at a time, in the order and in the portal, and says each time what, and
    for whom. An order spends points of its customer only, and as many as its rewards
    cost; the host lets salespeople write the cards and costs of lines.

    Promotions of members are applied to orders of members only, codes included.
    """

    _inherit = "sale.order"

    def write(self, vals):
        if "partner_id" in vals:
            self._edu_check_customer(vals["partner_id"])
        return super().write(vals)

    def copy(self, default=None):
        """The host copies rewards, and then removes them."""
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        copies = super(SaleOrder, by_program).copy(default).with_env(self.env)
        copies.order_line._edu_check_rewards()
        return copies

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

    # ------------------------------------------------------------------ confirm, cancel
    def _action_confirm(self):
        """Points redeemed for coupons: the code comes with this, by mail."""
        result = super()._action_confirm()
        self.order_line._edu_make_coupons()
        return result

    def _action_cancel(self):
        """It takes coupons back, and terms; a code that was used keeps its order."""
        lines = self.order_line._edu_coupon_lines()
        coupons = lines and lines._edu_coupons()
        if coupons and any(coupon.use_count for coupon in coupons):
            raise UserError(
                self.env._(
                    "A coupon of this order was used already: the order stays as it is."
                )
            )
        result = super()._action_cancel()
        self._edu_cancel_terms()
        if coupons:
            coupons.action_archive()
        return result

    # ------------------------------------------------------------------ rewards
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
        by_program = self.with_context(**{BY_PROGRAM: PROGRAM})
        lines = super(SaleOrder, by_program)._write_vals_from_reward_vals(
            reward_vals, old_lines, delete
        )
        return lines.with_env(self.env)

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

    # ------------------------------------------------------------------ promotions
    def _program_check_compute_points(self, programs):
        result = super()._program_check_compute_points(programs)
        for program in self._edu_refused_programs(programs):
            result[program] = {"error": self._edu_refusal(program)}
        return result

    def _get_claimable_rewards(self, forced_coupons=None):
        # Coupons for later orders are claimed without a check of the conditions.
        result = super()._get_claimable_rewards(forced_coupons)
        programs = self.env["loyalty.program"].union(*(c.program_id for c in result))
        refused = self._edu_refused_programs(programs)
        for coupon in [coupon for coupon in result if coupon.program_id in refused]:
            del result[coupon]
        return result

    def _apply_program_reward(self, reward, coupon, **kwargs):
        if refused := self._edu_refused_programs(reward.program_id):
            return {"error": self._edu_refusal(refused)}
        return super()._apply_program_reward(reward, coupon, **kwargs)

    def _edu_refused_programs(self, programs):
        return programs.filtered(
            lambda program: (
                not program._edu_applies_to(self.partner_id, self.company_id)
            )
        )

    def _edu_refusal(self, program):
        if program.edu_min_grade_id:
            return self.env._(
                "This promotion is for members from level “%s”.",
                program.edu_min_grade_id.name,
            )
        return self.env._("This promotion is for members only.")

    # ------------------------------------------------------------------ memberships
    def _add_partnership(self):
        """A confirmed order of a membership with a term makes the term.

        Without a term the host gives the level, for good and to the organization of who
        buys. A term is of the person who buys it.
        """
        clubs = self.filtered(lambda o: o.assigned_grade_id and o._edu_club_lines())
        result = super(SaleOrder, self - clubs)._add_partnership()
        for order in clubs:
            order._edu_make_terms()
        return result

    def _edu_club_lines(self):
        # sudo: whoever sells it, a term is a term
        return self.sudo().order_line.filtered(
            lambda line: (
                line.product_id.service_tracking == "partnership"
                and line.product_id.grade_id
                and line.product_id.edu_club_months
            )
        )

    def _edu_make_terms(self):
        """Make the terms of the lines; those of one level follow each other."""
        self.ensure_one()
        # sudo: terms are made by orders
        terms = self.env["edu.membership"].sudo()
        for line in self._edu_club_lines():
            given = {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "grade_id": line.product_id.grade_id.id,
            }
            months = line.product_id.edu_club_months * max(
                round(line.product_uom_qty), 1
            )
            start = self.company_id._edu_today()
            last = terms.new(given)._following(*OPEN)[:1]
            if last:
                start = last.date_to + relativedelta(days=1)
            end = start + relativedelta(months=months, days=-1)
            dates = {"date_from": start, "date_to": end}
            terms.create({**given, **dates, "order_line_id": line.id})

    def _edu_cancel_terms(self):
        clubs = self.filtered("assigned_grade_id")
        if clubs:
            # sudo: as above
            terms = self.env["edu.membership"].sudo()
            lines = [("order_line_id.order_id", "in", clubs.ids)]
            terms.search([*lines, ("state", "in", OPEN)])._cancel()
