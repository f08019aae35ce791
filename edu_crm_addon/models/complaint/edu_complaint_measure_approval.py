from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...const import GROUP_LEADER, GROUP_MANAGER
from ...logic import complaint as step_rule
from ...logic import measure as rule
from .edu_complaint import LEVELS

GROUP_OF = {step_rule.LEADER: GROUP_LEADER, step_rule.MANAGER: GROUP_MANAGER}
APPROVAL = "edu_crm_addon.mail_activity_type_measure_approval"


class EduComplaintMeasure(models.Model):
    """Who approves what a measure costs.

    Above the company's limits somebody else does: of the level that the amount needs,
    not who asked or made it, and nobody the complaint is about.
    """

    _inherit = "edu.complaint.measure"

    approval_level = fields.Selection(
        LEVELS,
        string="Approval by",
        compute="_compute_approval_level",
        help="Whose approval the amount needs. Agent: nobody's.",
    )

    @api.depends("cost", "kind", "course_id", "quantity", "complaint_id", "invoice_id")
    def _compute_approval_level(self):
        refunds = self._free_refunds()
        for measure in self:
            limits = measure.company_id._edu_measure_limits()
            same = refunds.get(measure.invoice_id._origin) or self.browse()
            amount = measure._amount_to_approve(same)
            measure.approval_level = rule.approval_level(amount, limits)

    def _free_refunds(self):
        """Return ``{invoice: refunds of it that nobody approved}``."""
        refunds = self.filtered(lambda m: m.kind == rule.REFUND)
        # sudo: those of colleagues count, too
        found = self.sudo().search(
            [
                ("invoice_id", "in", refunds.invoice_id._origin.ids),
                ("kind", "=", rule.REFUND),
                ("state", "in", (rule.APPROVED, rule.DONE)),
                ("approved_by_id", "=", False),
            ]
        )
        return found.grouped("invoice_id")

    # ------------------------------------------------------------------ actions
    def _amount_to_approve(self, refunds):
        """Return the cost, with what was done without approval so far: for the
        complaint, for those that are one with it, and as ``refunds`` of the invoice.

        Else a large amount would go through in small ones.
        """
        self.ensure_one()
        cost = self.cost
        if self.kind == rule.FREE_COURSE and self.course_id:
            cost = max(cost, self._course_value())
        if not cost:
            return 0.0
        others = self.complaint_id._one_case()._all_measures() - self._origin
        if self.kind == rule.REFUND:
            others |= refunds - self._origin
        return cost + sum(
            other.cost
            for other in others
            if other.state in (rule.APPROVED, rule.DONE) and not other.approved_by_id
        )

    def action_request(self):
        """Ask for approval; what needs none is approved at once."""
        self.check_access("write")
        planned = self.filtered(lambda m: m.state == rule.PLANNED)
        planned.filtered("cost")._claim_case()
        for measure in planned:
            measure._check_complete()
            free = measure.approval_level == step_rule.AGENT
            measure._update_state(
                (rule.PLANNED,),
                rule.APPROVED if free else rule.TO_APPROVE,
                requested_by_id=self.env.uid,
                **({"approved_at": fields.Datetime.now()} if free else {}),
            )
            if not free:
                measure._call_approver()

    def _claim_case(self):
        """Let two small amounts, asked for at once, not overlook one another."""
        # sudo: a colleague may carry out a measure without seeing the complaint
        complaints = self.sudo().complaint_id
        if not complaints:
            return
        complaints.flush_recordset()
        complaints.lock_for_update(allow_referencing=True)
        # A new version of the row: who read it before has to begin again.
        ids = tuple(complaints.ids)
        self.env.cr.execute(SQL("UPDATE edu_complaint SET id = id WHERE id IN %s", ids))

    def action_approve(self):
        for measure in self:
            measure._check_may_approve()
        self._update_state(
            (rule.TO_APPROVE,),
            rule.APPROVED,
            approved_by_id=self.env.uid,
            approved_at=fields.Datetime.now(),
        )
        self._dismiss_approver()

    def action_take_back(self):
        """Back to planning: who asked changed one's mind, or the approver says no."""
        self.check_access("write")
        for measure in self:
            measure._check_no_document()
        self._update_state(
            (rule.TO_APPROVE, rule.APPROVED),
            rule.PLANNED,
            requested_by_id=False,
            approved_by_id=False,
            approved_at=False,
        )
        self._dismiss_approver()

    def _check_may_approve(self):
        """Only somebody else, of the level the amount needs, and not concerned."""
        self.ensure_one()
        self.check_access("write")
        user = self.env.user
        if user in (self.requested_by_id, self.create_uid):
            raise UserError(self.env._("Nobody approves what one asked for oneself."))
        # sudo: whom the complaint is about is no secret to the check
        if user.partner_id in self.sudo().complaint_id.accused_partner_ids:
            raise UserError(self.env._("The complaint is about you."))
        group = GROUP_OF.get(self.approval_level)
        if group and not user.has_group(group):
            levels = dict(
                self._fields["approval_level"]._description_selection(self.env)
            )
            raise UserError(
                self.env._(
                    "%(measure)s: %(amount)s is approved by: %(level)s.",
                    measure=self.display_name,
                    amount=self.currency_id.format(self.cost),
                    level=levels[self.approval_level],
                )
            )

    def _call_approver(self):
        """Give who may approve an activity on the complaint."""
        for measure in self:
            user = measure._approver()
            if user:
                measure.complaint_id._remind(
                    user,
                    APPROVAL,
                    self.env._(
                        "Approve: %(measure)s, %(amount)s",
                        measure=measure.display_name,
                        amount=measure.currency_id.format(measure.cost),
                    ),
                )

    def _approver(self):
        """Return who is asked: of the right level, not who asked, not concerned."""
        self.ensure_one()
        asked = self.requested_by_id | self.create_uid
        group = GROUP_OF[self.approval_level]
        levels = step_rule.LEVELS[step_rule.LEVELS.index(self.approval_level) :]
        for level in levels:
            user = self.complaint_id._responsible(level)
            if user and user not in asked and user.has_group(group):
                return user
        return self.env["res.users"]

    def _dismiss_approver(self):
        waiting = self.complaint_id.filtered(
            lambda c: rule.TO_APPROVE not in c._all_measures().mapped("state")
        )
        # sudo: the activity of somebody else has no purpose any more
        waiting.sudo().activity_unlink([APPROVAL])
