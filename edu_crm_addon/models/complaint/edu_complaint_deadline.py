from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import deadline as rule
from .working_time import naive

KINDS = [
    (rule.ACKNOWLEDGE, "Acknowledge"),
    (rule.DECIDE, "Decide"),
    (rule.PROGRESS, "Report progress"),
    (rule.EXECUTE, "Carry out the plan"),
    (rule.REPAIR, "Repair the relationship"),
]
STATES = [
    (rule.OPEN, "Open"),
    (rule.LATE, "Late"),
    (rule.KEPT, "Kept"),
    (rule.MISSED, "Not kept"),
    (rule.DROPPED, "Dropped"),
]
LEVELS = [
    (rule.HALF, "Half of the time is over"),
    (rule.MOST, "80 % of the time is over"),
    (rule.DUE, "Due: the leader was told"),
    (rule.AFTER, "A working day late: the manager was told"),
]
# Colors of the host's palette.
COLORS = {rule.OPEN: 10, rule.LATE: 1, rule.KEPT: 10, rule.MISSED: 2, rule.DROPPED: 0}


class EduComplaintDeadline(models.Model):
    """One promise to who complains: until when we acknowledge, decide, report, act.

    The terms are copied when it is made. What has become of it follows from the row and
    the time; a job only warns and tells the people above. Nobody edits rows: they are
    opened, kept, dropped and extended through the complaint.
    """

    _name = "edu.complaint.deadline"
    _description = "Promise about a complaint"
    _order = "due_at, id"
    _rec_name = "kind"
    _check_company_auto = True

    complaint_id = fields.Many2one(
        "edu.complaint", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    kind = fields.Selection(KINDS, string="Promise", required=True, readonly=True)
    round = fields.Integer(required=True, default=1, readonly=True)
    # Terms
    days = fields.Integer(string="Working days", readonly=True)
    original_days = fields.Integer(string="Working days at first", readonly=True)
    calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working calendar",
        ondelete="set null",
        readonly=True,
    )
    # Moments
    started_at = fields.Datetime(string="Started at", required=True, readonly=True)
    due_at = fields.Datetime(string="Due at", required=True, readonly=True)
    original_due_at = fields.Datetime(
        string="Originally due at",
        required=True,
        readonly=True,
        help="As promised first, pauses included. Neither another class nor an "
        "extension moves it: timeliness is measured by it.",
    )
    half_at = fields.Datetime(string="Half over at", required=True, readonly=True)
    most_at = fields.Datetime(string="80 % over at", required=True, readonly=True)
    after_at = fields.Datetime(
        string="A working day late at", required=True, readonly=True
    )
    done_at = fields.Datetime(string="Done at", readonly=True)
    missed_at = fields.Datetime(
        string="Missed at",
        readonly=True,
        help="When it was due in vain. Nothing takes that back.",
    )
    dropped_at = fields.Datetime(
        string="Dropped at", readonly=True, help="When it was not owed any more."
    )
    # Who was told
    level = fields.Selection(LEVELS, string="Told", readonly=True)
    next_check_at = fields.Datetime(
        string="Next told at",
        readonly=True,
        index="btree_not_null",
        help="When the job has something to tell of it.",
    )
    # Truth
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")
    is_late = fields.Boolean(
        string="Late", compute="_compute_state", search="_search_is_late"
    )
    color = fields.Integer(compute="_compute_state")

    _open_unique = models.UniqueIndex(
        "(complaint_id, kind, round) WHERE done_at IS NULL AND dropped_at IS NULL",
        "This promise is open already.",
    )
    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A promise has at least one working day."
    )
    _late_is_missed = models.Constraint(
        "CHECK (done_at IS NULL OR done_at <= due_at OR missed_at IS NOT NULL)",
        "What was done late was missed.",
    )
    _due_idx = models.Index("(due_at, id) WHERE done_at IS NULL AND dropped_at IS NULL")

    @api.depends("due_at", "done_at", "missed_at", "dropped_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for deadline in self:
            deadline.state = deadline.due_at and rule.state(deadline._row(), now)
            deadline.is_late = deadline.state == rule.LATE
            deadline.color = COLORS.get(deadline.state, 0)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._state_domains(fields.Datetime.now())
        return Domain.OR(domains.get(state, Domain.FALSE) for state in value)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._state_domains(fields.Datetime.now())[rule.LATE]
        return Domain.OR(late if wanted else ~late for wanted in value)

    def _row(self):
        self.ensure_one()
        return rule.Row(
            due=self.due_at,
            done=self.done_at or None,
            missed=bool(self.missed_at),
            dropped=bool(self.dropped_at),
        )

    @api.model
    def _state_domains(self, now):
        """Return ``rule.state`` as domains, one per state."""
        dropped = Domain("dropped_at", "!=", False)
        done = ~dropped & Domain("done_at", "!=", False)
        owed = self._owed_domain()
        missed = Domain("missed_at", "!=", False)
        late = Domain("due_at", "<", now)
        return {
            rule.DROPPED: dropped,
            rule.KEPT: done & ~missed,
            rule.MISSED: (done | (owed & ~late)) & missed,
            rule.LATE: owed & late,
            rule.OPEN: owed & ~late & ~missed,
        }

    @api.model
    def _owed_domain(self):
        return Domain("done_at", "=", False) & Domain("dropped_at", "=", False)

    def _owed(self):
        return self.filtered(lambda row: not row.done_at and not row.dropped_at)

    # ------------------------------------------------------------------ moments
    def _moments(self):
        self.ensure_one()
        return (self.half_at, self.most_at, self.due_at, self.after_at)

    @api.model
    def _prepare_moments(self, plan):
        """Return the values of a plan of ``logic/deadline.py``."""
        return {
            "half_at": naive(plan.half),
            "most_at": naive(plan.most),
            "due_at": naive(plan.due),
            "after_at": naive(plan.after),
        }

    # ------------------------------------------------------------------ changes
    def _keep(self, at):
        """The customer got what was promised at ``at``."""
        for row in self._owed():
            row._note_missed(at)
            row.write({"done_at": at, "next_check_at": False})

    def _drop(self):
        """Nobody owes it any more; what was missed until now stays missed."""
        now = fields.Datetime.now()
        for row in self._owed():
            row._note_missed(now)
            row.write({"dropped_at": now, "next_check_at": False})

    def _note_missed(self, now):
        """Note, once and for ever, that it was due before ``now`` in vain."""
        for row in self._owed():
            if not row.missed_at and row.due_at < now:
                row.missed_at = row.due_at
