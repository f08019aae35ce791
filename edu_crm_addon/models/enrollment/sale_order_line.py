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
    the line's quantity as number of terms. Order and invoice name the learner: siblings
    in one course are told apart. The description stays as it was typed; where it is
    shown the learner is added.
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

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        courses = lines._edu_courses()
        courses._edu_fill_learners()
        courses.filtered(lambda line: line.state == "sale")._edu_enroll()
        lines.order_id._edu_review_changed()
        return lines

    def write(self, vals):
        courses = self._edu_courses() if "product_id" in vals else self.browse()
        result = super().write(vals)
        is_synced = not SYNCED.isdisjoint(vals)
        if is_synced:
            confirmed = self.filtered(lambda line: line.state == "sale")
            confirmed._edu_courses()._edu_enroll()
        # sudo: the enrollments follow the line, whoever may change that
        (courses - courses._edu_courses()).sudo().edu_enrollment_ids._cancel()
        if is_synced:
            self.order_id._edu_review_changed()
        return result

    def unlink(self):
        signed = self.order_id.filtered("signed_on")
        result = super().unlink()
        signed._edu_review_contracts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_with_enrollments(self):
        """An enrollment that never began goes with its line; any other keeps it."""
        # sudo: who may delete the line deletes what only the line made
        self.sudo().edu_enrollment_ids.unlink()

    # ------------------------------------------------------------------ the host
    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if text := self._edu_learner_text():
            values["name"] = f"{values['name']}\n{text}"
        return values

    def _edu_learner_text(self):
        """Return whom the line is for, in the customer's words; empty if no course."""
        self.ensure_one()
        # sudo: who sees the line sees whom it is for, the customer above all
        name = self.sudo().edu_learner_id.name
        if not name or not self._edu_courses():
            return ""
        lang = self.order_id._get_lang()
        return self.with_context(lang=lang).env._("Learner: %s", name)

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
        self._edu_check_guardians()

    def _edu_check_guardians(self):
        """The contract of a minor is signed by a guardian, or by an organization."""
        # sudo: a salesperson without education role sells courses too
        for line in self.sudo():
            learner, customer = line.edu_learner_id, line.order_partner_id
            signers = customer | customer.commercial_partner_id
            if any(signers.mapped("is_company")):
                continue
            if not learner._edu_needs_guardian(line.company_id._edu_today()):
                continue
            if not signers & learner.edu_guardian_link_ids.guardian_id:
                raise UserError(
                    self.env._(
                        "%(learner)s is under age, and %(customer)s is no guardian. "
                        "Make a guardian the customer of the order, or enter the "
                        "guardianship first.",
                        learner=learner.display_name,
                        customer=customer.display_name,
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

    # ------------------------------------------------------------------ contract
    def _edu_contract_terms(self, today):
        self.ensure_one()
        order = self.order_id
        terms = {
            "id": self.id,
            "quantity": f"{self.product_uom_qty:g}",
            "price": order._edu_money(self.price_total),
        }
        if not self._edu_courses():
            return {**terms, "course": self.product_id.id}
        course = self.product_id.product_tmpl_id._edu_term_vals(self._edu_quantity())
        dates = self._edu_contract_dates(today)
        return {
            **terms,
            "course": self.product_id.id,
            "learner": self.edu_learner_id.id,
            "term": f"{course['term']} {course['term_unit']}",
            "lessons": f"{course['lessons']}+{course['gift_lessons']}",
            **dates,
        }

    def _edu_contract_dates(self, today):
        """Return run, first and last day; None where they are left open.

        Once the learner is enrolled the enrollment knows best. Its pauses move the last
        day without changing what was agreed.
        """
        enrollment = self.edu_enrollment_ids
        if enrollment.state in rule.LIVE:
            paused = sum(enrollment.pause_ids.mapped("days"))
            end = enrollment.date_end
            return {
                "run": enrollment.run_id.id or None,
                "date_start": fields.Date.to_string(enrollment.date_start),
                "date_end": (
                    end
                    and fields.Date.to_string(fields.Date.subtract(end, days=paused))
                )
                or None,
            }
        run = self.edu_run_id
        start = self.edu_date_start
        if not start and run.date_start and run.date_start > today:
            start = run.date_start
        return {
            "run": run.id or None,
            "date_start": fields.Date.to_string(start) or None,
            "date_end": fields.Date.to_string(run.date_end) or None,
        }

    def _edu_contract_texts(self):
        self.ensure_one()
        order, learner = self.order_id, self.edu_learner_id
        product = self.product_id.with_context(display_default_code=False)
        return {
            "id": self.id,
            "is_course": bool(self._edu_courses()),
            "course": order._edu_texts(product, "display_name"),
            "learner": learner.name or "",
            "birth_date": fields.Date.to_string(learner.edu_birth_date) or "",
            "guardians": learner.edu_guardian_link_ids.guardian_id.mapped("name"),
            "run": order._edu_texts(self.edu_run_id, "name"),
            "schedule": order._edu_texts(self.edu_run_id, "schedule"),
        }
