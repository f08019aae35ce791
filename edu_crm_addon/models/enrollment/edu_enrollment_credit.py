from fractions import Fraction

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_round

from ...logic.instalments import split, units
from .edu_enrollment_billing import BILLED

# The credit note comes as near to the amount as taxes allow, by so many corrections.
CORRECTIONS = 3


class EduEnrollment(models.Model):
    """Credit notes of a withdrawal, and what remains on its order line.

    The host's wizard reverses an invoice; of that draft only the enrollment's own line
    is kept, with the part of its quantity and the amount that is credited. The order
    line is left with the quantity that stays sold, so that nothing is invoiced again.
    """

    _inherit = "edu.enrollment"

    def _draft_credit_notes(self, credit, reason):
        """Return draft credit notes of ``credit`` units, latest invoice first."""
        self.ensure_one()
        notes = self.env["account.move"]
        if not credit:
            return notes
        left = credit
        for lines in self._creditable_lines():
            part = min(left, self._creditable(lines))
            if part > 0:
                notes |= self._draft_credit_note(lines, self._money(part), reason)
                left -= part
        if left:
            raise UserError(
                self.env._(
                    "%(amount)s of %(enrollment)s cannot be credited on its invoices. "
                    "Let accounting make the credit note first.",
                    amount=self.currency_id.format(self._money(left)),
                    enrollment=self.display_name,
                )
            )
        return notes

    def _creditable_lines(self):
        """Return the enrollment's invoice lines, invoice by invoice.

        Those of the course come first, those of down payments of the order afterwards.
        """
        own = self.sale_line_id.invoice_lines
        down = self.order_id.order_line.filtered("is_downpayment").invoice_lines
        for lines in (own, down):
            posted = lines.filtered(
                lambda line: (
                    line.move_id.state == "posted"
                    and line.move_id.move_type in BILLED
                    and line.price_total > 0
                )
            )
            moves = posted.move_id.sorted(
                lambda move: (move.invoice_date, move.id), reverse=True
            )
            for move in moves:
                yield posted.filtered(lambda line, move=move: line.move_id == move)

    def _creditable(self, lines):
        """Return how much of these lines of one invoice is not credited yet.

        A down payment belongs to all lines of the order, each by its price.
        """
        invoice = lines.move_id
        notes = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel")
        credited = notes.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids & lines.sale_line_ids
        )
        total = sum(lines.mapped("price_total")) - sum(credited.mapped("price_total"))
        # A compensation of other reasons was credited without regard to the lines.
        left = invoice.amount_total - sum(notes.mapped("amount_total"))
        total = max(min(total, left), 0.0)
        weight = Fraction(1)
        if lines.sale_line_ids.filtered("is_downpayment"):
            weights = self._order_weights([self.order_id.id])[self.order_id.id]
            weight = weights.get(self.id, Fraction(0))
        amount = invoice.currency_id._convert(
            total, self.currency_id, self.company_id, invoice.invoice_date
        )
        return int(units(amount, self.currency_id.rounding) * weight)

    def _draft_credit_note(self, lines, amount, reason):
        """Return the host's credit note of ``amount`` for these lines of an invoice."""
        invoice = lines.move_id
        amount = self.currency_id._convert(
            amount, invoice.currency_id, self.company_id, invoice.invoice_date
        )
        note = invoice._edu_credit(f"{self.name}: {reason}")
        kept = note.invoice_line_ids.filtered(
            lambda line: line.sale_line_ids & lines.sale_line_ids
        )
        note.invoice_line_ids = [
            Command.delete(line.id) for line in note.invoice_line_ids - kept
        ]
        self._reduce_lines(kept, amount)
        return note

    def _reduce_lines(self, lines, amount):
        """Reduce these lines of a credit note so that they come to ``amount``."""
        rounding = lines.move_id.currency_id.rounding
        totals = [units(line.price_total, rounding) for line in lines]
        parts = split(totals, [units(amount, rounding)])
        for line, (part,) in zip(lines, parts, strict=True):
            self._reduce_line(line, part * rounding)

    def _reduce_line(self, line, amount):
        currency = line.move_id.currency_id
        if currency.is_zero(line.price_total - amount):
            return
        quantity = line.quantity
        if not line.sale_line_ids.filtered("is_downpayment"):
            # A part of the quantity, so that the order knows what stays invoiced.
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            share = float_round(
                quantity * amount / line.price_total, precision_digits=digits
            )
            quantity = min(max(share, 10**-digits), quantity)
        price = line.price_unit * line.quantity * amount / line.price_total / quantity
        line.write({"quantity": quantity, "price_unit": price})
        for _correction in range(CORRECTIONS):
            missing = amount - line.price_total
            if currency.is_zero(missing) or not line.price_total:
                break
            line.price_unit += missing / quantity

    # ------------------------------------------------------------------ the order
    def _keep_used_on_order(self, refund):
        """Leave the quantity on the order line that stays sold.

        That is what stays invoiced, and, if more was used than was invoiced, the rest
        of it; the host's final invoice deducts a down payment as ever.
        """
        line = self.sale_line_id
        if not line or not line.product_uom_qty or not self.price_total:
            return
        rest = 0.0 if refund.credit else self._not_billed(refund)
        quantity = line.qty_invoiced + line.product_uom_qty * rest / self.price_total
        values = {"product_uom_qty": max(quantity, 0.0)}
        if line.qty_delivered_method == "manual" and line.qty_delivered > quantity:
            values["qty_delivered"] = max(quantity, 0.0)
        order = line.order_id
        locked = order.locked
        order.locked = False
        line.write(values)
        order.locked = locked

    def _not_billed(self, refund):
        """Return what is charged and was not billed on the order line itself."""
        charged = self.amount_invoiced + self._money(refund.to_invoice)
        billed = sum(
            (1 if row.move_id.move_type in BILLED else -1) * row.price_total
            for row in self.sale_line_id.invoice_lines.filtered(
                lambda row: row.move_id.state != "cancel"
            )
        )
        return max(charged - billed, 0.0)
