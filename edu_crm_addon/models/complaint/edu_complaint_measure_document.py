from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...logic import measure as rule
from ...logic.enrollment import LIVE

ACCOUNTING = "account.group_account_invoice,account.group_account_readonly"
NOTE_STATES = [("none", "None"), ("draft", "Draft"), ("posted", "Posted")]


class EduComplaintMeasure(models.Model):
    """The document of the host that a compensation makes, once.

    Free course: an order at price 0, which enrolls the learner. Voucher: a gift card of
    the host. Refund: see ``edu_complaint_measure_refund.py``. Points: area ``loyalty``
    overrides ``_points_available`` and ``_give_points``.
    """

    _inherit = "edu.complaint.measure"

    document_at = fields.Datetime(string="Document made", readonly=True, copy=False)
    credit_note_ids = fields.Many2many(
        "account.move",
        "edu_complaint_measure_credit_note_rel",
        "measure_id",
        "move_id",
        string="Credit notes",
        readonly=True,
        copy=False,
        groups=ACCOUNTING,
    )
    credit_note_state = fields.Selection(
        NOTE_STATES, string="Credit note", compute="_compute_credit_note_state"
    )
    order_id = fields.Many2one(
        "sale.order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
    )
    card_id = fields.Many2one(
        "loyalty.card",
        string="Voucher",
        readonly=True,
        copy=False,
        index="btree_not_null",
        # The host lets salespeople read vouchers; others need not know the code.
        groups="sales_team.group_sale_salesman",
    )

    _order_unique = models.UniqueIndex(
        "(order_id) WHERE order_id IS NOT NULL",
        "This order is the document of another measure.",
    )
    _card_unique = models.UniqueIndex(
        "(card_id) WHERE card_id IS NOT NULL",
        "This voucher is the document of another measure.",
    )

    @api.depends("credit_note_ids.state")
    def _compute_credit_note_state(self):
        for measure in self:
            states = measure._live_notes().mapped("state")
            measure.credit_note_state = (
                "none" if not states else "draft" if "draft" in states else "posted"
            )

    def _live_notes(self):
        # sudo: whether there is a credit note is no secret to the handler
        return self.sudo().credit_note_ids.filtered(lambda m: m.state != "cancel")

    def _has_document(self):
        """Tell whether there is a document that still counts."""
        self.ensure_one()
        measure = self.sudo()  # sudo: as in `_live_notes`
        return bool(
            measure._live_notes()
            or measure.card_id
            or (measure.order_id and measure.order_id.state != "cancel")
            or (measure.kind == rule.POINTS and measure.document_at)
        )

    def _check_no_document(self):
        for measure in self:
            if measure._has_document():
                raise UserError(
                    self.env._(
                        "The document of “%s” is made: cancel that first.",
                        measure.display_name,
                    )
                )

    # ------------------------------------------------------------------ making it
    def action_make_document(self):
        """Make the credit note, order or voucher; a second click finds it made."""
        self.ensure_one()
        self.check_access("write")
        self._claim()
        if self.kind not in rule.WITH_DOCUMENT or self.state not in rule.OPEN:
            raise UserError(
                self.env._("%s needs no document any more.", self.display_name)
            )
        self._check_no_document()
        self.action_request()
        if self.state != rule.APPROVED:
            raise UserError(
                self.env._("Somebody has to approve it first: %s", self.display_name)
            )
        # sudo: past the guard of `write`
        self.sudo().document_at = fields.Datetime.now()
        {
            rule.REFUND: self._make_refund,
            rule.FREE_COURSE: self._make_order,
            rule.COUPON: self._make_voucher,
            rule.POINTS: self._make_points,
        }[self.kind]()
        return self.action_open_document()

    def _claim(self):
        """Let nobody else make this document at the same time, or once more."""
        self.flush_recordset()
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()

    def _check_complete(self):
        """What is asked for can be made as it stands."""
        for measure in self:
            if missing := measure._missing():
                raise UserError(
                    self.env._(
                        "%(measure)s: fill in %(what)s.",
                        measure=measure.display_name,
                        what=", ".join(missing),
                    )
                )
            if measure.kind == rule.REFUND:
                measure._check_refund()

    def _missing(self):
        """Return the labels of what this kind of measure needs and does not have."""
        self.ensure_one()
        needed = {
            rule.REFUND: [
                (self.env._("the invoice"), self.invoice_id or self.enrollment_id),
                (self.env._("the amount"), self.cost),
            ],
            rule.FREE_COURSE: [
                (self.env._("the course"), self.course_id),
                (self.env._("the learner of the complaint"), self._learner()),
            ],
            rule.COUPON: [
                (self.env._("the complainant"), self._customer()),
                (self.env._("the value"), self.cost),
            ],
            rule.POINTS: [
                (self.env._("the complainant"), self._customer()),
                (self.env._("the number of points"), self.points),
            ],
        }
        return [label for label, value in needed.get(self.kind, ()) if not value]

    def _learner(self):
        """Return who learns for free: who is concerned, else who complained."""
        # sudo: a colleague may carry out a measure without seeing the complaint
        complaint = self.complaint_id.sudo()
        learner = complaint.learner_id or complaint.enrollment_id.learner_id
        person = complaint.partner_id.filtered(lambda partner: not partner.is_company)
        return learner or person

    def _customer(self):
        complaint = self.complaint_id.sudo()  # sudo: as in `_learner`
        return complaint.partner_id or complaint.payer_id or complaint.learner_id

    def _make_order(self):
        """Order the course at price 0 in the name of the user, who may sell."""
        learner = self._learner()
        payer = self.complaint_id.sudo().payer_id or learner.edu_payer_id
        order = (
            self.env["sale.order"]
            .with_company(self.company_id)
            .create(
                {
                    "partner_id": payer.id,
                    "company_id": self.company_id.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.course_id.id,
                                "product_uom_qty": self.quantity,
                                "price_unit": 0.0,
                                "edu_learner_id": learner.id,
                                "edu_date_start": self._free_from(learner),
                            }
                        )
                    ],
                }
            )
        )
        order.action_confirm()
        # sudo: past the guard of `write`
        self.sudo().order_id = order
        self._set_done()

    def _free_from(self, learner):
        """Return the day after what the learner has of this course, or today."""
        # sudo: whoever looks after the learner's enrollments
        ends = (
            self.env["edu.enrollment"]
            .sudo()
            .search(
                [
                    ("learner_id", "=", learner.id),
                    ("course_id", "=", self.course_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("state", "in", LIVE),
                    ("date_end", "!=", False),
                ]
            )
            .mapped("date_end")
        )
        today = self.company_id._edu_today()
        return max([today, *(end + timedelta(days=1) for end in ends)])

    def _make_voucher(self):
        """Have the host's wizard make a gift card worth the cost."""
        company = self.company_id
        # sudo: agents may not make vouchers; this one follows from the measure
        wizard = (
            self.env["loyalty.generate.wizard"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "program_id": company._edu_voucher_program().id,
                    "mode": "selected",
                    "customer_ids": [Command.set(self._customer().ids)],
                    "points_granted": self.cost,
                    "valid_until": company._edu_voucher_end(),
                    "description": self.env._("Compensation"),
                }
            )
        )
        self.sudo().card_id = wizard.generate_coupons()
        self._set_done()

    def _make_points(self):
        self._give_points()
        self._set_done()

    def action_open_document(self):
        """Open what was made, for those who may read it."""
        self.ensure_one()
        measure = self.sudo()  # sudo: the host asks for the rights on the document
        document = measure.order_id or measure.card_id or measure.credit_note_ids
        document = document.with_env(self.env)
        if not document or not document.has_access("read"):
            return False
        return document._get_records_action()

    # ------------------------------------------------------------------ hooks
    @api.model
    def _points_available(self):
        """Return whether points can be given; area ``loyalty`` says yes."""
        return False

    def _give_points(self):
        """Put ``points`` on the member card of ``_customer()``.

        Called once, with one approved measure; area ``loyalty`` fills it.
        """
