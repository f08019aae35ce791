from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import instalments as rule
from .edu_enrollment_billing import BILLED, VOID

PAYMENT_STATES = [
    (rule.NONE, "Nothing invoiced"),
    (rule.TO_PAY, "To pay"),
    (rule.PARTIAL, "Partly paid"),
    (rule.OVERDUE, "Overdue"),
    (rule.PAID, "Paid"),
]
AMOUNTS = ("amount_invoiced", "amount_paid", "amount_due", "amount_overdue")
SHOWN = (*AMOUNTS, "payment_state", "instalment_table")


class EduEnrollment(models.Model):
    """What is billed, paid, due and overdue, read from the invoices themselves.

    Nothing of it is stored: the host's invoices are the only money there is. Credit
    notes count negative, drafts do not count. The state asks the invoices that were not
    taken back by a credit note; the search says in SQL what the rule says in Python.
    """

    _inherit = "edu.enrollment"

    amount_invoiced = fields.Monetary(
        string="Invoiced", compute="_compute_amounts", help="Less credit notes."
    )
    amount_paid = fields.Monetary(
        string="Paid",
        compute="_compute_amounts",
        help="Part of what is invoiced that is paid or credited.",
    )
    amount_due = fields.Monetary(string="Due", compute="_compute_amounts")
    amount_overdue = fields.Monetary(string="Overdue", compute="_compute_amounts")
    payment_state = fields.Selection(
        PAYMENT_STATES,
        string="Payment",
        compute="_compute_amounts",
        search="_search_payment_state",
    )
    instalment_table = fields.Html(
        string="Installments", compute="_compute_instalment_table", sanitize=False
    )

    # What is paid may change without a change of the enrollment: `_forget_payments`.
    @api.depends("sale_line_id", "currency_id", "company_id")
    def _compute_amounts(self):
        shares = self._origin._invoice_shares()
        days = self._today_by_company()
        for enrollment in self:
            today = days[enrollment.company_id]
            rows = shares[enrollment._origin.id]
            amounts = dict.fromkeys(AMOUNTS, 0.0)
            for share in rows:
                for name, value in enrollment._share_amounts(share, today).items():
                    amounts[name] += value
            enrollment.update(amounts)
            asked = [share for share in rows if not share.is_credit]
            enrollment.payment_state = rule.payment_state(
                (
                    share.whole
                    for share in asked
                    if share.whole.amount and not share.is_void
                ),
                today,
            )

    @api.depends("sale_line_id")
    @api.depends_context("lang")
    def _compute_instalment_table(self):
        instalments = self._instalments()
        for enrollment in self:
            rows = instalments[enrollment._origin.id]
            enrollment.instalment_table = rows and Markup(
                self.env["ir.qweb"]._render(
                    "edu_crm_addon.edu_enrollment_instalments",
                    {"enrollment": enrollment, "instalments": rows},
                )
            )

    @api.model
    def _search_payment_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._flush_billing()
        found = Domain.custom(to_sql=self._payment_state_sql(tuple(value)))
        if rule.NONE in value:
            found |= Domain.custom(
                to_sql=self._payment_state_sql(rule.STATES, outside=True)
            )
        return found

    @api.model
    def _payment_state_sql(self, states, outside=False):
        """Return, as ``Domain.custom`` wants it, who is in one of these states."""
        # Each flag tells of one instalment; see `logic.instalments.payment_state`.
        query = SQL(
            """
            SELECT x.enrollment_id FROM (
                SELECT billing.enrollment_id,
                       BOOL_OR(l.amount_residual_currency <> 0) AS is_open,
                       BOOL_OR(l.amount_residual_currency <> l.amount_currency)
                           AS is_begun,
                       BOOL_OR(l.amount_residual_currency <> 0
                           AND m.payment_state <> 'blocked'
                           AND l.date_maturity < %(today)s) AS is_overdue
                  FROM (%(billing)s) billing
                  JOIN account_move m ON m.id = billing.move_id
                  JOIN account_move_line l ON l.move_id = m.id
                  JOIN res_company c ON c.id = m.company_id
                 WHERE m.state = 'posted' AND m.move_type IN %(types)s
                   AND m.payment_state NOT IN %(void)s
                   AND l.display_type = 'payment_term' AND l.amount_currency <> 0
                 GROUP BY billing.enrollment_id
            ) x
            WHERE CASE WHEN x.is_overdue THEN 'overdue'
                       WHEN NOT x.is_open THEN 'paid'
                       WHEN x.is_begun THEN 'partial'
                       ELSE 'to_pay' END IN %(states)s
            """,
            today=self.env["res.company"]._edu_today_sql("c"),
            billing=self._billing_sql(SQL("TRUE")),
            types=BILLED,
            void=VOID,
            states=states,
        )
        # "IS TRUE": asked once for all, not joined again for each row of a sorted list.
        return lambda model, alias, _query: SQL(
            "(%s IN (%s)) IS %s",
            SQL.identifier(alias, "id"),
            query,
            SQL("FALSE" if outside else "TRUE"),
        )

    # ------------------------------------------------------------------ instalments
    def _today_by_company(self):
        return {company: company._edu_today() for company in self.company_id}

    def _share_amounts(self, share, today):
        """Return what one share adds to the amounts, in the enrollment's currency."""
        self.ensure_one()
        amount, due = (
            self._from_units(share, units)
            for units in (share.part.amount, share.part.residual)
        )
        return {
            "amount_invoiced": amount,
            "amount_paid": amount - due,
            "amount_due": due,
            "amount_overdue": due if _state(share, today) == rule.OVERDUE else 0.0,
        }

    def _from_units(self, share, units):
        amount = share.currency.round(units * share.currency.rounding)
        if share.currency == self.currency_id:
            return amount
        return share.currency._convert(
            amount, self.currency_id, self.company_id, share.date
        )

    def _instalments(self):
        """Return ``{enrollment id: [values]}`` of what to pay, in order of due date.

        Values: ``line_id move_id number currency due amount paid residual is_credit
        state``, the amounts in the currency of the invoice. For lists on screens, in
        mails and in the portal.
        """
        shares = self._origin._invoice_shares()
        days = self._today_by_company()
        return {
            enrollment._origin.id: [
                _instalment_values(share, days[enrollment.company_id])
                for share in sorted(
                    shares[enrollment._origin.id],
                    key=lambda share: (share.part.due or share.date, share.line_id),
                )
                if share.part.amount
            ]
            for enrollment in self
        }

    @api.model
    def _forget_payments(self):
        """Forget what is in the cache: invoices have changed in this transaction."""
        self.invalidate_model(SHOWN, flush=False)
        of_leads = [f"edu_{name}" for name in AMOUNTS]
        self.env["crm.lead"].invalidate_model(of_leads, flush=False)


def _state(share, today):
    """Return the state of the instalment; money that goes back is never overdue."""
    state = rule.instalment_state(share.whole, today)
    return rule.TO_PAY if share.is_credit and state == rule.OVERDUE else state


def _instalment_values(share, today):
    units, rounding = share.part, share.currency.rounding
    return {
        "line_id": share.line_id,
        "move_id": share.move_id,
        "number": share.number,
        "currency": share.currency,
        "due": units.due,
        "amount": units.amount * rounding,
        "paid": (units.amount - units.residual) * rounding,
        "residual": units.residual * rounding,
        "is_credit": share.is_credit,
        "state": _state(share, today),
    }
