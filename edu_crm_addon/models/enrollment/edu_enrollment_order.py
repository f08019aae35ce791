from odoo import api, models
from odoo.exceptions import UserError

from ...logic import enrollment as rule

SEQUENCE = "edu_crm_addon.seq_edu_enrollment"
# What the order says is changed on the order, by import and RPC as well.
OF_THE_ORDER = frozenset(
    {
        "learner_id",
        "payer_id",
        "course_id",
        "sale_line_id",
        "order_id",
        "lead_id",
        "currency_id",
        "price_total",
        "term",
        "term_unit",
        "lessons",
        "gift_lessons",
        "lessons_per_week",
        "company_id",
        "name",
    }
)


class EduEnrollment(models.Model):
    """What follows from the order: number, followers, purchases of the learner, seats.

    What the order says is changed there, and what began is never deleted.
    """

    _inherit = "edu.enrollment"

    @api.model_create_multi
    def create(self, vals_list):
        unnamed = [vals for vals in vals_list if not vals.get("name")]
        if unnamed:
            # sudo: whoever may enroll draws a number. `ref` would ask if it exists.
            sequences = self.env["ir.sequence"].sudo()
            sequence = sequences.browse(
                self.env["ir.model.data"]._xmlid_to_res_id(SEQUENCE, True)
            )
            for vals, number in zip(
                unnamed, sequence._edu_next_numbers(len(unnamed)), strict=True
            ):
                vals["name"] = number
        enrollments = super().create(vals_list)
        # The order counts for who pays it. sudo: as in `write`
        guarded = enrollments.sudo().filtered(lambda e: e.learner_id != e.payer_id)
        for learner, theirs in guarded.grouped("learner_id").items():
            if theirs._is_one_order_of_today():
                learner._after_purchase()
            else:
                learner._after_documents_changed()
        return enrollments

    def write(self, vals):
        if not self.env.su and not OF_THE_ORDER.isdisjoint(vals):
            self._check_not_of_order(vals)
        leaves = "run_id" in vals or vals.get("state", rule.ACTIVE) not in rule.SEATED
        runs = self.run_id.filtered("seats") if leaves else None
        learners = self._learners_whose_purchases_change(vals)
        result = super().write(vals)
        if learners:
            # sudo: the relationship is kept up whoever changes the enrollment
            (learners | self.learner_id).sudo()._after_documents_changed()
        if runs:
            runs._offer_seats()
        return result

    def _is_one_order_of_today(self):
        """Tell whether these are what one order sells, to begin today or later."""
        return len(self.order_id) == 1 and all(
            enrollment.order_id
            and enrollment.state != rule.CANCELED
            and enrollment.date_start >= enrollment.company_id._edu_today()
            for enrollment in self
        )

    def _check_not_of_order(self, vals):
        names = OF_THE_ORDER & vals.keys()
        for enrollment in self.filtered("order_id"):
            before = enrollment._convert_to_write(
                {name: enrollment[name] for name in names}
            )
            if any((vals[name] or False) != (before[name] or False) for name in names):
                raise UserError(
                    self.env._(
                        "%s follows its order: change this on the order.",
                        enrollment.display_name,
                    )
                )

    def _learners_whose_purchases_change(self, vals):
        """A canceled enrollment is no purchase; every other state is one."""
        if "learner_id" in vals or vals.get("state") == rule.CANCELED:
            return self.learner_id
        if "state" in vals:
            return self.filtered(lambda e: e.state == rule.CANCELED).learner_id
        return self.env["res.partner"]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        for enrollment in self:
            if enrollment.state not in (rule.DRAFT, rule.CANCELED):
                raise UserError(
                    self.env._(
                        "%s has begun: withdraw it or cancel its order instead.",
                        enrollment.display_name,
                    )
                )

    def _follow_by_advisers(self):
        """Let each adviser hear of what the family writes."""
        # sudo: following is the business of the enrollment, not of who confirms
        followers = self.env["mail.followers"].sudo()
        for user, enrollments in self.grouped("user_id").items():
            if user.active:
                followers._insert_followers(
                    self._name,
                    enrollments.ids,
                    user.partner_id.ids,
                    customer_ids=[],  # an adviser is none: spares the host the look
                    check_existing=False,
                )
