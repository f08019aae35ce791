from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic import complaint as step_rule
from ...logic import measure as rule

KINDS = [
    (rule.RECTIFY, "Rectification"),
    (rule.COMMUNICATE, "Prompt communication"),
    (rule.APOLOGISE, "Sincere apology"),
    (rule.COMPENSATE, "Compensation"),
    (rule.ATTEND_NEEDS, "Attention to customer needs"),
    (rule.STRENGTHEN, "Stronger after-sales service"),
    (rule.LONG_TERM, "Long-term cooperation"),
    (rule.RETURN_VISIT, "Return visit"),
    (rule.REFUND, "Refund"),
    (rule.FREE_COURSE, "Free course"),
    (rule.POINTS, "Loyalty points"),
    (rule.COUPON, "Voucher"),
    (rule.OTHER, "Other compensation"),
]
# In these steps what is decided is carried out; later only the relation is mended.
HANDLING = (
    step_rule.RECEIVE,
    step_rule.RECORD,
    step_rule.ASSESS,
    step_rule.PLAN,
    step_rule.IMPLEMENT,
)


class EduComplaintMeasure(models.Model):
    """One thing done for who complained: what, by whom, until when, at what cost.

    Handling measures carry out the decision and end before the customer hears of it;
    repair measures mend the relation afterwards. planned -> to approve -> approved ->
    done, or dropped with a reason; see ``edu_complaint_measure_state.py``.
    """

    _name = "edu.complaint.measure"
    _description = "Measure after a complaint"
    _order = "date_due, id"
    _check_company_auto = True

    # Identity
    complaint_id = fields.Many2one(
        "edu.complaint",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        related="complaint_id.company_id",
        related_sudo=False,
        store=True,
        precompute=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        KINDS, string="Measure", required=True, default=rule.RECTIFY
    )
    is_repair = fields.Boolean(
        string="Repair of the relation",
        help="Done after the decision, to mend the relation. Others carry out the "
        "decision and must end before it is told.",
    )
    description = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain=[("share", "=", False)],
        check_company=True,
    )
    date_due = fields.Date(
        string="Due date",
        required=True,
        default=lambda self: self.env.company._edu_today(),
    )
    cost = fields.Monetary(
        compute="_compute_cost",
        store=True,
        readonly=False,
        precompute=True,
        help="What it costs the school, in its currency. The cost of a refund is its "
        "amount.",
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    # What is needed to make the document
    invoice_id = fields.Many2one(
        "account.move",
        compute="_compute_from_complaint",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("move_type", "=", "out_invoice"), ("state", "=", "posted")],
        check_company=True,
    )
    enrollment_id = fields.Many2one(
        "edu.enrollment",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Only if the learner leaves: it is withdrawn, and the refund is reckoned "
        "on its invoices.",
    )
    course_id = fields.Many2one(
        "product.product",
        compute="_compute_from_complaint",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("service_tracking", "=", "edu_course")],
        check_company=True,
    )
    quantity = fields.Float(string="Terms", default=1.0)
    points = fields.Integer(string="Loyalty points")
    # Proof
    proof_file = fields.Binary(string="Proof", attachment=True, copy=False)
    proof_name = fields.Char(string="Name of the proof", copy=False)
    result = fields.Char(
        copy=False, help="How it went: what the customer said, what was changed."
    )

    _amounts_positive = models.Constraint(
        "CHECK (cost >= 0 AND points >= 0 AND quantity > 0)",
        "Cost, points and number of terms of a measure cannot be negative.",
    )
    _list_idx = models.Index("(date_due, id)")
    _open_idx = models.Index(
        "(user_id, date_due) WHERE state IN ('planned', 'to_approve', 'approved')"
    )

    @api.depends("kind", "description")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for measure in self:
            parts = (labels.get(measure.kind), measure.description)
            measure.display_name = " · ".join(filter(None, parts))

    @api.depends("complaint_id")
    def _compute_user_id(self):
        for measure in self:
            handler = measure.complaint_id.user_id
            measure.user_id = measure.user_id or handler

    @api.depends("complaint_id", "kind")
    def _compute_from_complaint(self):
        for measure in self:
            complaint, kind = measure.complaint_id, measure.kind
            if kind == rule.REFUND and not measure.invoice_id:
                measure.invoice_id = complaint.invoice_id
            if kind == rule.FREE_COURSE and not measure.course_id:
                measure.course_id = complaint.course_id

    @api.depends("kind", "course_id", "quantity")
    def _compute_cost(self):
        for measure in self:
            if measure.kind == rule.FREE_COURSE and measure.course_id:
                measure.cost = measure._course_value()

    @api.depends("date_due", "state")
    def _compute_is_overdue(self):
        for measure in self:
            today = measure.company_id and measure.company_id._edu_today()
            measure.is_overdue = bool(
                today
                and measure.date_due
                and measure.state in rule.OPEN
                and measure.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", rule.OPEN) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_due", "<", company._edu_today())
            for company in self.env.companies
        )

    # ------------------------------------------------------------------ checks
    @api.constrains("user_id", "complaint_id")
    def _check_user(self):
        for measure in self:
            # sudo: whom the complaint is about is no secret to the check
            accused = measure.complaint_id.sudo().accused_partner_ids
            if measure.user_id.partner_id in accused:
                raise ValidationError(
                    self.env._(
                        "%s is concerned by the complaint and cannot be responsible "
                        "for a measure.",
                        measure.user_id.name,
                    )
                )

    @api.constrains("kind")
    def _check_points_available(self):
        if any(measure.kind == rule.POINTS for measure in self) and (
            not self._points_available()
        ):
            raise ValidationError(
                self.env._(
                    "Nobody has loyalty points yet: choose another compensation."
                )
            )

    @api.constrains("complaint_id", "is_repair", "state")
    def _check_step(self):
        """Once the decision was told, only repair measures are begun."""
        for measure in self:
            if (
                not measure.is_repair
                and measure.state in rule.OPEN
                and measure.complaint_id.state not in HANDLING
            ):
                raise ValidationError(
                    self.env._(
                        "The decision on %s was told already. Add a repair measure, or "
                        "have a leader take the complaint back.",
                        measure.complaint_id.display_name,
                    )
                )

    def _course_value(self):
        """Return the list price of what is given away, in the company's currency."""
        self.ensure_one()
        # sudo: the price of a course is no secret
        course = self.course_id.sudo()
        return course.currency_id._convert(
            course.lst_price * self.quantity,
            self.currency_id,
            self.company_id or self.env.company,
        )
