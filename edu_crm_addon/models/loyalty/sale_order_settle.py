from odoo import models
from odoo.exceptions import UserError

from ...logic import order_points as rule
from .order_account import ORDER, OrderAccount


class SaleOrder(models.Model):
    """The ledger follows the order: what it gave, what its rewards cost.

    Whatever happened, the ledger is compared with where the order stands, and the
    difference is booked: once, however often it is asked.
    """

    _inherit = "sale.order"

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
