from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ...logic import enrollment as state_rule
from ...logic import refund as rule
from ...logic.instalments import units

# Context key of a change of the order that follows from a withdrawal.
WITHDRAWAL = "edu_withdrawal"
METHODS = [(rule.LESSONS, "By lessons used"), (rule.DAYS, "By days of the term")]


class EduEnrollment(models.Model):
    """A learner leaves early: what is used is charged, the rest is credited.

    Whoever may change the enrollment may withdraw it. The credit note is a draft of the
    host; accounting looks at it and posts it. Higher areas call
    ``_withdraw_and_refund``.
    """

    _inherit = "edu.enrollment"

    withdrawal_reason = fields.Char(readonly=True, copy=False, tracking=True)
    credit_note_ids = fields.Many2many(
        "account.move",
        "edu_enrollment_credit_note_rel",
        "enrollment_id",
        "move_id",
        string="Credit notes",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    def action_withdraw(self):
        """Open the wizard that reckons the refund."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw"),
            "res_model": "edu.enrollment.withdraw",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_enrollment_id": self.id},
        }

    def action_open_credit_notes(self):
        self.ensure_one()
        return self.credit_note_ids._get_records_action(name=self.env._("Credit notes"))

    # ------------------------------------------------------------------ the refund
    def _default_refund_method(self):
        """Return how this enrollment is best reckoned: by lessons if it has any."""
        self.ensure_one()
        return rule.LESSONS if self.lessons else rule.DAYS

    def _refund_facts(self, date_end, method, lessons_used=0):
        self.ensure_one()
        rounding = self.currency_id.rounding
        if method == rule.LESSONS:
            total, used = self.lessons, lessons_used
        else:
            pauses = [(pause.date_from, pause.date_to) for pause in self.pause_ids]
            total = rule.term_days(self.date_start, self.date_end or None, pauses)
            used = rule.used_days(
                self.date_start, self.date_end or None, date_end, pauses
            )
        return rule.Facts(
            price=units(self.price_total, rounding),
            invoiced=units(self.amount_invoiced, rounding),
            paid=units(self.amount_paid, rounding),
            total=total,
            used=used,
        )

    def _refund(self, date_end, method, lessons_used=0, credit=None):
        """Return the ``logic.refund.Refund`` of leaving after ``date_end``.

        :param float credit: amount to be credited instead of the reckoned one
        """
        facts = self._refund_facts(date_end, method, lessons_used)
        typed = None if credit is None else units(credit, self.currency_id.rounding)
        return rule.reckon(facts, typed)

    def _money(self, count):
        """Return a number of smallest units as an amount of the enrollment."""
        return self.currency_id.round(count * self.currency_id.rounding)

    # ------------------------------------------------------------------ withdrawing
    def _withdraw_and_refund(
        self, date_end, *, reason, method=None, lessons_used=0, credit=None
    ):
        """End this enrollment after ``date_end`` and draft its credit notes.

        :param str reason: why the learner leaves, for the file and the credit note
        :param str method: reckon by lessons or by days, see ``METHODS``
        :param float credit: amount to be credited instead of the reckoned one
        :return: draft credit notes, empty if nothing is credited
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: the family's money follows the withdrawal; accounting posts the drafts
        enrollment = self.sudo()
        enrollment._claim_withdrawal()
        enrollment._check_no_drafts()
        refund = enrollment._refund(
            date_end, method or self._default_refund_method(), lessons_used, credit
        )
        enrollment._check_credit(refund.credit)
        self._withdraw(date_end)
        enrollment.withdrawal_reason = reason
        notes = enrollment._draft_credit_notes(refund.credit, reason)
        enrollment.credit_note_ids |= notes
        enrollment.with_context(**{WITHDRAWAL: True})._keep_used_on_order(refund)
        enrollment._drop_coming_activities(date_end)
        enrollment._message_log(body=enrollment._withdrawal_note(refund, reason))
        return notes

    def _claim_withdrawal(self):
        """Let nobody else withdraw this enrollment at the same time, or once more."""
        self.flush_recordset()
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state"])
        if self.state not in state_rule.LIVE:
            raise UserError(
                self.env._(
                    "%s cannot be withdrawn: it is over already.", self.display_name
                )
            )

    def _check_no_drafts(self):
        """A draft would be posted as if the learner stayed, or be credited twice."""
        lines = self.sale_line_id | self.order_id.order_line.filtered("is_downpayment")
        drafts = lines.invoice_lines.move_id.filtered(lambda m: m.state == "draft")
        if drafts:
            raise UserError(
                self.env._(
                    "%(enrollment)s has a draft invoice or credit note (%(drafts)s). "
                    "Let accounting post or cancel it first.",
                    enrollment=self.display_name,
                    drafts=", ".join(drafts.mapped("display_name")),
                )
            )

    def _check_credit(self, credit):
        most = units(self.amount_invoiced, self.currency_id.rounding)
        if not 0 <= credit <= max(most, 0):
            raise UserError(
                self.env._(
                    "At most %(amount)s can be credited: so much was invoiced.",
                    amount=self.currency_id.format(self._money(max(most, 0))),
                )
            )

    def _drop_coming_activities(self, date_end):
        """What was planned for later has no learner any more."""
        today = self.company_id._edu_today()
        self.activity_ids.filtered(
            lambda activity: activity.date_deadline > min(date_end, today)
        ).unlink()

    # ------------------------------------------------------------------ words
    def _withdrawal_note(self, refund, reason):
        title = self.env._("Withdrawn: %s", reason)
        return Markup("<p><b>%s</b></p>%s") % (title, self._refund_formula(refund))

    def _refund_formula(self, refund):
        """Return the formula in words and numbers, one line per step."""
        self.ensure_one()
        return Markup("").join(
            Markup("<p>%s</p>") % line for line in self._refund_lines(refund)
        )

    def _refund_lines(self, refund):
        def money(count):
            return self.currency_id.format(self._money(count))

        price = refund.used_value + refund.unused_value
        if refund.total:
            yield self.env._(
                "Used: %(used)s of %(total)s, that is %(value)s of the price of "
                "%(price)s.",
                used=refund.used,
                total=refund.total,
                value=money(refund.used_value),
                price=money(price),
            )
            yield self.env._(
                "Unused: %(unused)s of %(total)s, that is %(value)s.",
                unused=refund.unused,
                total=refund.total,
                value=money(refund.unused_value),
            )
        else:
            yield self.env._(
                "Neither a number of lessons nor a last day is known: the whole price "
                "of %s counts as used.",
                money(price),
            )
        yield self.env._(
            "Invoiced %(invoiced)s, credited %(credit)s.",
            invoiced=self.currency_id.format(self.amount_invoiced),
            credit=money(refund.credit),
        )
        yield self.env._(
            "Paid %(paid)s: %(back)s is paid back, %(open)s is still to pay.",
            paid=self.currency_id.format(self.amount_paid),
            back=money(refund.paid_back),
            open=money(refund.still_to_pay),
        )
        if refund.to_invoice:
            yield self.env._("Still to be invoiced: %s.", money(refund.to_invoice))
