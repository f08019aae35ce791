from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import GROUP_READONLY
from ...logic.enrollment import LIVE
from ...logic.term import LESSONS

COURSE = "edu_course"
TERM_UNITS = [
    ("months", "Months"),
    ("weeks", "Weeks"),
    ("lessons", "Lessons"),
]


class ProductTemplate(models.Model):
    """A course: a service whose order line makes an enrollment when it is confirmed.

    One unit of the product is one term; a quantity of three is three terms in a row. A
    course may ask its learners for documents.
    """

    _name = "product.template"
    _inherit = ["product.template", "edu.role.mixin"]

    service_tracking = fields.Selection(
        selection_add=[(COURSE, "Enrollment")],
        ondelete={COURSE: "set default"},
    )
    edu_is_course = fields.Boolean(
        string="Course",
        compute="_compute_edu_is_course",
        inverse="_inverse_edu_is_course",
        search="_search_edu_is_course",
        groups=GROUP_READONLY,
        help="Selling it makes an enrollment of a learner.",
    )
    edu_course_stage_id = fields.Many2one(
        "edu.stage",
        string="Education stage",
        index="btree_not_null",
        ondelete="restrict",
        groups=GROUP_READONLY,
    )
    edu_term_unit = fields.Selection(
        TERM_UNITS, string="Term unit", default="months", groups=GROUP_READONLY
    )
    edu_term = fields.Integer(
        string="Term", default=1, groups=GROUP_READONLY, help="Length of one unit sold."
    )
    edu_lessons_per_week = fields.Integer(
        string="Lessons per week",
        groups=GROUP_READONLY,
        help="Says when a number of lessons is over. 0: the end is set by hand.",
    )
    edu_lessons = fields.Integer(
        string="Lessons", groups=GROUP_READONLY, help="Lessons included in one unit."
    )
    edu_gift_lessons = fields.Integer(
        string="Gift lessons",
        groups=GROUP_READONLY,
        help="Lessons given on top of those paid for.",
    )
    edu_next_course_id = fields.Many2one(
        "product.template",
        string="Next course",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('service_tracking', '=', 'edu_course'), ('id', '!=', id)]",
        groups=GROUP_READONLY,
        help="Offered when this one ends.",
    )
    edu_run_ids = fields.One2many(
        "edu.course.run", "product_tmpl_id", string="Runs", groups=GROUP_READONLY
    )
    edu_document_type_ids = fields.Many2many(
        "edu.document.type",
        "edu_product_document_type_rel",
        "product_tmpl_id",
        "document_type_id",
        string="Documents required",
        ondelete="restrict",
        groups=GROUP_READONLY,
        help="Every new enrollment asks for these.",
    )

    _edu_course_numbers_plausible = models.Constraint(
        "CHECK (edu_term BETWEEN 1 AND 1200 AND edu_lessons_per_week BETWEEN 0 AND 168"
        " AND edu_lessons BETWEEN 0 AND 100000"
        " AND edu_gift_lessons BETWEEN 0 AND 100000)",
        "The length of a course must be 1 or more; lessons cannot be negative.",
    )

    def _compute_service_tracking(self):
        """A course that is no longer sold still has its learners."""
        courses = self.filtered(
            lambda p: p.service_tracking == COURSE and p.type == "service"
        )
        return super(ProductTemplate, self - courses)._compute_service_tracking()

    @api.depends("service_tracking")
    def _compute_edu_is_course(self):
        for product in self:
            product.edu_is_course = product.service_tracking == COURSE

    def _inverse_edu_is_course(self):
        for product in self:
            if product.edu_is_course:
                product.write({"type": "service", "service_tracking": COURSE})
            elif product.service_tracking == COURSE:
                product.service_tracking = "no"

    @api.model
    def _search_edu_is_course(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("service_tracking", "=", COURSE)]

    @api.constrains("service_tracking", "edu_term_unit", "edu_next_course_id")
    def _check_course(self):
        for course in self.sudo().filtered(lambda p: p.service_tracking == COURSE):
            if not course.edu_term_unit:
                raise ValidationError(
                    self.env._("Say how long the course “%s” lasts.", course.name)
                )
            if course.edu_next_course_id == course:
                raise ValidationError(
                    self.env._("“%s” cannot be its own next course.", course.name)
                )

    @api.onchange("edu_is_course")
    def _onchange_edu_is_course(self):
        if self.edu_is_course:
            self.type = "service"
            self.service_tracking = COURSE

    def write(self, vals):
        if {"service_tracking", "type"} & vals.keys():
            before = self.filtered(lambda p: p.service_tracking == COURSE)
            result = super().write(vals)
            left = before.filtered(lambda p: p.service_tracking != COURSE)
            left._check_no_learners()
            return result
        return super().write(vals)

    def _check_no_learners(self):
        """What somebody learns stays a course: orders and enrollments go together."""
        # sudo: whoever keeps the enrollments
        enrollments = self.env["edu.enrollment"].sudo()
        found = self and enrollments.search(
            [
                ("course_id.product_tmpl_id", "in", self.ids),
                ("state", "in", LIVE),
            ],
            limit=1,
        )
        if found:
            raise ValidationError(
                self.env._(
                    "“%(course)s” has learners, such as %(enrollment)s: it stays a "
                    "course. Archive it if it is no longer sold.",
                    course=found.course_id.name,
                    enrollment=found.name,
                )
            )

    @api.model
    def _service_tracking_blacklist(self):
        return [*super()._service_tracking_blacklist(), COURSE]

    def _prepare_service_tracking_tooltip(self):
        if self.service_tracking == COURSE:
            return self.env._("Enroll the learner when the order is confirmed.")
        return super()._prepare_service_tracking_tooltip()

    def _edu_term_vals(self, quantity):
        """Return what ``quantity`` units of this course promise an enrollment.

        A fraction of a term is rounded to full months, weeks or lessons, at least one.
        """
        self.ensure_one()
        lessons = round(self.edu_lessons * quantity)
        term = max(round(self.edu_term * quantity), 1)
        if self.edu_term_unit == LESSONS:
            lessons = lessons or term
        return {
            "term_unit": self.edu_term_unit,
            "term": term,
            "lessons_per_week": self.edu_lessons_per_week,
            "lessons": lessons,
            "gift_lessons": round(self.edu_gift_lessons * quantity),
        }
