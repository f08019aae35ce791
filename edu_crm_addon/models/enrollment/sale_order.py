from odoo import api, fields, models

from ...const import GROUP_READONLY


class SaleOrder(models.Model):
    """A confirmed order enrolls the learners of its course lines."""

    _name = "sale.order"
    _inherit = ["sale.order", "edu.role.mixin"]

    edu_enrollment_ids = fields.One2many(
        "edu.enrollment", "order_id", string="Enrollments", groups=GROUP_READONLY
    )
    edu_enrollment_count = fields.Integer(
        string="Number of enrollments",
        compute="_compute_edu_enrollment_count",
        groups=GROUP_READONLY,
    )
    edu_has_course = fields.Boolean(
        string="Has a course", compute="_compute_edu_has_course", groups=GROUP_READONLY
    )

    @api.depends("edu_enrollment_ids")
    def _compute_edu_enrollment_count(self):
        counts = self.env["edu.enrollment"]._count_by("order_id", self)
        for order in self:
            order.edu_enrollment_count = counts.get(order._origin, 0)

    @api.depends("order_line.product_id")
    def _compute_edu_has_course(self):
        for order in self:
            order.edu_has_course = bool(order.order_line._edu_courses())

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if any(vals.get("state", "draft") == "sale" for vals in vals_list):
            orders._edu_follow_state()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._edu_follow_state()
        elif {"user_id", "team_id", "partner_id"} & vals.keys():
            self.order_line._edu_courses()._edu_sync_enrollments()
        if "opportunity_id" in vals:
            self._edu_follow_lead()
        return result

    def _edu_follow_lead(self):
        """The enrollments go with the order to another lead, as when two are merged."""
        # sudo: the enrollments follow the order, whoever may change that
        for order in self.sudo().filtered("edu_enrollment_ids"):
            order.edu_enrollment_ids.lead_id = order.opportunity_id

    @api.ondelete(at_uninstall=False)
    def _unlink_with_enrollments(self):
        """PostgreSQL deletes the lines of an order, so this goes first."""
        self.order_line._unlink_with_enrollments()

    def _edu_follow_state(self):
        """Enroll the learners of confirmed orders, cancel those of all others."""
        courses = self.order_line._edu_courses()
        if not courses:
            return
        confirmed = courses.filtered(lambda line: line.state == "sale")
        confirmed._edu_enroll()
        # sudo: the enrollments follow the order, whoever may change that
        (courses - confirmed).sudo().edu_enrollment_ids._cancel()

    def action_edu_open_enrollments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._edu_open(
            "edu_enrollment_action", [("order_id", "=", self.id)]
        )
        if len(self.edu_enrollment_ids) == 1:
            action["views"] = [(False, "form")]
            action["res_id"] = self.edu_enrollment_ids.id
        return action
