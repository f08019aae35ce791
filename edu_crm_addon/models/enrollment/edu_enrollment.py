from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic import enrollment as rule
from ...logic.term import last_day
from .product_template import TERM_UNITS

STATES = [
    (rule.DRAFT, "Registered"),
    (rule.ONBOARDING, "Onboarding"),
    (rule.ACTIVE, "Studying"),
    (rule.PAUSED, "Paused"),
    (rule.ENDED, "Ended"),
    (rule.WITHDRAWN, "Withdrawn"),
    (rule.CANCELED, "Canceled"),
]

# Context value of those who are given a seat claimed just now: it need not be claimed
# and counted again. No client can send this very object.
CLAIMED = object()


class EduEnrollment(models.Model):
    """One learner in one course, for the term that one order line pays.

    Confirming the order makes it, exactly one per course line; canceling the order
    cancels it, and confirming again revives the same one. What was promised (term,
    lessons, price) is copied from the course when it is confirmed, so that a later
    change of the course does not change what was sold. It is registered while it waits
    for a seat; from then on dates and onboarding decide, see ``logic/enrollment.py``.
    """

    _name = "edu.enrollment"
    _description = "Enrollment"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_names_search = ["name", "learner_id.complete_name", "learner_id.ref"]
    _check_company_auto = True

    # Identity
    name = fields.Char(string="Number", readonly=True, copy=False)
    state = fields.Selection(
        STATES,
        required=True,
        default=rule.DRAFT,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    # People
    learner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
        tracking=True,
    )
    payer_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Adviser",
        index="btree_not_null",
        domain=[("share", "=", False)],
        check_company=True,
        tracking=True,
    )
    team_id = fields.Many2one(
        "crm.team", index="btree_not_null", ondelete="set null", check_company=True
    )
    teacher_id = fields.Many2one(
        "res.partner",
        compute="_compute_teacher_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
    )
    # What was sold
    course_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("service_tracking", "=", "edu_course")],
        check_company=True,
    )
    stage_id = fields.Many2one(
        "edu.stage",
        string="Education stage",
        related="course_id.edu_course_stage_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order line",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    price_total = fields.Monetary(string="Price", help="With taxes, as ordered.")
    goal = fields.Text(string="Learning goal")
    # Term
    run_id = fields.Many2one(
        "edu.course.run",
        string="Course run",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_tmpl_id.product_variant_ids', 'in', course_id)]",
        tracking=True,
    )
    date_start = fields.Date(string="First day", required=True, tracking=True)
    date_end = fields.Date(
        string="Last day",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Follows from the term and the pauses; you can set it by hand.",
    )
    term_unit = fields.Selection(
        TERM_UNITS, string="Term unit", required=True, default="months"
    )
    term = fields.Integer(required=True, default=1)
    lessons_per_week = fields.Integer(string="Lessons per week")
    lessons = fields.Integer()
    gift_lessons = fields.Integer(string="Gift lessons")
    pause_ids = fields.One2many("edu.enrollment.pause", "enrollment_id", copy=False)

    _name_unique = models.UniqueIndex(
        "(name, company_id)", "This enrollment number is already used."
    )
    _sale_line_unique = models.UniqueIndex(
        "(sale_line_id) WHERE sale_line_id IS NOT NULL",
        "This order line has its enrollment already.",
    )
    _live_unique = models.UniqueIndex(
        "(learner_id, course_id, date_start, company_id)"
        " WHERE state IN ('draft', 'onboarding', 'active', 'paused')",
        "This learner is already enrolled in this course from this day on.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)",
        "The last day of an enrollment cannot come before the first.",
    )
    _term_plausible = models.Constraint(
        "CHECK (term >= 1 AND lessons >= 0 AND gift_lessons >= 0"
        " AND lessons_per_week >= 0)",
        "The term must be 1 or longer; lessons cannot be negative.",
    )
    _list_idx = models.Index("(date_start DESC, id DESC)")
    _calendar_idx = models.Index("(company_id, state, date_end)")

    @api.depends("run_id")
    def _compute_teacher_id(self):
        for enrollment in self:
            if enrollment.run_id.teacher_id:
                enrollment.teacher_id = enrollment.run_id.teacher_id

    @api.depends(
        "date_start",
        "term_unit",
        "term",
        "lessons_per_week",
        "lessons",
        "run_id.date_end",
        "pause_ids.date_from",
        "pause_ids.date_to",
    )
    def _compute_date_end(self):
        for enrollment in self:
            end = enrollment._promised_end()
            if end:
                end = fields.Date.add(
                    end, days=sum(enrollment.pause_ids.mapped("days"))
                )
            enrollment.date_end = end

    def _promised_end(self):
        """Return the last day without pauses: that of the run, or that of the term."""
        self.ensure_one()
        if self.run_id.date_end and self.date_start:
            return max(self.run_id.date_end, self.date_start)
        if not self.date_start or self.term < 1:
            return None
        return last_day(
            self.date_start,
            self.term_unit,
            self.term,
            lessons_per_week=self.lessons_per_week,
        )

    @api.depends("name", "learner_id", "course_id")
    def _compute_display_name(self):
        for enrollment in self:
            parts = (
                enrollment.name,
                enrollment.learner_id.name,
                enrollment.course_id.name,
            )
            enrollment.display_name = " · ".join(filter(None, parts))

    def _compute_access_url(self):
        for enrollment in self:
            enrollment.access_url = f"/my/enrollments/{enrollment.id}"

    @api.constrains("learner_id")
    def _check_learner(self):
        for learner in self.learner_id:
            if learner.is_company:
                raise ValidationError(
                    self.env._(
                        "%s is an organization. A learner is a person.",
                        learner.display_name,
                    )
                )

    @api.constrains("run_id", "course_id")
    def _check_run(self):
        for enrollment in self.filtered("run_id"):
            course = enrollment.course_id.product_tmpl_id
            if enrollment.run_id.product_tmpl_id != course:
                raise ValidationError(
                    self.env._(
                        "“%(run)s” is no run of the course “%(course)s”.",
                        run=enrollment.run_id.name,
                        course=course.name,
                    )
                )

    @api.constrains("run_id", "state")
    def _check_seat(self):
        if self.env.context.get("edu_seats") is CLAIMED:
            return
        self.filtered(lambda e: e.state in rule.SEATED).run_id.sudo()._check_seats()

    # ------------------------------------------------------------------ actions
    def action_open_order(self):
        self.ensure_one()
        return self.order_id.get_formview_action()

    # ------------------------------------------------------------------ counting
    @api.model
    def _count_by(self, name, records):
        """Return ``{record: enrollments}`` by the field ``name``, as the user sees."""
        return dict(
            self._read_group([(name, "in", records._origin.ids)], [name], ["__count"])
        )
