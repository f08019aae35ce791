from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import enrollment as enrollment_rule

# More people than this do not share a number: it is too short to tell.
MAX_CALLERS = 8
LIVE = (
    enrollment_rule.DRAFT,
    enrollment_rule.ONBOARDING,
    enrollment_rule.ACTIVE,
    enrollment_rule.PAUSED,
)


class EduComplaint(models.Model):
    """Who calls: the number finds the customer, the customer the child, the course and
    the order. What is found is filled in while typing, and can be changed.
    """

    _inherit = "edu.complaint"

    caller_ids = fields.Many2many(
        "res.partner", string="Have this number", compute="_compute_caller_ids"
    )
    caller_id = fields.Many2one("res.partner", string="Who calls", store=False)
    child_ids = fields.Many2many(
        "res.partner", string="Children of the caller", compute="_compute_child_ids"
    )
    child_id = fields.Many2one("res.partner", string="Which child", store=False)
    type_guidance = fields.Text(
        string="Guidance", related="type_id.guidance", related_sudo=False
    )

    @api.depends("phone", "partner_id", "is_anonymous", "company_id")
    def _compute_caller_ids(self):
        for complaint in self:
            complaint.caller_ids = complaint._find_callers()

    @api.depends("partner_id", "learner_id")
    def _compute_child_ids(self):
        for complaint in self:
            children = complaint._children()
            unknown = not complaint.learner_id and len(children) > 1
            complaint.child_ids = children if unknown else False

    def _find_callers(self):
        """Return who has the number, unless it is known who calls.

        A child has the number of its mother: it is the mother who calls.
        """
        self.ensure_one()
        partners = self.env["res.partner"]
        if (
            self.partner_id
            or self.is_anonymous
            or not partners._is_phone_like(self.phone)
        ):
            return partners
        domain = partners._phone_domain(self.phone)
        domain &= Domain("company_id", "in", (False, self.company_id.id))
        found = partners.search(domain, limit=MAX_CALLERS + 1)
        if len(found) > MAX_CALLERS:
            return partners
        return found - found.edu_learner_link_ids.learner_id or found

    def _children(self):
        self.ensure_one()
        return self.partner_id._origin.edu_learner_link_ids.learner_id

    # ------------------------------------------------------------------ while typing
    @api.onchange("phone")
    def _onchange_phone(self):
        if len(self.caller_ids) == 1:
            self.partner_id = self.caller_ids._origin

    @api.onchange("caller_id")
    def _onchange_caller_id(self):
        if self.caller_id:
            self.partner_id = self.caller_id

    @api.onchange("child_id")
    def _onchange_child_id(self):
        if self.child_id:
            self.learner_id = self.child_id

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Fill in the only child, or the caller who learns; keep what was chosen."""
        caller = self.partner_id._origin
        children = self._children()
        fitting = children | caller | self._enrolled()
        if caller and self.learner_id._origin not in fitting:
            learns = caller if caller.edu_enrollment_ids else caller.browse()
            self.learner_id = children if len(children) == 1 else learns
        self._fill_payer()
        if not self.enrollment_id:
            self.order_id = self._last_order()

    @api.onchange("learner_id")
    def _onchange_learner_id(self):
        """Fill in the only course of the learner that goes on."""
        self._fill_payer()
        learner = self.learner_id._origin
        if self._enrolled() != learner:
            live = learner.edu_enrollment_ids.filtered(lambda e: e.state in LIVE)
            self.enrollment_id = live if len(live) == 1 else False

    @api.onchange("enrollment_id")
    def _onchange_enrollment_id(self):
        # sudo: an adviser's enrollment tells its course to whoever handles a complaint
        if enrollment := self.enrollment_id._origin.sudo():
            self.course_id = enrollment.course_id
            self.order_id = enrollment.order_id
            self.lead_id = enrollment.lead_id

    @api.onchange("type_id", "matter_id")
    def _onchange_subject(self):
        """The matter is the subject until another one is typed."""
        if not self.subject or self._is_proposed_subject():
            self.subject = self.matter_id.name or self.type_id.name

    def _is_proposed_subject(self):
        named = [("name", "=", self.subject)]
        return any(
            self.env[model].search_count(named, limit=1)
            for model in ("edu.complaint.matter", "edu.complaint.type")
        )

    def _enrolled(self):
        # sudo: an enrollment of another adviser has a learner, too
        return self.enrollment_id._origin.sudo().learner_id.with_env(self.env)

    def _fill_payer(self):
        learner, caller = self.learner_id._origin, self.partner_id._origin
        self.payer_id = learner.edu_payer_id if learner else caller

    def _last_order(self):
        """Return the last order of the caller that the user may see."""
        orders = self.env["sale.order"]
        people = (self.partner_id | self.payer_id)._origin
        if not people or not orders.has_access("read"):
            return orders
        return orders.search(
            [
                ("partner_id", "in", people.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sale"),
            ],
            order="date_order desc, id desc",
            limit=1,
        )
