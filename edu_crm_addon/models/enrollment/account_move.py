from uuid import uuid4

from odoo import api, fields, models

from ...const import GROUP_READONLY
from .edu_enrollment_billing import BILLED


class AccountMove(models.Model):
    """Invoices of courses: what was paid of them, and the contracts they charge for.

    Nothing of the contracts can be written here.
    """

    _inherit = "account.move"

    edu_contract_ids = fields.Many2many(
        "edu.contract",
        string="Contracts",
        compute="_compute_edu_contract_ids",
        groups=GROUP_READONLY,
    )

    @api.depends("invoice_line_ids.sale_line_ids.order_id")
    def _compute_edu_contract_ids(self):
        for move in self:
            # sudo: the valid contract of the orders, whoever may see these
            orders = move.sudo().invoice_line_ids.sale_line_ids.order_id
            move.edu_contract_ids = orders.edu_contract_id

    def _post(self, soft=True):
        posted = super()._post(soft)
        self.env["edu.enrollment"]._forget_payments()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self.env["edu.enrollment"]._forget_payments()
        return result

    def action_edu_open_contracts(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_contract_action", [("id", "in", self.edu_contract_ids.ids)], {}
        )

    def _edu_after_reconciled(self):
        """Called with entries that were just reconciled: an invoice and its payment.

        One query says whether a course is among what was paid. An invoice that only
        meets its credit note was not paid.
        """
        invoices = self.filtered(lambda move: move.is_invoice(include_receipts=True))
        billed = invoices.filtered(lambda move: move.move_type in BILLED)
        if not billed or invoices == self:
            return
        # sudo: as in `_edu_after_payment`
        enrollments = self.env["edu.enrollment"].sudo()
        enrollments._billed_by(billed).order_id._edu_after_payment()

    def _edu_credit(self, reason):
        """Return the host's credit note of this invoice: a draft, of the whole of it.

        It is of today where the company is. The host asks in the time zone of the user,
        and would wait with one of a day that has begun elsewhere only.
        """
        self.ensure_one()
        company = self.company_id
        wizard = (
            self.env["account.move.reversal"]
            .with_company(company)
            .with_context(
                active_model="account.move",
                active_ids=self.ids,
                tz=company._edu_time_zone(),
            )
            .create(
                {
                    "journal_id": self.journal_id.id,
                    "reason": reason,
                    "date": company._edu_today(),
                }
            )
        )
        wizard.refund_moves()
        return wizard.new_move_ids.with_env(self.env)

    # ------------------------------------------------------------------ for reminders
    def _edu_open_instalments(self):
        """Return ``[(due date, amount, still to pay, is overdue)]`` by due date."""
        self.ensure_one()
        today = self.company_id._edu_today()
        lines = self.line_ids.filtered(
            lambda line: (
                line.display_type == "payment_term" and line.amount_residual_currency
            )
        )
        return [
            (
                line.date_maturity,
                line.amount_currency,
                line.amount_residual_currency,
                bool(line.date_maturity and line.date_maturity < today),
            )
            for line in lines.sorted(
                lambda line: (line.date_maturity or today, line.id)
            )
        ]

    def _edu_learner_names(self):
        """Return who learns what this invoice bills, for the reader of a mail."""
        self.ensure_one()
        # sudo: the payer may know whom it pays for
        lines = self.sudo().invoice_line_ids.sale_line_ids
        # A down payment bills all lines of its order. Each path by itself keeps the
        # prefetch of a batch of mails.
        direct = lines.edu_enrollment_ids.learner_id
        learners = direct or lines.order_id.edu_enrollment_ids.learner_id
        return ", ".join(learners.mapped("name"))

    def _edu_ensure_tokens(self):
        """Give these invoices the token of their portal page, all by one query.

        The host does it one by one, and checks the whole invoice each time.
        """
        missing = self.filtered(lambda move: not move.access_token)
        if missing:
            self.env.cr.execute_values(
                """
                UPDATE account_move SET access_token = v.token
                  FROM (VALUES %s) AS v(id, token) WHERE account_move.id = v.id
                """,
                [(move.id, str(uuid4())) for move in missing],
            )
            missing.invalidate_recordset(["access_token"], flush=False)
