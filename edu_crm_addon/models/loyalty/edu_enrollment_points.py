from odoo import models
from odoo.tools import SQL

from ...logic import enrollment as state_rule
from ...logic import instalments as payment_rule
from ..enrollment.edu_enrollment_billing import BILLED, VOID


class EduEnrollment(models.Model):
    """Points for an enrollment wait until it is paid; one that is left earns none.

    What costs nothing is paid when it begins.
    """

    _name = "edu.enrollment"
    _inherit = ["edu.enrollment", "edu.points.source"]

    def _edu_paid_on(self):
        paid = self.filtered(
            lambda enrollment: enrollment.payment_state == payment_rule.PAID
        )
        shares = paid._invoice_shares()
        paid = paid.filtered(lambda e: e._is_billed_in_full(shares[e.id]))
        days = paid._last_payments()
        free = self.filtered(lambda enrollment: enrollment._is_free())
        return {
            **{enrollment: enrollment.date_start for enrollment in free},
            **{enrollment: days[enrollment.id] for enrollment in paid},
        }

    def _edu_is_void(self):
        gone = (state_rule.WITHDRAWN, state_rule.CANCELED)
        return self.filtered(lambda enrollment: enrollment.state in gone)

    def _is_free(self):
        self.ensure_one()
        return self.currency_id.is_zero(self.price_total)

    def _is_billed_in_full(self, shares):
        """A paid down payment is not yet the price."""
        self.ensure_one()
        billed = sum(
            self._from_units(share, share.part.amount)
            for share in shares
            if not share.is_credit and not share.is_void
        )
        return self.currency_id.compare_amounts(billed, self.price_total) >= 0

    def _last_payments(self):
        """Return ``{id: day}``: when the last of what was billed was paid."""
        if not self:
            return {}
        self._flush_billing()
        self.env["account.partial.reconcile"].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT billing.enrollment_id,
                           MAX(COALESCE(p.max_date, m.invoice_date, m.date))
                      FROM (%(billing)s) billing
                      JOIN account_move m ON m.id = billing.move_id
                      JOIN account_move_line l ON l.move_id = m.id
                      LEFT JOIN account_partial_reconcile p ON p.debit_move_id = l.id
                     WHERE m.state = 'posted' AND m.move_type IN %(types)s
                       AND m.payment_state NOT IN %(void)s
                       AND l.display_type = 'payment_term'
                     GROUP BY billing.enrollment_id
                    """,
                    billing=self._billing_sql(SQL("e.id IN %s", tuple(self.ids))),
                    types=BILLED,
                    void=VOID,
                )
            )
        )
