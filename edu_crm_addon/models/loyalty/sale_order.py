from odoo import models
from odoo.exceptions import UserError, ValidationError

from ...logic import order_points as rule
from ...logic.points import SPEND, clean, whole
from .order_account import ORDER, OrderAccount
from .points_source import PointsSource


class SaleOrder(models.Model):
    """Points of an order: what the host does with them, done by the ledger.

    The host confirms several orders with one balance, gives points before anything is
    paid, and never looks at a credit note. For member cards it moves nothing here: it
    says what an order gives and what rewards cost, and ``_edu_settle_points`` books it.

    The ledger follows the order. Whatever happened, it is compared with where the order
    stands, and the difference is booked: once, however often it is asked.
    """

    _inherit = "sale.order"

    def action_confirm(self):
        if len(self) > 1 and self.order_line.coupon_id:
            # One by one, so that the next finds what the one before left.
            for order in self:
                order.action_confirm()
            return True
        self._edu_spent_cards()._edu_expire_due()
        result = super().action_confirm()
        if self._edu_has_points():
            self._edu_settle_points()
            self._edu_check_covered()
        return result

    def _action_cancel(self):
        confirmed = self._edu_giving()
        self._edu_forget_points()
        result = super()._action_cancel()
        if confirmed:
            confirmed._edu_settle_points(is_canceling=True)
        return result

    def _edu_forget_points(self):
        """Drop what the orders would give: the host lets only its managers do so.

        What they gave is in the ledger, and is taken back from there.
        """
        # sudo: whoever may cancel the order
        points = self.sudo().coupon_point_ids
        points.filtered("coupon_id.edu_is_member").unlink()

    def _edu_spent_cards(self):
        return self.order_line.coupon_id.filtered("edu_is_member")

    def _edu_check_covered(self):
        """No reward without the points: whatever way it came on the order."""
        if any(clean(card.points) < 0 for card in self._edu_spent_cards()):
            raise ValidationError(
                self.env._(
                    "The member does not have the points that the rewards of this "
                    "order cost."
                )
            )

    # ------------------------------------------------------------------ the host
    def _get_point_changes(self):
        """Nothing for member cards: the ledger moves their points."""
        changes = super()._get_point_changes()
        return {card: n for card, n in changes.items() if not card.edu_is_member}

    def _get_real_points_for_coupon(self, coupon, post_confirm=False):
        """Points that wait cannot be spent; who owes some can still buy."""
        if not coupon.edu_is_member:
            return super()._get_real_points_for_coupon(coupon, post_confirm)
        self.ensure_one()
        points = 0.0 if coupon.edu_difference else coupon.points
        if self.state == "sale":
            return clean(max(points, 0.0))
        if not coupon.program_id.edu_hold_until_paid:
            own = self.coupon_point_ids.filtered(lambda p: p.coupon_id == coupon)
            points += whole(sum(own.mapped("points")))
        rewards = self.order_line.filtered(lambda line: line.coupon_id == coupon)
        return clean(max(points, 0.0) - sum(rewards.mapped("points_cost")))

    def _add_points_for_coupon(self, coupon_points):
        """Once confirmed, the host would move the points of the card as well."""
        members = {c: n for c, n in coupon_points.items() if c.edu_is_member}
        if self.state != "sale" or not members:
            return super()._add_points_for_coupon(coupon_points)
        known = {line.coupon_id: line for line in self.sudo().coupon_point_ids}
        for card, points in members.items():
            if card in known:
                known[card].points = points
        new = {card: n for card, n in members.items() if card not in known}
        # sudo: as the host does
        self.env["sale.order.coupon.points"].sudo().create(
            [
                {"order_id": self.id, "coupon_id": card.id, "points": points}
                for card, points in new.items()
            ]
        )
        others = {c: n for c, n in coupon_points.items() if c not in members}
        return super()._add_points_for_coupon(others) if others else None

    def _update_programs_and_rewards(self):
        """Cards of a former customer are no longer of use.

        What it changes of a confirmed order is settled.
        """
        if self.state != "sale" and self.env["loyalty.card"]._edu_has_members():
            self._edu_drop_cards_of_others()
        settle = self.state == "sale" and self._edu_has_points()
        result = super()._update_programs_and_rewards()
        if settle or (self.state == "sale" and self._edu_has_points()):
            self._edu_settle_points()
        return result

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

    # ------------------------------------------------------------------ settling
    def _edu_has_points(self):
        """Return whether a member card is in play, from what the host has read."""
        if not self.env["loyalty.card"]._edu_has_members():
            return False
        cards = self.coupon_point_ids.coupon_id | self.order_line.coupon_id
        return any(card.edu_is_member for card in cards)

    def _edu_settle_points(self, *, is_canceling=False):
        """Bring the ledger to where these orders stand.

        :param bool is_canceling: whether a program may refuse it, when the points were
            spent
        """
        # sudo: the ledger follows the order, whoever confirms, cancels or pays it
        accounts = self.sudo()._edu_point_accounts()
        sales = self.sudo()._edu_sales(accounts)
        plans = {account: account.plan(sales[account.order]) for account in accounts}
        balances = {account.card: account.card.points for account in accounts}
        rows = []
        for account, plan in plans.items():
            if not plan:
                continue
            booked = account.rows(plan, balances[account.card])
            available = [
                r for r in booked if r.get("state", "available") == "available"
            ]
            balances[account.card] += sum(row["points"] for row in available)
            if is_canceling and plan.take_back:
                self._edu_check_unspent(account, balances[account.card])
            rows += booked
        self.env["edu.points.entry"].sudo()._book(rows, lock=False)  # sudo: as above

    def _edu_check_unspent(self, account, balance):
        if balance < 0 and account.program.edu_debt_policy == rule.BLOCK:
            raise UserError(
                self.env._(
                    "%(member)s has spent points of order %(order)s already, and "
                    "%(points)s are missing. The order cannot be canceled.",
                    member=account.card.partner_id.name,
                    order=account.order.name,
                    points=f"{-balance:g}",
                )
            )

    def _edu_point_accounts(self, only_card=None):
        """Return an ``OrderAccount`` of each order and card that has to do with it."""
        domain = [("res_model", "=", ORDER), ("res_id", "in", self.ids)]
        if only_card:
            domain += [("card_id", "=", only_card.id)]
        found = self.env["edu.points.entry"].search(domain, order="id")
        empty = found.browse()
        entries = {}
        for entry in found:
            key = self.browse(entry.res_id), entry.card_id
            entries[key] = entries.get(key, empty) | entry
        if only_card:
            return [OrderAccount(*key, rows) for key, rows in entries.items()]
        for order in self.filtered(lambda order: order.state == "sale"):
            cards = order.coupon_point_ids.coupon_id | order.order_line.coupon_id
            for card in cards.filtered("edu_is_member"):
                entries.setdefault((order, card), empty)
        return [OrderAccount(*key, rows) for key, rows in entries.items()]

    # ------------------------------------------------------------------ money
    def _edu_sales(self, accounts):
        """Return ``{order: logic.order_points.Sale}``.

        What gives no points is not asked for its money.
        """
        nothing = rule.Sale(total=0.0)
        earning = {account.order for account in accounts if account.issued()}
        return {
            order: order._edu_sale() if order in earning else nothing for order in self
        }

    def _edu_sale(self):
        self.ensure_one()
        amounts = dict.fromkeys(("invoiced", "credited", "paid"), 0.0)
        for line in self.order_line.invoice_lines:
            if line.parent_state == "posted":
                for name, amount in self._edu_billed(line).items():
                    amounts[name] += amount
        paid = self.transaction_ids.filtered(lambda tx: tx.state == "done")
        refunds = paid.child_transaction_ids.filtered(
            lambda tx: tx.operation == "refund" and tx.state == "done"
        )
        online = sum((paid | refunds).mapped("amount"))
        return rule.Sale(total=self.amount_total, online=online, **amounts)

    def _edu_billed(self, line):
        """Return what a line of an invoice or credit note adds to the money."""
        move = line.move_id
        amount = line.currency_id._convert(
            line.price_total,
            self.currency_id,
            self.company_id,
            move.invoice_date or move.date,
        )
        open_part = (
            abs(move.amount_residual / move.amount_total) if move.amount_total else 0.0
        )
        paid = amount * (1 - open_part)
        if move.move_type == "out_refund":
            return {"credited": amount, "paid": -paid}
        return {"invoiced": amount, "paid": paid}

    # ------------------------------------------------------------------ changed lines
    def _edu_giving(self):
        if not self.env["loyalty.card"]._edu_has_members():
            return self.browse()
        return self.filtered(lambda o: o.state == "sale" and o._edu_has_points())

    def _edu_spending(self):
        """Return why the host moves points for the rewards of this order."""
        name = self.name
        return PointsSource(
            kind=SPEND,
            model=ORDER,
            record_id=self.id,
            text=lambda env: env._("Rewards: order %s", name),
        )

    def _edu_points_now(self):
        """Return ``{order: (amount, {card: points})}`` by today's rules of the host."""
        return {order: (order.amount_total, order._edu_rule_points()) for order in self}

    def _edu_rule_points(self):
        cards = self.coupon_point_ids.coupon_id.filtered("edu_is_member")
        programs = cards.program_id.filtered_domain(self._get_program_domain())
        found = self._program_check_compute_points(programs)
        return {
            card: found.get(card.program_id, {}).get("points", [0.0])[0]
            for card in cards
        }

    def _edu_reissue(self, before):
        """Have the orders give what their lines are worth now.

        :param before: what ``_edu_points_now`` said before they changed
        """
        after = self._edu_points_now()
        for order in self:
            (old_amount, old), (amount, new) = before[order], after[order]
            scale = amount / old_amount if old_amount else 1.0
            # sudo: as the host does
            for line in order.sudo().coupon_point_ids:
                if line.coupon_id in old:
                    card = line.coupon_id
                    args = line.points, old[card], new.get(card, 0.0)
                    line.points = rule.reissued(*args, scale=scale)
        if self:
            self._edu_settle_points()
