from odoo import fields, models
from odoo.exceptions import UserError

from ...logic import complaint as rule
from .edu_complaint_answer import ANSWERED_BY, CUSTOMER, NOT_ANSWERED

# Nobody types these: they follow from what was done.
KEPT = {
    "round",
    "previous_id",
    "reopened_at",
    "reopened_by",
    "reopen_reason",
    "reopen_until",
    "is_first_contact",
}
# A new round is judged and answered anew.
FRESH = {
    **NOT_ANSWERED,
    "answer_due_at": False,
    "verdict": False,
    "verdict_reason": False,
    "planned_at": False,
    "decided_at": False,
    "closed_at": False,
    "reopen_until": False,
    "satisfied": False,
    "is_first_contact": False,
}
# A later complaint is about the same.
SAME = (
    "company_id",
    "kind",
    "is_anonymous",
    "partner_id",
    "partner_name",
    "phone",
    "email_from",
    "learner_id",
    "payer_id",
    "type_id",
    "matter_id",
    "want",
    "course_id",
    "enrollment_id",
    "order_id",
    "invoice_id",
    "lead_id",
    "team_id",
)


class EduComplaint(models.Model):
    """A customer who is not satisfied after all comes back.

    Within the company's window the same complaint is opened again: a new round, one
    level higher, with the figures of the round before frozen in
    ``edu.complaint.round``. Later a new complaint is made that names the first.
    """

    _inherit = "edu.complaint"

    round_ids = fields.One2many(
        "edu.complaint.round", "complaint_id", string="Earlier rounds", readonly=True
    )
    reopened_at = fields.Datetime(string="Opened again", readonly=True, copy=False)
    reopened_by = fields.Selection(
        ANSWERED_BY, string="Opened again by", readonly=True, copy=False
    )
    reopen_reason = fields.Text(
        string="Why opened again", readonly=True, copy=False, tracking=True
    )
    reopen_until = fields.Datetime(
        string="Can be opened again until", readonly=True, copy=False
    )
    follow_up_ids = fields.One2many(
        "edu.complaint", "previous_id", string="Later complaints", readonly=True
    )

    def write(self, vals):
        if not self.env.su and KEPT & vals.keys():
            raise UserError(
                self.env._("A complaint is opened again by the button for it.")
            )
        return super().write(vals)

    def _after_step_changed(self, state, target):
        result = super()._after_step_changed(state, target)
        if target == rule.CLOSED:
            for complaint in self.sudo():  # sudo: past the guard of `write`
                complaint.reopen_until = complaint._reopen_end()
        return result

    def _reopen_end(self):
        """Return until when it can be opened again, by the company's present window."""
        days = self.company_id.edu_complaint_reopen_days
        if not (days and self.closed_at):
            return False
        return self._working_deadline(self.closed_at, days)

    def _can_reopen(self):
        """Return whether it is closed, but not for too long."""
        self.ensure_one()
        end = self.reopen_until or self._reopen_end()
        return bool(self.state == rule.CLOSED and end and fields.Datetime.now() <= end)

    # ------------------------------------------------------------------ actions
    def _come_back(self, reason, by=CUSTOMER, **values):
        """Open again who may be, else make a later complaint; return what is open."""
        self.ensure_one()
        return self._reopen(reason, by) or self._follow_up(description=reason, **values)

    def _reopen(self, reason, by=CUSTOMER):
        """Start a new round of those that were closed within the window.

        :return: the complaints that were opened; two clicks open one round
        """
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset(["state", "round"])
        opened = self.filtered(lambda c: c._can_reopen())
        for complaint in opened.sudo():  # sudo: frozen figures, past the guards
            self.env["edu.complaint.round"].sudo().create(complaint._round_vals())
            complaint.write(
                {
                    **FRESH,
                    "state": rule.PLAN,
                    "round": complaint.round + 1,
                    "reopened_at": fields.Datetime.now(),
                    "reopened_by": by,
                    "reopen_reason": (reason or "").strip() or False,
                }
            )
        opened._escalate()
        opened._after_reopened()
        return opened

    def _round_vals(self):
        """Return the figures of the round that ends now."""
        self.ensure_one()
        promise = self.deadline_ids.filtered(
            lambda row: row.kind == "decide" and row.round == self.round and row.done_at
        )[:1]
        in_time = promise and ("no" if promise.missed_at else "yes")
        return {
            "due_at": promise.original_due_at,
            "in_time": in_time or False,
            "complaint_id": self.id,
            "number": self.round,
            "opened_at": self.reopened_at or self.received_at,
            "reopen_reason": self.reopen_reason,
            "decided_at": self.decided_at,
            "closed_at": self.closed_at,
            "verdict": self.verdict,
            "verdict_reason": self.verdict_reason,
            "user_id": self.user_id.id,
            "level": self.level,
            "answer": self.answer,
            "answer_by": self.answer_by,
            "satisfied": self.satisfied,
            "cost": self.cost_total,
            "is_first_contact": self.is_first_contact,
        }

    def _follow_up(self, subject=None, description=None, **values):
        """Make a later complaint of the same customer about the same."""
        self.ensure_one()
        # sudo: who comes back is a customer, or mail; the people concerned go with it
        complaint = self.sudo()
        vals = complaint._convert_to_write({name: complaint[name] for name in SAME})
        return complaint.create(
            {
                **vals,
                "subject": subject or complaint.subject,
                "description": description,
                "accused_partner_ids": complaint.accused_partner_ids.ids,
                "previous_id": complaint.id,
                **values,
            }
        ).with_env(self.env)

    # ------------------------------------------------------------------ hooks
    def _after_reopened(self):
        """Called with those that have just been opened again."""
