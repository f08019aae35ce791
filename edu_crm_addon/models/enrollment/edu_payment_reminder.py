from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ...logic import reminders as rule
from .edu_enrollment_billing import BILLED

JOB = "payment_reminder"
# The office, or a payment, says that there is nothing to remind of.
SETTLED = ("paid", "in_payment", "reversed", "invoicing_legacy")
KINDS = [
    (rule.MAIL, "Mail"),
    (rule.CALL, "Call by the adviser"),
    (rule.SKIPPED, "Skipped"),
]


class EduPaymentReminder(models.Model):
    """One step of the ladder of reminders, taken for one overdue installment.

    Rows are only ever added, by the nightly job and by a button; each step of an
    installment has one at most. The row is written before the mail, so that two who
    remind at once cannot both write to the family. Steps 1 and 2 are mails to the
    payer with all that is open of the invoice; step 3 asks the adviser to call the
    family, and so does any step for a payer without mail address.
    """

    _name = "edu.payment.reminder"
    _description = "Payment reminder"
    _order = "sent_at desc, id desc"
    _rec_name = "number"

    move_line_id = fields.Many2one(
        "account.move.line",
        string="Installment",
        required=True,
        index=True,
        ondelete="cascade",
        groups="account.group_account_readonly,account.group_account_invoice",
    )
    number = fields.Char(string="Invoice", required=True)
    date_due = fields.Date(string="Due date", required=True)
    step = fields.Integer(required=True, aggregator=None)
    kind = fields.Selection(KINDS, required=True)
    sent_at = fields.Datetime(
        string="Sent on", required=True, default=fields.Datetime.now
    )
    residual = fields.Monetary(string="Still to pay")
    currency_id = fields.Many2one("res.currency", required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, index=True, ondelete="restrict"
    )
    enrollment_id = fields.Many2one(
        "edu.enrollment", index="btree_not_null", ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Adviser", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, index=True)

    _step_unique = models.Constraint(
        "UNIQUE (move_line_id, step)", "This reminder has been sent already."
    )
    _step_of_the_ladder = models.Constraint(
        "CHECK (step BETWEEN 1 AND 3)", "The ladder of reminders has three steps."
    )

    # ------------------------------------------------------------------ facts
    @api.model
    def _overdue(self, moves=None):
        """Return ``{line id: (Facts, invoice id, company id)}`` of what is overdue.

        :param moves: invoices to look at; all by default
        """
        enrollments = self.env["edu.enrollment"]
        enrollments._flush_billing()
        self.flush_model(["move_line_id", "step"])
        query = SQL(
            """
            SELECT l.id, l.date_maturity, l.move_id, m.company_id,
                   m.payment_state = 'blocked' OR m.payment_state IN %(settled)s
                   OR NOT p.active,
                   ARRAY(SELECT step FROM edu_payment_reminder
                          WHERE move_line_id = l.id)
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN res_company c ON c.id = m.company_id
              JOIN res_partner p ON p.id = m.partner_id
             WHERE l.display_type = 'payment_term' AND l.amount_residual_currency > 0
               AND m.state = 'posted' AND m.move_type IN %(types)s
               AND l.date_maturity < %(today)s
               AND m.id IN (SELECT move_id FROM (%(billing)s) billing)
               AND %(where)s
             ORDER BY l.id
            """,
            settled=SETTLED,
            types=BILLED,
            today=self.env["res.company"]._edu_today_sql("c"),
            billing=enrollments._billing_sql(SQL("TRUE")),
            where=SQL("l.move_id IN %s", tuple(moves.ids)) if moves else SQL("TRUE"),
        )
        return {
            line_id: (
                rule.Facts(due=due, is_stopped=stopped, taken=frozenset(steps)),
                move_id,
                company_id,
            )
            for line_id, due, move_id, company_id, stopped, steps in (
                self.env.execute_query(query)
            )
        }

    @api.model
    def _decisions(self, moves=None, lines=None):
        """Return ``{line id: (Decision, invoice id)}``.

        :param lines: ids of the installments somebody wants to remind of by hand
        """
        found = self._overdue(moves)
        companies = self.env["res.company"].browse(
            {company_id for _facts, _move, company_id in found.values()}
        )
        policy = {
            company.id: (company._edu_reminder_days(), company._edu_today())
            for company in companies.sudo()  # sudo: settings of any company
        }
        decisions = {}
        for line_id, (facts, move_id, company_id) in found.items():
            days, today = policy[company_id]
            if lines is None:
                decision = rule.decide(facts, days, today)
            elif line_id in lines:
                decision = rule.decide_by_hand(facts, today)
            else:
                continue
            if decision:
                decisions[line_id] = (decision, move_id)
        return decisions

    # ------------------------------------------------------------------ apply
    @api.model
    def _remind(self, moves, lines=None):
        """Take the steps that are due for these invoices; return the new rows."""
        decisions = self._decisions(moves, lines)
        if not decisions:
            return self
        rows = self._insert(self._prepare_vals_list(decisions))
        rows._send_mails()
        rows._ask_to_call()
        rows._log()
        return rows

    @api.model
    def _prepare_vals_list(self, decisions):
        lines = self.env["account.move.line"].browse(decisions)
        billed = self._billed_enrollments(lines.move_id)
        vals_list = []
        for line in lines:
            decision, _move_id = decisions[line.id]
            payer = line.move_id.partner_id
            enrollment = billed[line.move_id.id]
            vals = {
                "move_line_id": line.id,
                "number": line.move_id.name,
                "date_due": line.date_maturity,
                "residual": line.amount_residual_currency,
                "currency_id": line.currency_id.id,
                "partner_id": payer.id,
                "enrollment_id": enrollment.id,
                "user_id": enrollment.user_id.id,
                "company_id": line.company_id.id,
            }
            kind = rule.kind(decision.step, has_mail=bool(payer.email))
            vals_list.append({**vals, "step": decision.step, "kind": kind})
            vals_list += [
                {**vals, "step": step, "kind": rule.SKIPPED}
                for step in decision.skipped
            ]
        return vals_list

    @api.model
    def _billed_enrollments(self, moves):
        """Return ``{invoice id: its first enrollment}``."""
        enrollments = self.env["edu.enrollment"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, MIN(enrollment_id) FROM (%s) billing
                 WHERE move_id IN %s GROUP BY move_id
                """,
                enrollments._billing_sql(SQL("TRUE")),
                tuple(moves.ids),
            )
        )
        found = enrollments.browse(enrollment_id for _move_id, enrollment_id in rows)
        return dict(zip((move_id for move_id, _first in rows), found, strict=True))

    @api.model
    def _insert(self, vals_list):
        """Create the rows that nobody else has made in the meantime."""
        try:
            return self._insert_at_once(vals_list)
        except (UniqueViolation, SerializationFailure):
            rows = self.browse()
        for vals in vals_list:
            try:
                rows |= self._insert_at_once([vals])
            except (UniqueViolation, SerializationFailure):
                continue
        return rows

    @api.model
    def _insert_at_once(self, vals_list):
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            return self.create(vals_list)

    # ------------------------------------------------------------------ who reminds
    @api.model
    def _remind_by_hand(self, line_ids):
        """Take the next step for these installments now, whatever the days are."""
        # sudo: a mail to the payer and a row of the ledger; nothing of the invoice
        reminders = self.sudo()
        lines = reminders.env["account.move.line"].browse(line_ids)
        rows = reminders._remind(lines.move_id, lines=set(line_ids))
        if not rows:
            raise UserError(
                self.env._(
                    "Nothing to remind of: what you chose is not overdue, is blocked, "
                    "or has had all three reminders."
                )
            )
        return rows

    @api.model
    def _cron_remind(self):
        decisions = self._decisions()
        moves = self.env["account.move"].browse(
            sorted({move_id for _decision, move_id in decisions.values()})
        )
        self.env["edu.job.failure"]._run_job(JOB, moves, self._remind)
