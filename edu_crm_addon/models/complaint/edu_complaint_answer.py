from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import complaint as rule

ACCEPTED = "accepted"
REFUSED = "refused"
NO_ANSWER = "no_answer"
ANSWERS = [
    (ACCEPTED, "Accepted"),
    (REFUSED, "Refused"),
    (NO_ANSWER, "No answer"),
]
CUSTOMER = "customer"
STAFF = "staff"
ANSWERED_BY = [(CUSTOMER, "Customer"), (STAFF, "Staff")]
SATISFIED = [
    ("yes", "Satisfied"),
    ("no", "Not satisfied"),
    ("unasked", "Could not be asked"),
]
# Nobody types these: they follow from what was done.
KEPT = {
    "answer",
    "answer_by",
    "answered_at",
    "answer_note",
    "answer_due_at",
    "refusal_count",
}
# The customer was told these.
TOLD = {"verdict", "verdict_reason"}
NOT_ANSWERED = {
    "answer": False,
    "answer_by": False,
    "answered_at": False,
    "answer_note": False,
}


class EduComplaint(models.Model):
    """What the customer says to the result: accepts it, refuses it, keeps silent.

    The answer belongs to one result: the next one is answered anew. Accepted or without
    an answer for too long, it goes on to the summary; refused, back to planning and one
    level higher. Staff log an answer they were told, and it stays marked as theirs.
    """

    _inherit = "edu.complaint"

    answer = fields.Selection(
        ANSWERS, string="Customer's answer", readonly=True, copy=False, tracking=True
    )
    answer_by = fields.Selection(
        ANSWERED_BY, string="Answer given by", readonly=True, copy=False
    )
    answered_at = fields.Datetime(string="Answered on", readonly=True, copy=False)
    answer_note = fields.Text(
        string="What the customer said", readonly=True, copy=False
    )
    answer_due_at = fields.Datetime(
        string="Answer until",
        readonly=True,
        copy=False,
        help="Without an answer by then, the complaint goes on as “no answer”.",
    )
    refusal_count = fields.Integer(string="Results refused", readonly=True, copy=False)
    satisfied = fields.Selection(
        SATISFIED,
        copy=False,
        tracking=True,
        help="What the customer says to the closing question: is this all right?",
    )

    _answered_once = models.Constraint(
        "CHECK ((answer IS NULL) = (answered_at IS NULL)"
        " AND (answer_by IS NULL OR answer IS NOT NULL))",
        "An answer has its moment.",
    )
    _unanswered_idx = models.Index(
        "(answer_due_at) WHERE state = 'feedback' AND answer IS NULL"
    )

    # ------------------------------------------------------------------ guards
    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_answer(vals) for vals in vals_list])

    @api.model
    def _with_answer(self, vals):
        """Complete an imported answer: somebody logged it, at some moment."""
        if not vals.get("answer"):
            return vals
        answered = {"answered_at": fields.Datetime.now(), **vals}
        if not self.env.su:
            answered["answer_by"] = vals["answer"] != NO_ANSWER and STAFF
        return answered

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if KEPT & vals.keys():
            raise UserError(
                self.env._("The answer of a customer is logged by the button for it.")
            )
        if TOLD & vals.keys():
            self._check_told(vals)
        if vals.get("verdict") == rule.NOT_ACCEPTED:
            # It is not a word but an event: the customer refused.
            fresh = self.filtered(lambda c: c.verdict != rule.NOT_ACCEPTED)
            fresh._check_waiting()
            fresh._refuse(by=STAFF)
            vals = {name: value for name, value in vals.items() if name != "verdict"}
        return super().write(vals) if vals else True

    def _check_told(self, vals):
        """What the customer was told is not changed behind the customer's back."""
        if vals.get("verdict") == rule.NOT_ACCEPTED:
            return
        for complaint in self:
            told = complaint.state in rule.DECIDED and complaint.decided_at
            if told and any(complaint[n] != v for n, v in vals.items() if n in TOLD):
                raise UserError(
                    self.env._(
                        "The customer was told the result of %s. A leader takes it "
                        "back to an earlier step first.",
                        complaint.display_name,
                    )
                )

    def _check_waiting(self):
        for complaint in self:
            if not complaint._is_waiting():
                raise UserError(
                    self.env._(
                        "%s does not wait for an answer of the customer.",
                        complaint.display_name,
                    )
                )

    # ------------------------------------------------------------------ state
    def _is_answered(self):
        self.ensure_one()
        return self.answer in (ACCEPTED, NO_ANSWER)

    def _is_waiting(self):
        """Return whether the result was told and the customer has not answered it."""
        self.ensure_one()
        return self.state == rule.FEEDBACK and not self.answer

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == rule.FEEDBACK and rule.is_before(state, target):
            self._ask_for_answer()
        return result

    def _ask_for_answer(self):
        """The result is told now: whatever was answered to an earlier one is past."""
        now = fields.Datetime.now()
        for complaint in self.sudo():  # sudo: past the guard of `write`
            days = complaint.company_id.edu_complaint_answer_days
            due = days and complaint._working_deadline(now, days)
            complaint.write({**NOT_ANSWERED, "answer_due_at": due})

    def _working_deadline(self, start, days):
        """Return the end of the ``days``-th working day after ``start``."""
        self.ensure_one()
        return self.env["edu.complaint.team"]._working_deadline(
            self.team_id, start, days, company=self.company_id
        )

    # ------------------------------------------------------------------ answers
    def _accept(self, note=None, by=CUSTOMER):
        """The customer accepts the result; return the complaints that waited for it."""
        accepted = self._lock_waiting()
        accepted._log_answer(ACCEPTED, note, by)
        accepted._update_state((rule.FEEDBACK,), rule.SUMMARISE)
        return accepted

    def _refuse(self, note=None, by=CUSTOMER):
        """The customer refuses the result: plan again, one level higher.

        :return: the complaints that waited for an answer
        """
        refused = self._lock_waiting()
        refused._log_answer(REFUSED, note, by)
        for complaint in refused.sudo():  # sudo: back, for whoever took the answer
            complaint.write(
                {
                    "state": rule.PLAN,
                    "verdict": rule.NOT_ACCEPTED,
                    "refusal_count": complaint.refusal_count + 1,
                }
            )
        refused._escalate()
        refused._after_refused()
        return refused

    def _close_unanswered(self):
        """Who keeps silent has given no answer; safe to repeat.

        Whose words nobody has answered yet is not silent.
        """
        now = fields.Datetime.now()
        silent = self.filtered(
            lambda c: (
                c._is_waiting()
                and not c.waiting_since
                and c.answer_due_at
                and c.answer_due_at <= now
            )
        )
        silent._log_answer(NO_ANSWER, None, False)
        silent._update_state((rule.FEEDBACK,), rule.SUMMARISE)
        for complaint, facts in silent._step_facts().items():
            if complaint.level == rule.AGENT and not rule.missing(rule.CLOSED, facts):
                complaint._update_state((rule.SUMMARISE,), rule.CLOSED)
        return silent

    def _lock_waiting(self):
        """Two answers at once: the first one counts."""
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state", "answer"])
        return self.filtered(lambda c: c._is_waiting())

    def _log_answer(self, answer, note, by):
        # sudo: past the guard of `write`
        self.sudo().write(
            {
                "answer": answer,
                "answer_by": by,
                "answered_at": fields.Datetime.now(),
                "answer_note": (note or "").strip() or False,
            }
        )

    # ------------------------------------------------------------------ hooks
    def _after_refused(self):
        """Called with those whose result the customer has just refused."""
