from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, float_compare

from ...logic import measure as rule

# The credit note comes as near to the amount as taxes allow, by so many corrections.
CORRECTIONS = 3


class EduComplaintMeasure(models.Model):
    """A refund: the host's credit note of a posted invoice of the family.

    The draft is made for whoever asks; accounting looks at it and posts it, and only
    then the measure is done. What the learner goes on using stays invoiced on its
    order; if the learner leaves, the enrollment is withdrawn instead.
    """

    _inherit = "edu.complaint.measure"

    party_ids = fields.Many2many(
        "res.partner", string="Family", compute="_compute_party_ids"
    )

    @api.depends("complaint_id")
    def _compute_party_ids(self):
        for measure in self:
            # sudo: whose invoices are offered, whoever may see all these people
            family = measure.sudo()._family()
            measure.party_ids = family | family.commercial_partner_id

    # ------------------------------------------------------------------ checks
    def _check_refund(self):
        """The invoice is posted, of this family, and so much of it is left."""
        self.ensure_one()
        # sudo: agents may not read each invoice of a family they handle
        measure = self.sudo()
        if enrollment := measure.enrollment_id:
            if enrollment not in measure._family_enrollments():
                raise UserError(
                    self.env._(
                        "%s is no enrollment of who complained.",
                        enrollment.display_name,
                    )
                )
            return
        invoice = measure.invoice_id
        if invoice.move_type != "out_invoice" or invoice.state != "posted":
            raise UserError(self.env._("Only a posted invoice is refunded."))
        if not measure._is_of_family(invoice):
            raise UserError(
                self.env._("%s is no invoice of who complained.", invoice.display_name)
            )
        left = measure._left_of(invoice)
        if (
            float_compare(
                measure.cost, left, precision_rounding=measure.currency_id.rounding
            )
            > 0
        ):
            raise UserError(
                self.env._(
                    "%(left)s is left of %(invoice)s: more cannot be refunded.",
                    left=measure.currency_id.format(left),
                    invoice=invoice.display_name,
                )
            )

    def _family(self):
        """Return who complained, the learner, the payer and the learner's guardians."""
        complaint = self.complaint_id
        people = complaint.partner_id | complaint.learner_id | complaint.payer_id
        people |= complaint.enrollment_id.learner_id | complaint.enrollment_id.payer_id
        learners = people | people.edu_learner_link_ids.learner_id
        return learners | people.edu_guardian_link_ids.guardian_id

    def _is_of_family(self, invoice):
        return invoice.commercial_partner_id in self._family().commercial_partner_id

    def _family_enrollments(self):
        family = self._family()
        enrollment = self.enrollment_id
        both = enrollment.learner_id | enrollment.payer_id
        return enrollment if both & family else enrollment.browse()

    def _left_of(self, invoice):
        """Return what is not credited yet, in the company's currency."""
        left = self._left_in_currency(invoice)
        return invoice.currency_id._convert(
            left, self.currency_id, self.company_id, invoice.invoice_date
        )

    def _left_in_currency(self, invoice):
        notes = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel")
        return invoice.amount_total - sum(notes.mapped("amount_total"))

    # ------------------------------------------------------------------ making it
    def _make_refund(self):
        # sudo: the handler asks, accounting looks at the drafts and posts them
        measure = self.sudo()
        if measure.enrollment_id:
            notes = self._withdraw()
        else:
            measure._claim_invoice()
            self._check_refund()
            notes = measure._draft_credit_note()
        measure.credit_note_ids |= notes

    def _withdraw(self):
        """The learner leaves: the enrollment reckons which invoices are credited."""
        # As the user, who needs the right to withdraw it.
        enrollment = self.enrollment_id
        notes = enrollment._withdraw_and_refund(
            enrollment.company_id._edu_today(),
            reason=self.env._("Refund agreed with the customer"),
            credit=self.currency_id._convert(
                self.cost, enrollment.currency_id, self.company_id
            ),
        )
        if not notes:
            raise UserError(
                self.env._("Nothing of %s can be credited.", enrollment.display_name)
            )
        return notes.sudo()

    def _claim_invoice(self):
        """Let two measures not credit the same invoice at once."""
        invoice = self.invoice_id
        invoice.flush_recordset()
        invoice.lock_for_update(allow_referencing=True)
        # A new version of the row: who read it before has to begin again.
        self.env.cr.execute(
            SQL("UPDATE account_move SET id = id WHERE id = %s", invoice.id)
        )
        invoice.invalidate_recordset(["reversal_move_ids"])

    def _draft_credit_note(self):
        """Return the host's credit note of the invoice, brought to the amount."""
        invoice = self.invoice_id
        amount, left = self.cost, self._left_in_currency(invoice)
        in_full = self.currency_id.is_zero(amount - self._left_of(invoice))
        amount = (
            left
            if in_full
            else self.currency_id._convert(
                amount, invoice.currency_id, self.company_id, invoice.invoice_date
            )
        )
        note = invoice._edu_credit(self.env._("Compensation"))
        self._bring_to(note, amount)
        return note

    def _bring_to(self, note, amount):
        """Reduce all lines alike; the order goes on counting them as invoiced.

        Without that the host would invoice the refunded part once more.
        """
        lines = note.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        ratio = amount / note.amount_total
        whole = note.currency_id.is_zero(amount - note.amount_total)
        note.invoice_line_ids = [
            Command.update(
                line.id,
                {"sale_line_ids": [Command.clear()]}
                | ({} if whole else self._reduced_line_vals(line, ratio)),
            )
            for line in lines
        ]
        largest = max(lines, key=lambda line: abs(line.price_total))
        for _correction in range(CORRECTIONS):
            missing = amount - note.amount_total
            if note.currency_id.is_zero(missing) or not largest.price_total:
                break
            largest.price_unit *= 1 + missing / largest.price_total

    def _reduced_line_vals(self, line, ratio):
        price = line.price_unit * line.quantity * (1 - line.discount / 100)
        return {"quantity": 1.0, "discount": 0.0, "price_unit": price * ratio}

    # ------------------------------------------------------------------ accounting
    def _after_notes_posted(self, notes):
        """Refunds whose credit notes are all posted are done, at what these cost."""
        # sudo: accounting posts, whether or not it may see the complaint
        measures = self.sudo().search([("credit_note_ids", "in", notes.ids)])
        for measure in measures:
            live = measure._live_notes()
            if any(note.state != "posted" for note in live):
                continue
            measure.cost = -sum(live.mapped("amount_total_signed"))
            done = measure._update_state(
                (rule.APPROVED,),
                rule.DONE,
                done_at=fields.Datetime.now(),
                done_by_id=self.env.uid,
            )
            done._after_ended()

    def _after_notes_taken_back(self, notes):
        """Accounting takes back what was done: the handler has to know."""
        # sudo: as in `_after_notes_posted`
        measures = self.sudo().search(
            [("credit_note_ids", "in", notes.ids), ("state", "=", rule.DONE)]
        )
        for measure in measures:
            complaint = measure.complaint_id
            text = self.env._("The credit note of the refund was taken back.")
            complaint._message_log(body=text)
            complaint._remind(
                complaint.user_id, "mail.mail_activity_data_warning", text
            )
