from collections import defaultdict, namedtuple
from fractions import Fraction

from odoo import api, models
from odoo.tools import SQL

from ...logic import instalments as rule

# Documents of the customer; in those of the second kind money comes back.
BILLED = ("out_invoice", "out_receipt")
DOCUMENTS = (*BILLED, "out_refund")
# An invoice that a credit note has taken back, or of a time before the invoices.
VOID = ("reversed", "invoicing_legacy")
# What says which invoice bills which enrollment. The lines of a posted invoice are in
# the database; asking the cache for them would cost every payment a query.
LINKS = {
    "sale.order.line": ["order_id", "is_downpayment"],
    "edu.enrollment": ["sale_line_id", "order_id", "price_total"],
}
# And what is to be paid of it.
READ = {
    "account.move": [
        "state",
        "move_type",
        "payment_state",
        "currency_id",
        "invoice_date",
        "date",
        "name",
    ],
    "account.move.line": [
        "move_id",
        "display_type",
        "price_total",
        "date_maturity",
        "amount_currency",
        "amount_residual_currency",
        "sale_line_ids",
    ],
    "sale.order.line": ["order_id", "price_total", "is_downpayment", "display_type"],
    "edu.enrollment": ["sale_line_id", "order_id", "price_total"],
}


# What one enrollment owes of one instalment, in the currency of the invoice: `part` has
# its amounts; `whole` is the instalment, whose state is that of every share of it.
Share = namedtuple(
    "Share", "line_id move_id number is_credit is_void date currency part whole"
)


