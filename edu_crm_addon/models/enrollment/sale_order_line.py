from odoo import api, fields, models
from odoo.exceptions import UserError

from ...const import GROUP_READONLY
from ...logic import enrollment as rule
from .product_template import COURSE

# Whoever changes one of these on a confirmed line changes the enrollment too.
SYNCED = frozenset(
    {
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "edu_learner_id",
        "edu_run_id",
        "edu_date_start",
    }
)
# The host would subscribe the adviser of each enrollment by itself, one by one.
QUIET = {"tracking_disable": True}


class SaleOrderLine(models.Model):
    """A line that sells a course says who learns, in which run, from which day on.

    The customer of the order pays. Every confirmed course line has one enrollment, with
    the line's quantity as number of terms.
    """

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "edu.role.mixin"]

    edu_learner_id = fields.Many2one(
        "res.partner",
        string="Learner",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_company", "=", False)],
        check_company=True,
        groups=GROUP_READONLY,
    )
    edu_run_id = fields.Many2one(
        "edu.course.run",
        string="Course run",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_tmpl_id', '=', product_template_id)]",
        groups=GROUP_READONLY,
    )
    edu_date_start = fields.Date(
        string="Course begins",
        groups=GROUP_READONLY,
        help="Empty: with the run, or on the day of the confirmation.",
    )
    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "sale_line_id", string="Enrollment", groups=GROUP_READONLY
    )

    @api.onchange("product_id")
    def _onchange_edu_product_id(self):
        for line in self._edu_courses():
            line.edu_learner_id = line.edu_learner_id or line._edu_default_learner()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        courses = lines._edu_courses()
        courses._edu_fill_learners()
        courses.filtered(lambda line: line.state == "sale")._edu_enroll()
        return lines

    def write(self, vals):
        courses = self._edu_courses() if "product_id" in vals else self.browse()
        result = super().write(vals)
        if not SYNCED.isdisjoint(vals):
            confirmed = self.filtered(lambda line: line.state == "sale")
            confirmed._edu_courses()._edu_enroll()
        # sudo: the enrollments follow the line, whoever may change that
        (courses - courses._edu_courses()).sudo().edu_enrollment_ids._cancel()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_with_enrollments(self):
        """An enrollment that never began goes with its line; any other keeps it."""
        # sudo: who may delete the line deletes what only the line made
        self.sudo().edu_enrollment_ids.unlink()

    # ------------------------------------------------------------------ courses
    def _edu_courses(self):
        # sudo: whether a product is a course is no secret
        return self.filtered(
            lambda line: (
                line.product_id
                and not line.display_type
                and line.sudo().service_tracking == COURSE
            )
        )

    def _edu_default_learner(self):
        """Return who most likely learns: the customer, or its only child.

        If the lead names somebody who is no contact yet, it is nobody else.
        """
        self.ensure_one()
        # sudo: a salesperson without education role sells courses too
        line = self.sudo()
        customer = line.order_id.partner_id._origin
        lead = line.order_id.opportunity_id
        if lead.edu_learner_id or lead.edu_learner_name:
            return lead.edu_learner_id
        learners = customer.edu_learner_link_ids.learner_id
        if learners:
            return learners if len(learners) == 1 else learners.browse()
        return customer.browse() if customer.is_company else customer

    def _edu_fill_learners(self):
        # sudo: as in `_edu_default_learner`
        lines = self.sudo().filtered(lambda line: not line.edu_learner_id)
        lines.order_id.opportunity_id._make_learners()
        for line in lines:
            if learner := line._edu_default_learner():
                line.edu_learner_id = learner

    # ------------------------------------------------------------------ enrollments
    def _edu_enroll(self):
        """Make the one enrollment of each of these confirmed lines, or renew it."""
        if not self:
            return
        self._edu_fill_learners()
        self._edu_check_learners()
        # sudo: the enrollment follows the order, whoever confirms it (the customer too)
        lines = self.sudo()
        new = lines.filtered(lambda line: not line.edu_enrollment_ids)
        sold = new.filtered("product_uom_qty")
        enrollments = self.env["edu.enrollment"].sudo().with_context(**QUIET)
        made = enrollments.create([line._edu_enrollment_vals() for line in sold])
        made._follow_by_advisers()
        known = (lines - new).edu_enrollment_ids
        known.filtered("sale_line_id.product_uom_qty")._revive()
        known.filtered(lambda e: not e.sale_line_id.product_uom_qty)._cancel()
        (lines - new)._edu_sync_enrollments()
        made._take_seats()
        known._take_seats()

    def _edu_check_learners(self):
        lines = self.sudo()  # sudo: as in `_edu_default_learner`
        if unnamed := lines.filtered(lambda line: not line.edu_learner_id):
            raise UserError(
                self.env._(
                    "Who learns? Choose the learner of: %s",
                    ", ".join(unnamed.product_id.mapped("display_name")),
                )
            )
        for line in lines:
            today = line.company_id._edu_today()
            learner = line.edu_learner_id
            if learner == line.order_partner_id and learner._edu_needs_guardian(today):
                raise UserError(
                    self.env._(
                        "%s is under age: a guardian must be the customer of the order "
                        "and sign it.",
                        learner.display_name,
                    )
                )

    def _edu_enrollment_vals(self):
        """Return what this line promises, for a new enrollment or one to renew."""
        self.ensure_one()
        order, run = self.order_id, self.edu_run_id
        today = order.company_id._edu_today()
        return {
            "sale_line_id": self.id,
            "order_id": order.id,
            "company_id": order.company_id.id,
            "learner_id": self.edu_learner_id.id,
            "payer_id": order.partner_id.id,
            "user_id": order.user_id.id,
            "team_id": order.team_id.id,
            "lead_id": order.opportunity_id.id,
            "goal": order.opportunity_id.edu_learning_goal,
            "course_id": self.product_id.id,
            "currency_id": order.currency_id.id,
            "price_total": self.price_total,
            "run_id": run.id,
            "date_start": self.edu_date_start or max(run.date_start or today, today),
            **self.product_id.product_tmpl_id._edu_term_vals(self._edu_quantity()),
        }

    def _edu_quantity(self):
        """Return the number of terms, in the unit of the course."""
        self.ensure_one()
        unit = self.product_id.uom_id
        return self.product_uom_id._compute_quantity(self.product_uom_qty, unit)

    def _edu_sync_enrollments(self):
        """Bring what the order says to enrollments that are not over."""
        for line in self.sudo():  # sudo: as in `_edu_enroll`
            enrollment = line.edu_enrollment_ids
            if enrollment.state not in rule.LIVE:
                continue
            vals = line._edu_enrollment_vals()
            if not line.edu_date_start:
                del vals["date_start"]
            changed = {
                name: value
                for name, value in vals.items()
                if enrollment._fields[name].convert_to_write(
                    enrollment[name], enrollment
                )
                != (value or False)
            }
            if changed:
                enrollment.write(changed)
