from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import GROUP_LEADER
from ...logic import complaint as rule
from .edu_complaint_priority import NORMAL, PRIORITIES, SCOPES, SEVERITIES

COMPLEXITIES = [
    ("simple", "Simple"),
    ("general", "General"),
    ("complex", "Complex"),
]
RESPONSIBILITIES = [
    ("teaching", "Teaching"),
    ("sales", "Sales"),
    ("service", "Service"),
    ("finance", "Finance"),
    ("partner", "Outside partner"),
    ("customer", "Customer"),
    ("nobody", "Nobody"),
]
VERDICTS = [
    (rule.UPHELD, "Upheld"),
    (rule.PARTLY, "Partly upheld"),
    (rule.NOT_UPHELD, "Not upheld"),
    (rule.NOT_ACCEPTED, "Solution not accepted"),
]


class EduComplaint(models.Model):
    """How a complaint is judged, planned, decided, and what is learned from it."""

    _inherit = "edu.complaint"

    # Assessment
    phone_step_ids = fields.Many2many(
        "edu.complaint.phone.step", string="Telephone steps", copy=False
    )
    clarified = fields.Text(
        string="Agreed statement of the problem",
        help="The problem in facts and figures, as the customer confirmed it.",
    )
    severity = fields.Selection(SEVERITIES, copy=False, tracking=True)
    scope = fields.Selection(SCOPES, copy=False, tracking=True)
    priority_proposed = fields.Selection(
        PRIORITIES,
        string="Proposed priority",
        compute="_compute_priority_proposed",
    )
    priority_override = fields.Selection(
        PRIORITIES, string="Other priority", copy=False, tracking=True
    )
    priority_reason = fields.Char(
        string="Why another priority", copy=False, tracking=True
    )
    priority = fields.Selection(
        PRIORITIES,
        compute="_compute_priority",
        store=True,
        precompute=True,
        copy=False,
    )
    complexity = fields.Selection(
        COMPLEXITIES, required=True, default="general", copy=False, tracking=True
    )
    is_safety = fields.Boolean(
        string="Safety or legal matter",
        copy=False,
        tracking=True,
        help="The manager gets it at once.",
    )
    # Plan and decision
    plan = fields.Text(string="Handling plan", copy=False)
    responsibility = fields.Selection(RESPONSIBILITIES, copy=False, tracking=True)
    verdict = fields.Selection(VERDICTS, copy=False, tracking=True)
    verdict_reason = fields.Text(
        string="Explanation to the customer",
        copy=False,
        help="The customer reads it. Needed unless the complaint is upheld.",
    )
    # Lesson
    cause_id = fields.Many2one(
        "edu.complaint.cause", index="btree_not_null", ondelete="restrict", copy=False
    )
    lesson = fields.Text(string="Lesson learned", copy=False)
    improvement = fields.Text(string="Preventive action", copy=False)
    improvement_user_id = fields.Many2one(
        "res.users",
        string="Responsible for prevention",
        domain=[("share", "=", False)],
        check_company=True,
        copy=False,
    )
    improvement_date = fields.Date(string="Prevention due", copy=False)
    staff_finding = fields.Text(
        string="Finding about the staff", groups=GROUP_LEADER, copy=False
    )
    staff_action = fields.Text(
        string="Disciplinary action", groups=GROUP_LEADER, copy=False
    )
    # When which step was left
    recorded_at = fields.Datetime(string="Recorded", readonly=True, copy=False)
    assessed_at = fields.Datetime(string="Assessed", readonly=True, copy=False)
    planned_at = fields.Datetime(string="Planned", readonly=True, copy=False)
    decided_at = fields.Datetime(
        string="Decided",
        readonly=True,
        copy=False,
        help="When the customer was told the result.",
    )
    closed_at = fields.Datetime(string="Closed at", readonly=True, copy=False)
    is_first_contact = fields.Boolean(
        string="Solved at first contact", readonly=True, copy=False
    )

    _priority_explained = models.Constraint(
        "CHECK (priority_override IS NULL OR priority_reason <> '')",
        "Say why the priority is another than the matrix proposes.",
    )
    _priority_idx = models.Index("(priority DESC, received_at DESC, id DESC)")

    @api.depends("severity", "scope", "company_id")
    def _compute_priority_proposed(self):
        for complaint in self:
            matrix = self.env["edu.complaint.priority"]._matrix(complaint.company_id.id)
            cell = (complaint.severity, complaint.scope)
            complaint.priority_proposed = matrix.get(cell, NORMAL)

    @api.depends("severity", "scope", "company_id", "priority_override")
    def _compute_priority(self):
        for complaint in self:
            complaint.priority = (
                complaint.priority_override or complaint.priority_proposed
            )

    @api.onchange("type_id")
    def _onchange_type_id(self):
        if self.matter_id.type_id != self.type_id:
            self.matter_id = False

    @api.constrains("type_id", "matter_id")
    def _check_matter(self):
        for complaint in self.filtered("matter_id"):
            if complaint.matter_id.type_id != complaint.type_id:
                raise ValidationError(
                    self.env._(
                        "“%(matter)s” is no matter of the type “%(type)s”.",
                        matter=complaint.matter_id.name,
                        type=complaint.type_id.name or "",
                    )
                )
