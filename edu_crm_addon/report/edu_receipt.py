from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..const import GROUP_AGENT, GROUP_READONLY
from ..models.enrollment.edu_enrollment_billing import BILLED, DOCUMENTS, READ

REMINDING_GROUPS = f"{GROUP_AGENT},account.group_account_invoice"
INVOICE_GROUPS = (
    "account.group_account_invoice,account.group_account_readonly,"
    "sales_team.group_sale_salesman"
)
STATES = [
    ("to_pay", "To pay"),
    ("partial", "Partly paid"),
    ("overdue", "Overdue"),
    ("paid", "Paid"),
]


class EduEnrollment(models.Model):
    _inherit = "edu.enrollment"

    @api.model
    def _forget_payments(self):
        result = super()._forget_payments()
        self.env["edu.receipt"].invalidate_model(flush=False)
        return result


class EduReceipt(models.Model):
    """One installment of an invoice that bills a course: due, paid, open, overdue.

    A view of the host's receivables, one row per payment term line; what is still to
    pay is the host's residual to the cent, in the company's currency for totals and in
    that of the invoice. Credit notes count negative. Order, adviser and team are those
    of the first enrollment of the invoice. Read by SQL, so an adviser sees the payments
    of its customers without rights on accounting.
    """

    _name = "edu.receipt"
    _description = "Receipt"
    _auto = False
    _order = "date_due, id"
    _rec_name = "number"
    _depends = {
        **READ,
        "account.move": [*READ["account.move"], "partner_id", "company_id"],
        "account.move.line": [
            *READ["account.move.line"],
            "balance",
            "amount_residual",
            "company_currency_id",
        ],
        "edu.enrollment": [*READ["edu.enrollment"], "user_id", "team_id"],
        "edu.payment.reminder": ["move_line_id", "step", "kind", "sent_at"],
    }

    move_id = fields.Many2one(
        "account.move", string="Invoice", readonly=True, groups=INVOICE_GROUPS
    )
    number = fields.Char(string="Invoice number", readonly=True)
    is_credit = fields.Boolean(string="Credit note", readonly=True)
    invoice_date = fields.Date(readonly=True)
    date_due = fields.Date(string="Due date", readonly=True)
    state = fields.Selection(STATES, string="Status", readonly=True)
    is_overdue = fields.Boolean(string="Overdue", readonly=True)
    days_overdue = fields.Integer(
        string="Days overdue", readonly=True, aggregator="max"
    )
    # People
    partner_id = fields.Many2one("res.partner", string="Payer", readonly=True)
    enrollment_id = fields.Many2one(
        "edu.enrollment", readonly=True, groups=GROUP_READONLY
    )
    order_id = fields.Many2one("sale.order", readonly=True)
    user_id = fields.Many2one("res.users", string="Adviser", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    # Money
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True, currency_field="company_currency_id")
    paid = fields.Monetary(readonly=True, currency_field="company_currency_id")
    residual = fields.Monetary(
        string="Still to pay", readonly=True, currency_field="company_currency_id"
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount_currency = fields.Monetary(
        string="Amount in invoice currency", readonly=True, aggregator=None
    )
    residual_currency = fields.Monetary(
        string="Still to pay in invoice currency", readonly=True, aggregator=None
    )
    # Reminders
    reminder_step = fields.Integer(
        string="Last reminder", readonly=True, aggregator="max"
    )
    reminder_at = fields.Datetime(string="Last reminder on", readonly=True)

    # ------------------------------------------------------------------ query
    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """
            SELECT l.id, l.move_id, m.name AS number,
                   m.move_type NOT IN %(billed)s AS is_credit,
                   m.invoice_date, l.date_maturity AS date_due,
                   CASE WHEN l.amount_residual_currency = 0 THEN 'paid'
                        WHEN late.is_overdue THEN 'overdue'
                        WHEN l.amount_residual_currency = l.amount_currency
                            THEN 'to_pay'
                        ELSE 'partial' END AS state,
                   late.is_overdue,
                   CASE WHEN late.is_overdue THEN late.today - l.date_maturity
                        ELSE 0 END AS days_overdue,
                   m.partner_id, course.enrollment_id, course.order_id, course.user_id,
                   course.team_id, m.company_id,
                   l.company_currency_id, l.balance AS amount,
                   l.balance - l.amount_residual AS paid,
                   l.amount_residual AS residual,
                   l.currency_id, l.amount_currency,
                   l.amount_residual_currency AS residual_currency,
                   COALESCE(sent.step, 0) AS reminder_step, sent.sent_at AS reminder_at
            """,
            billed=BILLED,
        )

    def _from(self):
        enrollments = self.env["edu.enrollment"]
        return SQL(
            """
            FROM account_move_line l
            JOIN account_move m ON m.id = l.move_id
            JOIN res_company c ON c.id = m.company_id
            JOIN (
                SELECT DISTINCT ON (billing.move_id) billing.move_id,
                       e.id AS enrollment_id, e.order_id, e.user_id, e.team_id
                  FROM (%(billing)s) billing
                  JOIN edu_enrollment e ON e.id = billing.enrollment_id
                 ORDER BY billing.move_id, e.id
            ) course ON course.move_id = m.id
            CROSS JOIN LATERAL (
                SELECT day.today,
                       COALESCE(l.amount_residual_currency > 0
                           AND m.move_type IN %(billed)s
                           AND m.payment_state <> 'blocked'
                           AND l.date_maturity < day.today, FALSE) AS is_overdue
                  FROM (SELECT %(today)s AS today) day
            ) late
            LEFT JOIN (
                SELECT move_line_id, MAX(step) AS step, MAX(sent_at) AS sent_at
                  FROM edu_payment_reminder
                 WHERE kind <> 'skipped'
                 GROUP BY move_line_id
            ) sent ON sent.move_line_id = l.id
            """,
            billing=enrollments._billing_sql(SQL("TRUE")),
            billed=BILLED,
            today=self.env["res.company"]._edu_today_sql("c"),
        )

    def _where(self):
        return SQL(
            """
            WHERE l.display_type = 'payment_term' AND m.state = 'posted'
              AND m.move_type IN %s
            """,
            DOCUMENTS,
        )

    # ------------------------------------------------------------------ actions
    def action_open_invoice(self):
        self.ensure_one()
        return self.move_id._get_records_action()

    def action_open_enrollments(self):
        """Open the enrollments that the invoices of these rows bill."""
        self.check_access("read")
        moves = self.sudo().move_id  # sudo: which invoice it is; the rows were readable
        enrollments = self.env["edu.enrollment"]._billed_by(moves)
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [("id", "in", enrollments.ids)]
        )

    def action_register_payment(self):
        """Open the host's wizard for what is open of these invoices."""
        return self.move_id.action_register_payment()

    def action_send_reminder(self):
        """Take the next step of the ladder for these installments."""
        if not self.env.user.has_groups(REMINDING_GROUPS):
            raise AccessError(self.env._("Your role does not allow sending reminders."))
        if not self:
            raise UserError(self.env._("Choose what to remind of."))
        self.check_access("read")
        rows = self.env["edu.payment.reminder"]._remind_by_hand(self.ids)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Reminded of %s installments.", len(rows)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_reminders(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_payment_reminder_action", [("number", "=", self.number)]
        )
