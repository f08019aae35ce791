from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import complaint as steps
from ...logic import deadline as rule
from .working_time import WorkingTime

NONE = "none"
ON_TIME = "on_time"
SOON = "soon"
DEADLINE_STATES = [
    (NONE, "Nothing promised"),
    (ON_TIME, "On time"),
    (SOON, "Due soon"),
    (rule.LATE, "Late"),
    (rule.KEPT, "Kept"),
    (rule.MISSED, "Not kept"),
]


class EduComplaint(models.Model):
    """What the customer was promised about a complaint, and what has become of it.

    A promise is opened, kept and dropped here, for many complaints at once. The next
    one that is open is stored, so that lists are sorted by it.
    """

    _inherit = "edu.complaint"

    deadline_ids = fields.One2many(
        "edu.complaint.deadline", "complaint_id", string="Promises", readonly=True
    )
    due_at = fields.Datetime(
        string="Promised until",
        compute="_compute_due_at",
        store=True,
        copy=False,
        help="The next promise that is still open.",
    )
    soon_at = fields.Datetime(
        string="Due soon from", compute="_compute_due_at", store=True, copy=False
    )
    deadline_state = fields.Selection(
        DEADLINE_STATES,
        string="Promises are",
        compute="_compute_deadline_state",
        search="_search_deadline_state",
    )

    _due_idx = models.Index("(due_at, id)")
    _open_idx = models.Index(
        "(due_at, id) WHERE state NOT IN ('closed', 'withdrawn', 'merged')"
    )

    @api.depends(
        "deadline_ids.due_at",
        "deadline_ids.most_at",
        "deadline_ids.done_at",
        "deadline_ids.dropped_at",
    )
    def _compute_due_at(self):
        for complaint in self:
            owed = complaint.deadline_ids._owed()
            complaint.due_at = min(owed.mapped("due_at"), default=False)
            complaint.soon_at = min(owed.mapped("most_at"), default=False)

    @api.depends("due_at", "soon_at", "deadline_ids.missed_at", "deadline_ids.done_at")
    def _compute_deadline_state(self):
        now = fields.Datetime.now()
        for complaint in self:
            if not complaint.due_at:
                rows = complaint.deadline_ids
                done = rule.KEPT if any(rows.mapped("done_at")) else NONE
                missed = any(rows.mapped("missed_at"))
                complaint.deadline_state = rule.MISSED if missed else done
            elif complaint.due_at < now:
                complaint.deadline_state = rule.LATE
            else:
                soon = complaint.soon_at <= now
                complaint.deadline_state = SOON if soon else ON_TIME

    def _search_deadline_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        owed = Domain("due_at", "!=", False)
        late = Domain("due_at", "<", now)
        soon = Domain("soon_at", "<=", now)
        missed = Domain("deadline_ids", "any", [("missed_at", "!=", False)])
        done = Domain("deadline_ids", "any", [("done_at", "!=", False)])
        domains = {
            rule.LATE: owed & late,
            SOON: owed & ~late & soon,
            ON_TIME: owed & ~late & ~soon,
            rule.MISSED: ~owed & missed,
            rule.KEPT: ~owed & ~missed & done,
            NONE: ~owed & ~missed & ~done,
        }
        return Domain.OR(domains.get(state, Domain.FALSE) for state in value)

    # ------------------------------------------------------------------ steps
    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._open_promises(
            (complaint, kind, complaint.received_at)
            for complaint in complaints
            if complaint.state in steps.STEPS and complaint.state not in steps.DECIDED
            for kind in complaint._promised_kinds()
        )
        return complaints

    def _promised_kinds(self):
        """Return what is promised about this complaint at once."""
        self.ensure_one()
        return rule.promised(self.kind, self.complexity)

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        now = fields.Datetime.now()
        if target in (steps.WITHDRAWN, steps.MERGED):
            self._drop_promise(*rule.KINDS)
        elif target in steps.DECIDED and state not in steps.DECIDED:
            # What was decided was acknowledged, whoever forgot to say so.
            self._keep_promise(rule.ACKNOWLEDGE, now)
            self._keep_promise(rule.DECIDE, now)
            self._drop_promise(rule.PROGRESS)
        elif target not in steps.DECIDED and state in (*steps.DECIDED, *steps.DONE):
            self._open_decision(now)
        self._follow_execution(state, target, now)
        return result

    def _open_decision(self, now):
        """It is open again: a new decision is promised, from now on."""
        complaints = self.filtered(lambda c: c.kind == "complaint")
        complaints._open_promise(rule.DECIDE, now)
        of_complex = complaints.filtered(lambda c: c.complexity == "complex")
        of_complex._open_promise(rule.PROGRESS, now)

    def _follow_execution(self, state, target, now):
        """The plan is carried out from when it is made until it is done."""
        if target == steps.IMPLEMENT:
            self._open_promise(rule.EXECUTE, now)
        elif target in steps.DECIDED:
            self._keep_promise(rule.EXECUTE, now)
        elif state == steps.IMPLEMENT:
            self._drop_promise(rule.EXECUTE)

    # ------------------------------------------------------------------ promises
    def _open_promise(self, kind, start=None):
        """Promise ``kind`` from ``start`` on, where it is not promised yet.

        :return: the new rows; none where the company promises no such thing
        """
        start = start or fields.Datetime.now()
        missing = self - self._owed_rows(kind).complaint_id
        return self._open_promises((complaint, kind, start) for complaint in missing)

    def _keep_promise(self, kind, at=None):
        """What was promised was done at ``at``."""
        self._owed_rows(kind)._keep(at or fields.Datetime.now())

    def _drop_promise(self, *kinds):
        """What was promised is not owed any more."""
        self._owed_rows(*kinds)._drop()

    def _count_progress(self, at=None):
        """The customer was really sent a message at ``at``.

        It acknowledges the complaint; where progress is promised it is a report, and
        the next one is promised from then on.
        """
        at = at or fields.Datetime.now()
        self._keep_promise(rule.ACKNOWLEDGE, at)
        rows = self._owed_rows(rule.PROGRESS)
        rows._keep(at)
        rows.complaint_id._open_promise(rule.PROGRESS, at)

    def _owed_rows(self, *kinds):
        # sudo: whoever handles a complaint keeps promises, nobody edits their rows
        rows = self.sudo().deadline_ids._owed()
        return rows.filtered(lambda row: row.kind in kinds)

    @api.model
    def _open_promises(self, wanted):
        """Make the rows of ``(complaint, kind, start)``, all in one go."""
        working_time = WorkingTime(self.env)
        # sudo: promises are made for whoever complains
        rows = self.env["edu.complaint.deadline"].sudo()
        # What has just been kept must not stand in the way of the next one.
        rows.flush_model(["done_at", "dropped_at"])
        ordered = sorted(wanted, key=lambda item: item[2])
        return rows.create(
            [
                vals
                for complaint, kind, start in ordered
                if (vals := complaint._prepare_promise(kind, start, working_time))
            ]
        )

    def _promise_days(self, kind):
        """Return the working days of a promise, 0 if there is none.

        Higher areas may promise more to some customers.
        """
        self.ensure_one()
        return self.company_id._edu_promise_days(kind, self.complexity)

    def _prepare_promise(self, kind, start, working_time):
        """Return the values of a row; none if the company promises no such thing."""
        self.ensure_one()
        complaint = self.sudo()  # sudo: terms and calendar hold for everybody
        company = complaint.company_id
        days = complaint._promise_days(kind)
        if not days:
            return None
        calendar = complaint.team_id._calendar_for(company)
        plan = working_time.plan(calendar, company, start, days)
        moments = self.env["edu.complaint.deadline"]._prepare_moments(plan)
        return {
            "complaint_id": complaint.id,
            "company_id": company.id,
            "kind": kind,
            "round": complaint.round,
            "days": days,
            "original_days": days,
            "calendar_id": calendar.id,
            "started_at": start,
            **moments,
            "original_due_at": moments["due_at"],
            "next_check_at": moments["half_at"],
        }
