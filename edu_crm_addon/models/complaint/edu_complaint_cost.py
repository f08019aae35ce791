from odoo import api, fields, models

from ...logic import complaint as step_rule
from ...logic import measure as rule


class EduComplaint(models.Model):
    """What is done for who complained, and what it costs.

    No complaint leaves the implementation with an open handling measure. The stored
    count makes the row of the complaint change with each measure that is begun, so that
    two people cannot close the one and begin the other at the same time.
    """

    _inherit = "edu.complaint"

    solution_ids = fields.One2many(
        "edu.complaint.solution", "complaint_id", string="Solutions", copy=False
    )
    measure_ids = fields.One2many(
        "edu.complaint.measure",
        "complaint_id",
        string="Measures",
        domain=[("is_repair", "=", False)],
        copy=False,
    )
    repair_ids = fields.One2many(
        "edu.complaint.measure",
        "complaint_id",
        string="Repair plan",
        domain=[("is_repair", "=", True)],
        context={"default_is_repair": True},
        copy=False,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # No Monetary: with that each new complaint would cost two queries for its currency.
    cost_total = fields.Float(
        string="Cost",
        digits=(16, 4),
        compute="_compute_measures",
        store=True,
        precompute=True,
        help="What its measures cost that are done.",
    )
    measure_count = fields.Integer(
        string="Number of measures",
        compute="_compute_measures",
        store=True,
        precompute=True,
    )
    open_measure_count = fields.Integer(
        string="Open handling measures",
        compute="_compute_measures",
        store=True,
        precompute=True,
    )

    @api.depends(
        "measure_ids.state",
        "measure_ids.cost",
        "measure_ids.is_repair",
        "repair_ids.state",
        "repair_ids.cost",
        "repair_ids.is_repair",
    )
    def _compute_measures(self):
        found = self.env["edu.complaint.measure"]._read_group(
            [("complaint_id", "in", self._origin.ids)],
            ["complaint_id", "state", "is_repair"],
            ["cost:sum", "__count"],
        )
        rows = {}
        for complaint, *row in found:
            rows.setdefault(complaint, []).append(row)
        for complaint in self:
            own = rows.get(complaint._origin, ())
            complaint.measure_count = sum(count for *_row, count in own)
            complaint.cost_total = sum(
                cost for state, _repair, cost, _count in own if state == rule.DONE
            )
            complaint.open_measure_count = sum(
                count
                for state, is_repair, _cost, count in own
                if state in rule.OPEN and not is_repair
            )

    def _one_case(self):
        """Return these with what was merged, and what they follow from or what follows.

        By sudo: whoever may see them, it is one matter.
        """
        # sudo: as the docstring says
        case, fresh = self.browse().sudo(), self._origin.sudo()
        while fresh:
            case |= fresh
            near = fresh.merged_ids | fresh.merged_into_id
            fresh = (near | fresh.previous_id | fresh.follow_up_ids) - case
        return case

    def _all_measures(self):
        """Return the measures of handling and repair, whoever may see them."""
        # sudo: approval and closing reckon with those of colleagues, too
        complaint = self.sudo()
        return complaint.measure_ids | complaint.repair_ids

    @api.ondelete(at_uninstall=False)
    def _unlink_except_compensated(self):
        self._all_measures()._check_no_document()

    def _with_open_measures(self):
        return super()._with_open_measures() | self.filtered("open_measure_count")

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == step_rule.WITHDRAWN:
            self._drop_measures()
        elif target == step_rule.MERGED:
            self._hand_over_measures()
        return result

    def _drop_measures(self):
        """Nothing more is done for who takes a complaint back."""
        # sudo: those of colleagues, too; what made a document is accounting's
        measures = self._all_measures().filtered(
            lambda m: m.state in rule.OPEN and not m._has_document()
        )
        measures.drop_reason = self.env._("The complaint was withdrawn.")
        measures._update_state(rule.OPEN, rule.DROPPED)

    def _hand_over_measures(self):
        """What is open goes on in the complaint that remains."""
        for complaint in self:
            open_ones = complaint._all_measures().filtered(
                lambda m: m.state in rule.OPEN
            )
            target = complaint.merged_into_id
            if target.state not in step_rule.STEPS[: step_rule.STEPS.index("feedback")]:
                open_ones.is_repair = True
            open_ones.complaint_id = target

    def _remind(self, user, activity_type, summary, deadline=None):
        """Give ``user`` an activity on each, once; its list is enough, no mail."""
        if not user:
            return
        # sudo: whoever may change a measure, of whatever complaint
        fresh = self.sudo().filtered(
            lambda c: (
                not c.activity_ids.filtered(
                    lambda a: a.user_id == user and a.summary == summary
                )
            )
        )
        for company, complaints in fresh.grouped("company_id").items():
            complaints.with_context(mail_activity_quick_update=True).activity_schedule(
                activity_type,
                date_deadline=deadline or company._edu_today(),
                summary=summary,
                user_id=user.id,
            )
