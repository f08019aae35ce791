from odoo import api, fields, models
from odoo.tools import format_date

from ...logic import deadline as rule
from ...logic import working_days
from .working_time import WorkingTime, aware, naive


class EduComplaintDeadline(models.Model):
    """A due date explains itself: how start, days off and pauses lead to it."""

    _inherit = "edu.complaint.deadline"

    explanation = fields.Char(compute="_compute_explanation")

    @api.depends("started_at", "due_at", "days", "extended_due_at", "extension_reason")
    @api.depends_context("lang")
    def _compute_explanation(self):
        # sudo: leaves and pauses count, whoever may read them
        rows = self.sudo().filtered("due_at")
        (self - rows).explanation = False
        pauses = rows.complaint_id._pause_pairs()
        working_time = WorkingTime(self.env)
        for row in rows:
            parts = row._explain(working_time, pauses[row.complaint_id])
            row.explanation = " · ".join(parts)

    def _explain(self, working_time, pauses):
        """Return the parts of the explanation, in words."""
        self.ensure_one()
        terms = (self.calendar_id, self.company_id, self.started_at)
        pauses = pauses if self.kind in rule.PAUSABLE else ()
        stop = self.due_at
        if is_extended := stop == self.extended_due_at:
            stop = naive(working_time.plan(*terms, self.days, pauses).due)
        start, due = aware(self.started_at), aware(stop)
        span = (*terms, stop)
        worked = working_time.intervals(*span)
        regular = working_time.intervals(*span, leaves=False)
        parts = [
            self.env._(
                "%(start)s + %(days)s working days",
                start=self._format(self.started_at),
                days=self.days,
            )
        ]
        if skipped := working_days.skipped_days(regular, worked, start, due):
            days = ", ".join(format_date(self.env, day) for day in skipped)
            parts.append(self.env._("days off skipped: %(days)s", days=days))
        if paused := working_days.paused_days(worked, start, due, pauses):
            parts.append(self.env._("paused: %(days)s working days", days=paused))
        if is_extended:
            parts.append(
                self.env._(
                    "extended to %(date)s: %(reason)s",
                    date=self._format(self.due_at),
                    reason=self.extension_reason or "",
                )
            )
        return parts
