from odoo import fields, models
from odoo.tools import SQL, LazyTranslate

from ..models.complaint.edu_complaint import CHANNELS, KINDS, LEVELS, STATES
from ..models.complaint.edu_complaint_answer import ANSWERED_BY, ANSWERS
from ..models.complaint.edu_complaint_handling import COMPLEXITIES, VERDICTS
from ..models.complaint.edu_complaint_priority import PRIORITIES, SCOPES, SEVERITIES

_lt = LazyTranslate(__name__)

WITHOUT_TYPE = _lt("Without type")
WITHOUT_MATTER = _lt("Without matter")
WITHOUT_COURSE = _lt("Without course")
WITHOUT_EDUCATION_STAGE = _lt("Without education stage")
WITHOUT_HANDLER = _lt("Without handler")
WITHOUT_TEAM = _lt("Without team")
WITHOUT_CAUSE = _lt("Without cause")
NOT_ASSESSED = _lt("Not assessed")
NOT_DECIDED = _lt("Not decided")
NOT_ANSWERED = _lt("Not answered")

# A rate of a group: the sum of the first column by that of the second.
RATES = {
    "timeliness_rate:avg": ("decide_kept_count", "decide_due_count"),
    "acknowledge_rate:avg": ("acknowledge_kept_count", "acknowledge_due_count"),
    "progress_rate:avg": ("progress_kept_count", "progress_due_count"),
    "execute_rate:avg": ("execute_kept_count", "execute_due_count"),
    "repair_rate:avg": ("repair_kept_count", "repair_due_count"),
    "late_rate:avg": ("decide_late_count", "decide_due_count"),
    "reopen_rate:avg": ("reopened_count", "finished_count"),
    "extension_rate:avg": ("extended_count", "decide_count"),
}