class EduEnrollment(models.Model):
    """Which invoices bill an enrollment, and what of them belongs to it.

    The invoices themselves are asked, by as many queries for one enrollment as for a
    thousand. A line of an invoice belongs to the enrollment of its order line. A down
    payment belongs to all lines of its order, each by its price.
    """

    _inherit = "edu.enrollment"

    @api.model
    def _flush_billing(self, read=None):
        for model, names in (read or READ).items():
            self.env[model].flush_model(names)

    @api.model
    def _billing_sql(self, where):
        """Return (enrollment, invoice) for whatever bills more than nothing."""
        return SQL(
            """
            SELECT e.id AS enrollment_id, l.move_id
              FROM edu_enrollment e
              JOIN sale_order_line_invoice_rel r ON r.order_line_id = e.sale_line_id
              JOIN account_move_line l ON l.id = r.invoice_line_id
             WHERE l.price_total <> 0 AND %(where)s
             UNION
            SELECT e.id AS enrollment_id, l.move_id
              FROM edu_enrollment e
              JOIN sale_order_line d ON d.order_id = e.order_id AND d.is_downpayment
              JOIN sale_order_line_invoice_rel r ON r.order_line_id = d.id
              JOIN account_move_line l ON l.id = r.invoice_line_id
             WHERE l.price_total <> 0 AND e.price_total <> 0 AND %(where)s
            """,
            where=where,
        )

    @api.model
    def _billed_by(self, moves):
        """Return the enrollments that these invoices bill."""
        self._flush_billing(LINKS)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT enrollment_id FROM (%s) billing WHERE move_id IN %s",
                self._billing_sql(SQL("TRUE")),
                tuple(moves.ids),
            )
        )
        return self.browse(enrollment_id for (enrollment_id,) in rows)

    def _invoice_shares(self):
        """Return ``{enrollment id: [Share]}`` of all posted invoices and credit notes.

        Read by SQL: who may read the enrollment may know what is paid of it, whatever
        rights it has on invoices.
        """
        shares = defaultdict(list)
        if not self.ids:
            return shares
        self._flush_billing()
        wanted = set(self.ids)
        moves = self._billed_moves()
        terms = self._payment_terms(moves)
        for move_id, parts in self._invoice_parts(moves).items():
            people = sorted(parts, key=lambda key: (key is None, key or 0))
            lines = terms[move_id]
            rows = rule.share(
                [parts[key] for key in people], [part for _line, part in lines]
            )
            for key, row in zip(people, rows, strict=True):
                if key in wanted:
                    shares[key] += [
                        Share(line_id=line_id, part=part, whole=whole, **moves[move_id])
                        for (line_id, whole), part in zip(lines, row, strict=True)
                    ]
        return shares

    def _billed_moves(self):
        """Return ``{invoice id: what a Share says of it}``, oldest first."""
        currencies = self.env["res.currency"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id, m.name, m.move_type, m.payment_state, m.currency_id,
                       COALESCE(m.invoice_date, m.date)
                  FROM account_move m
                 WHERE m.state = 'posted' AND m.move_type IN %(types)s
                   AND m.id IN (SELECT move_id FROM (%(billing)s) billing)
                 ORDER BY 6, 1
                """,
                types=DOCUMENTS,
                billing=self._billing_sql(SQL("e.id IN %s", tuple(self.ids))),
            )
        )
        return {
            move_id: {
                "move_id": move_id,
                "number": number,
                "is_credit": kind not in BILLED,
                "is_void": state in VOID,
                "date": day,
                "currency": currencies.browse(currency_id),
            }
            for move_id, number, kind, state, currency_id, day in rows
        }

    @api.model
    def _payment_terms(self, moves):
        """Return ``{invoice id: [(line id, Instalment)]}`` in order of due date."""
        terms = defaultdict(list)
        if not moves:
            return terms
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.id, l.date_maturity, l.amount_currency,
                       l.amount_residual_currency, m.payment_state = 'blocked'
                  FROM account_move_line l JOIN account_move m ON m.id = l.move_id
                 WHERE l.move_id IN %s AND l.display_type = 'payment_term'
                 ORDER BY l.date_maturity NULLS FIRST, l.id
                """,
                tuple(moves),
            )
        )
        for move_id, line_id, due, amount, residual, blocked in rows:
            rounding = moves[move_id]["currency"].rounding
            part = rule.Instalment(
                due=due,
                amount=rule.units(amount, rounding),
                residual=rule.units(residual, rounding),
                blocked=blocked,
            )
            terms[move_id].append((line_id, part))
        return terms

    @api.model
    def _invoice_parts(self, moves):
        """Return ``{invoice id: {enrollment id or None: what is billed of it}}``."""
        parts = {move_id: defaultdict(Fraction) for move_id in moves}
        if not moves:
            return parts
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.price_total, COUNT(*) OVER (PARTITION BY l.id),
                       e.id, CASE WHEN s.is_downpayment THEN s.order_id END
                  FROM account_move_line l
                  LEFT JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                  LEFT JOIN sale_order_line s ON s.id = r.order_line_id
                  LEFT JOIN edu_enrollment e ON e.sale_line_id = s.id
                 WHERE l.move_id IN %s AND l.display_type = 'product'
                   AND l.price_total <> 0
                """,
                tuple(moves),
            )
        )
        weights = self._order_weights({order_id for *_, order_id in rows if order_id})
        for move_id, total, count, enrollment_id, order_id in rows:
            rounding = moves[move_id]["currency"].rounding
            amount = Fraction(rule.units(total, rounding), count)
            for key, weight in weights.get(order_id, {enrollment_id: 1}).items():
                parts[move_id][key] += amount * weight
        return parts

    @api.model
    def _order_weights(self, order_ids):
        """Return ``{order id: {enrollment id or None: share of the order}}``."""
        if not order_ids:
            return {}
        prices = defaultdict(lambda: defaultdict(Fraction))
        for order_id, key, price in self.env.execute_query(
            SQL(
                """
                SELECT s.order_id, e.id, COALESCE(e.price_total, s.price_total)
                  FROM sale_order_line s
                  LEFT JOIN edu_enrollment e ON e.sale_line_id = s.id
                 WHERE s.order_id IN %s AND NOT COALESCE(s.is_downpayment, FALSE)
                   AND COALESCE(e.price_total, s.price_total) <> 0
                """,
                tuple(order_ids),
            )
        ):
            prices[order_id][key] += Fraction(str(price))
        return {
            order_id: {key: price / total for key, price in rows.items()}
            if (total := sum(rows.values()))
            else {None: Fraction(1)}
            for order_id, rows in prices.items()
        }
