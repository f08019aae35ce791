from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...const import GROUP_LEADER
from ...logic import deadline as rule
from .working_time import WorkingTime, naive


class EduComplaintDeadline(models.Model):
    """How a due date moves: by pauses, by another class, by a leader's extension.

    It is always counted anew from the start, so the order of changes does not matter.
    """

    _inherit = "edu.complaint.deadline"

    extended_due_at = fields.Datetime(string="Extended until", readonly=True)
    extension_reason = fields.Char(string="Why extended", readonly=True)
    extended_by_id = fields.Many2one("res.users", string="Extended by", readonly=True)

    _extension_explained = models.Constraint(
        "CHECK (extended_due_at IS NULL OR extension_reason <> '')",
        "Say why more time is needed.",
    )

    def _plan_again(self):
        """Count what is still owed anew; tell the old date on the complaint."""
        now = fields.Datetime.now()
        working_time = WorkingTime(self.env)
        pauses = self.complaint_id._pause_pairs()
        moved = {}
        for row in self._owed():
            row._note_missed(now)
            vals = row._prepare_again(working_time, pauses[row.complaint_id], now)
            if vals["due_at"] != row.due_at:
                moved[row] = row.due_at
            row.write(vals)
        self._log_moved(moved)

    def _prepare_again(self, working_time, pauses, now):
        """Return the moments of this promise by its present terms."""
        self.ensure_one()
        terms = (self.calendar_id, self.company_id, self.started_at)
        pauses = pauses if self.kind in rule.PAUSABLE else ()
        plan = original = working_time.plan(*terms, self.days, pauses)
        if self.original_days != self.days:
            original = working_time.plan(*terms, self.original_days, pauses)
        if self.extended_due_at and self.extended_due_at > naive(plan.due):
            plan = working_time.plan_until(*terms, self.extended_due_at, pauses)
        moments = self._prepare_moments(plan)
        told = rule.told_of_new_date(self.level or None, moments["due_at"], now)
        return {
            **moments,
            "original_due_at": naive(original.due),
            "level": told,
            "next_check_at": rule.next_check(told, list(moments.values())),
        }

    def _log_moved(self, moved):
        """Tell on the complaints which dates have moved, ``{row: old date}``."""
        bodies = {}
        for row, old in moved.items():
            body = self.env._(
                "%(promise)s: due on %(new)s, before on %(old)s.",
                promise=row._kind_label(),
                new=row._format(row.due_at),
                old=row._format(old),
            )
            before = bodies.get(row.complaint_id.id)
            bodies[row.complaint_id.id] = f"{before} {body}" if before else body
        if bodies:
            complaints = self.env["edu.complaint"].browse(bodies)
            complaints._message_log_batch(bodies=bodies)

    def _kind_label(self):
        self.ensure_one()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _format(self, moment):
        """Return a moment in words, by the clock of those who do the work."""
        zone = str(WorkingTime(self.env).zone(self.calendar_id, self.company_id))
        return format_datetime(self.env, moment, zone, "short")

    # ------------------------------------------------------------------ extension
    def _extend(self, due_at, reason):
        """Give more time; the customer is told, the original date stays for figures."""
        if not self.env.su and not self.env.user.has_group(GROUP_LEADER):
            raise UserError(self.env._("Only a leader may give more time."))
        self.check_access("read")
        for row in self:
            row._check_extension(due_at, reason)
            # sudo: rows are changed by these methods only
            row.sudo().write(
                {
                    "extended_due_at": due_at,
                    "extension_reason": reason,
                    "extended_by_id": self.env.uid,
                }
            )
            row.sudo()._plan_again()
            row.complaint_id._tell_extension(due_at, reason)

    def _check_extension(self, due_at, reason):
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why more time is needed."))
        if not self._owed():
            raise UserError(
                self.env._("Nothing is owed any more: there is nothing to extend.")
            )
        if due_at <= max(self.due_at, fields.Datetime.now()):
            raise UserError(
                self.env._("The new date must be later than the one promised.")
            )
