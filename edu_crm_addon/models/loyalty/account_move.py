from odoo import models
from odoo.tools import SQL

from .order_account import ORDER


class AccountMove(models.Model):
    """Points of an order follow its money: payments, credit notes, and back.

    Where all of an enrollment was credited, its points are taken back too.
    """

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        notes = posted.filtered(lambda move: move.move_type == "out_refund")
        if notes:
            notes._edu_settle_points()
            # sudo: points follow, whoever posts
            enrollments = self.env["edu.enrollment"].sudo()._billed_by(notes)
            credited = enrollments.filtered(lambda e: e.amount_invoiced <= 0)
            credited._edu_after_credited()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._edu_settle_points()
        return result

    def _edu_after_reconciled(self):
        result = super()._edu_after_reconciled()
        self._edu_settle_points()
        return result

    def _edu_settle_points(self):
        """Bring the points of the orders that these invoices bill to where they stand.

        Without any member there is nothing to ask.
        """
        billed = self.filtered(
            lambda move: move.is_sale_document(include_receipts=True)
        )
        if billed and self.env["loyalty.card"]._edu_has_members():
            billed._edu_orders_with_points()._edu_settle_points()

    def _edu_orders_with_points(self):
        self.env["account.move.line"].flush_model(["move_id", "sale_line_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT line.order_id
                  FROM account_move_line bill
                  JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = bill.id
                  JOIN sale_order_line line ON line.id = rel.order_line_id
                  JOIN edu_points_entry entry
                    ON entry.res_model = %s AND entry.res_id = line.order_id
                 WHERE bill.move_id IN %s
                """,
                ORDER,
                tuple(self.ids),
            )
        )
        return self.env[ORDER].browse(order_id for (order_id,) in rows)
