from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.enrollment.edu_enrollment_withdrawal import METHODS


class EduEnrollmentWithdraw(models.TransientModel):
    """A learner leaves early: says what is used and credited, and why, then does it."""

    _name = "edu.enrollment.withdraw"
    _description = "Withdraw an enrollment"

    enrollment_id = fields.Many2one(
        "edu.enrollment", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(
        related="enrollment_id.currency_id", related_sudo=False
    )
    date_end = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="The learner comes on this day for the last time.",
    )
    reason = fields.Char(required=True)
    method = fields.Selection(
        METHODS,
        string="Calculation",
        required=True,
        compute="_compute_method",
        store=True,
        readonly=False,
        precompute=True,
    )
    lessons = fields.Integer(
        related="enrollment_id.lessons", related_sudo=False, string="Lessons paid for"
    )
    gift_lessons = fields.Integer(
        related="enrollment_id.gift_lessons", related_sudo=False
    )
    lessons_used = fields.Integer(
        string="Lessons used",
        help="Lessons the learner has had, gift lessons included. Those paid for are "
        "used first.",
    )
    # Result
    price_total = fields.Monetary(
        related="enrollment_id.price_total", related_sudo=False
    )
    amount_invoiced = fields.Monetary(
        related="enrollment_id.amount_invoiced", related_sudo=False
    )
    amount_paid = fields.Monetary(
        related="enrollment_id.amount_paid", related_sudo=False
    )
    used_value = fields.Monetary(string="Used", compute="_compute_refund")
    unused_value = fields.Monetary(string="Unused", compute="_compute_refund")
    proposed = fields.Monetary(string="Calculated credit", compute="_compute_refund")
    credit = fields.Monetary(
        string="Credited",
        compute="_compute_credit",
        store=True,
        readonly=False,
        help="Amount of the credit note. It settles what is still to pay first; the "
        "rest is paid back.",
    )
    credit_reason = fields.Char(
        string="Why another amount", help="Needed if you change the calculated credit."
    )
    is_changed = fields.Boolean(compute="_compute_result")
    paid_back = fields.Monetary(string="Paid back", compute="_compute_result")
    still_to_pay = fields.Monetary(string="Still to pay", compute="_compute_result")
    to_invoice = fields.Monetary(
        string="Still to be invoiced", compute="_compute_result"
    )
    formula = fields.Html(compute="_compute_result")

    @api.depends("enrollment_id")
    def _compute_date_end(self):
        for wizard in self:
            if wizard.enrollment_id:
                wizard.date_end = wizard.enrollment_id.company_id._edu_today()

    @api.depends("enrollment_id")
    def _compute_method(self):
        for wizard in self:
            if wizard.enrollment_id:
                wizard.method = wizard.enrollment_id._default_refund_method()

    @api.depends("enrollment_id", "date_end", "method", "lessons_used")
    def _compute_refund(self):
        for wizard in self:
            refund = wizard._refund()
            money = wizard.enrollment_id._money
            wizard.used_value = money(refund.used_value) if refund else 0.0
            wizard.unused_value = money(refund.unused_value) if refund else 0.0
            wizard.proposed = money(refund.credit) if refund else 0.0

    @api.depends("proposed")
    def _compute_credit(self):
        for wizard in self:
            wizard.credit = wizard.proposed

    @api.depends("proposed", "credit")
    @api.depends_context("lang")
    def _compute_result(self):
        for wizard in self:
            refund = wizard._refund(wizard.credit)
            money = wizard.enrollment_id._money
            wizard.paid_back = money(refund.paid_back) if refund else 0.0
            wizard.still_to_pay = money(refund.still_to_pay) if refund else 0.0
            wizard.to_invoice = money(refund.to_invoice) if refund else 0.0
            wizard.is_changed = bool(
                refund
                and wizard.currency_id.compare_amounts(wizard.credit, wizard.proposed)
            )
            wizard.formula = refund and wizard.enrollment_id._refund_formula(refund)

    def _refund(self, credit=None):
        """Return the refund, None while something is not filled in yet."""
        self.ensure_one()
        if not (self.enrollment_id and self.date_end and self.method):
            return None
        return self.enrollment_id._refund(
            self.date_end, self.method, self.lessons_used, credit
        )

    def action_withdraw(self):
        """Withdraw, and open the credit note for who may see it."""
        self.ensure_one()
        if self.is_changed and not self.credit_reason:
            raise UserError(
                self.env._(
                    "Say why another amount is credited than the calculated one."
                )
            )
        reason = " · ".join(filter(None, (self.reason, self.credit_reason)))
        notes = self.enrollment_id._withdraw_and_refund(
            self.date_end,
            reason=reason,
            method=self.method,
            lessons_used=self.lessons_used,
            credit=self.credit,
        )
        # Who sees invoices goes on with the draft.
        notes = notes.with_env(self.env)
        if notes and self.env.user.has_group("account.group_account_invoice"):
            return notes._get_records_action(name=self.env._("Credit notes"))
        return {"type": "ir.actions.act_window_close"}