class EduComplaintReport(models.Model):
    """Complaints in figures: how many, how fast, promises kept, cost, rating.

    One row per complaint. Timeliness: of the decisions due, those told by their
    original date, whatever was extended later; what is overdue and still owed is a
    miss. It is that of the first round and of the first decision in it, and nothing is
    asked of what was merged or withdrawn. Rates are weighted: sums of a group divided
    by each other, empty where nothing was due.
    """

    _name = "edu.complaint.report"
    _description = "Complaint analysis"
    _auto = False
    _order = "received_at desc, id desc"
    _rec_name = "complaint_id"
    _depends = {
        "edu.complaint": [
            "kind",
            "state",
            "company_id",
            "channel",
            "received_at",
            "is_anonymous",
            "partner_id",
            "type_id",
            "matter_id",
            "course_id",
            "team_id",
            "user_id",
            "recorded_by_id",
            "level",
            "round",
            "severity",
            "scope",
            "priority",
            "complexity",
            "verdict",
            "cause_id",
            "answer",
            "answer_by",
            "recorded_at",
            "assessed_at",
            "planned_at",
            "decided_at",
            "closed_at",
            "is_first_contact",
            "cost_total",
            "rating_request_id",
        ],
        "rating.rating": ["rating", "consumed"],
        "edu.complaint.deadline": [
            "complaint_id",
            "kind",
            "round",
            "original_due_at",
            "extended_due_at",
            "done_at",
            "missed_at",
            "dropped_at",
        ],
        "edu.complaint.round": ["complaint_id", "number", "decided_at"],
        "product.product": ["product_tmpl_id"],
        "product.template": ["edu_course_stage_id"],
    }

    # Measures
    complaint_count = fields.Integer(string="Complaints", readonly=True)
    finished_count = fields.Integer(
        string="Closed once", readonly=True, help="Opened again since, or not."
    )
    reopened_count = fields.Integer(string="Reopened", readonly=True)
    first_contact_count = fields.Integer(
        string="Number solved at first contact", readonly=True
    )
    decide_count = fields.Integer(string="Decisions promised", readonly=True)
    decide_due_count = fields.Integer(
        string="Decisions due",
        readonly=True,
        help="Told, or overdue. What may still wait is not among them.",
    )
    decide_kept_count = fields.Integer(
        string="Decisions on time",
        readonly=True,
        help="Told by the date promised first; an extension does not help.",
    )
    decide_late_count = fields.Integer(string="Decisions late", readonly=True)
    extended_count = fields.Integer(string="Decisions extended", readonly=True)
    acknowledge_due_count = fields.Integer(string="Acknowledgements due", readonly=True)
    acknowledge_kept_count = fields.Integer(
        string="Acknowledgements on time", readonly=True
    )
    progress_due_count = fields.Integer(string="Progress reports due", readonly=True)
    progress_kept_count = fields.Integer(
        string="Progress reports on time", readonly=True
    )
    execute_due_count = fields.Integer(string="Plans due", readonly=True)
    execute_kept_count = fields.Integer(
        string="Plans carried out on time", readonly=True
    )
    repair_due_count = fields.Integer(string="Repairs due", readonly=True)
    repair_kept_count = fields.Integer(string="Repairs on time", readonly=True)
    timeliness_rate = fields.Float(
        string="Timeliness",
        aggregator="avg",
        readonly=True,
        help="Decisions told by the date promised first, of the decisions due. First "
        "round only.",
    )
    late_rate = fields.Float(
        string="Late share",
        aggregator="avg",
        readonly=True,
        help="Decisions late or overdue, of the decisions due.",
    )
    acknowledge_rate = fields.Float(
        string="Acknowledged on time", aggregator="avg", readonly=True
    )
    progress_rate = fields.Float(
        string="Progress reported on time", aggregator="avg", readonly=True
    )
    execute_rate = fields.Float(
        string="Carried out on time", aggregator="avg", readonly=True
    )
    repair_rate = fields.Float(
        string="Repaired on time", aggregator="avg", readonly=True
    )
    reopen_rate = fields.Float(
        string="Reopen rate",
        aggregator="avg",
        readonly=True,
        help="Opened again, of those closed once.",
    )
    extension_rate = fields.Float(
        string="Extension rate",
        aggregator="avg",
        readonly=True,
        help="Decisions given more time, of the decisions promised.",
    )
    days_to_record = fields.Float(
        string="Days until recorded", aggregator="avg", digits=(16, 1), readonly=True
    )
    days_to_assess = fields.Float(
        string="Days until assessed", aggregator="avg", digits=(16, 1), readonly=True
    )
    days_to_plan = fields.Float(
        string="Days until planned", aggregator="avg", digits=(16, 1), readonly=True
    )
    days_to_decide = fields.Float(
        string="Days until decided",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="Calendar days from reception until the first decision was told.",
    )
    days_to_close = fields.Float(
        string="Days until closed",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="Calendar days from reception until it was closed for the last time.",
    )
    cost = fields.Monetary(
        readonly=True,
        help="What its measures cost that are done, in the currency of your company.",
    )
    rating = fields.Float(
        string="Average rating",
        aggregator="avg",
        digits=(16, 1),
        readonly=True,
        help="How customers rated the handling, 1 to 5.",
    )
    rating_count = fields.Integer(string="Ratings", readonly=True)
    # Dimensions
    complaint_id = fields.Many2one("edu.complaint", readonly=True)
    received_at = fields.Datetime(string="Received on", readonly=True)
    decide_due_at = fields.Datetime(
        string="Decision due",
        readonly=True,
        help="The date promised first: timeliness is that of a period by it.",
    )
    closed_at = fields.Datetime(string="Closed at", readonly=True)
    kind = fields.Selection(KINDS, string="Complaint or suggestion", readonly=True)
    state = fields.Selection(STATES, string="Step", readonly=True)
    is_counted = fields.Boolean(string="Neither merged nor withdrawn", readonly=True)
    type_id = fields.Many2one(
        "edu.complaint.type", readonly=True, falsy_value_label=WITHOUT_TYPE
    )
    matter_id = fields.Many2one(
        "edu.complaint.matter", readonly=True, falsy_value_label=WITHOUT_MATTER
    )
    channel = fields.Selection(
        [*CHANNELS, ("survey", "Satisfaction survey")], readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Complainant", readonly=True)
    is_anonymous = fields.Boolean(string="Anonymous", readonly=True)
    course_id = fields.Many2one(
        "product.product", readonly=True, falsy_value_label=WITHOUT_COURSE
    )
    stage_id = fields.Many2one(
        "edu.stage",
        string="Education stage",
        readonly=True,
        falsy_value_label=WITHOUT_EDUCATION_STAGE,
    )
    team_id = fields.Many2one(
        "edu.complaint.team", readonly=True, falsy_value_label=WITHOUT_TEAM
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handler",
        readonly=True,
        falsy_value_label=WITHOUT_HANDLER,
    )
    recorded_by_id = fields.Many2one("res.users", string="Recorded by", readonly=True)
    level = fields.Selection(LEVELS, readonly=True)
    severity = fields.Selection(
        SEVERITIES, readonly=True, falsy_value_label=NOT_ASSESSED
    )
    scope = fields.Selection(SCOPES, readonly=True, falsy_value_label=NOT_ASSESSED)
    priority = fields.Selection(PRIORITIES, readonly=True)
    complexity = fields.Selection(COMPLEXITIES, readonly=True)
    verdict = fields.Selection(VERDICTS, readonly=True, falsy_value_label=NOT_DECIDED)
    cause_id = fields.Many2one(
        "edu.complaint.cause", readonly=True, falsy_value_label=WITHOUT_CAUSE
    )
    answer = fields.Selection(
        ANSWERS,
        string="Customer's answer",
        readonly=True,
        falsy_value_label=NOT_ANSWERED,
    )
    answer_by = fields.Selection(
        ANSWERED_BY,
        string="Answer given by",
        readonly=True,
        falsy_value_label=NOT_ANSWERED,
    )
    is_first_contact = fields.Boolean(string="Solved at first contact", readonly=True)
    is_reopened = fields.Boolean(string="Was opened again", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    # ------------------------------------------------------------------ the list behind
    def action_open_complaint(self):
        """Open the complaint itself: a line of the report has no form of its own."""
        self.ensure_one()
        return self.complaint_id.get_formview_action()

    def action_open_complaints(self):
        """List the complaints of these lines."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaints"),
            "res_model": "edu.complaint",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", self.complaint_id.ids)],
            "context": {"create": False},
        }

    # ------------------------------------------------------------------ rates
    def _read_group_select(self, aggregate_spec, query):
        """A rate of a group is that of its sums, never an average of rates."""
        if aggregate_spec not in RATES:
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[aggregate_spec.partition(":")[0]], "read")
        part, whole = RATES[aggregate_spec]
        return SQL(
            "SUM(%s)::float / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, part, query),
            self._field_to_sql(self._table, whole, query),
        )
