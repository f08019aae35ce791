from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import deadline as rule
from .working_time import aware


class EduComplaint(models.Model):
    """A complaint that waits for the customer, and how it goes on."""

    _inherit = "edu.complaint"

    pause_ids = fields.One2many(
        "edu.complaint.pause", "complaint_id", string="Pauses", readonly=True
    )
    is_paused = fields.Boolean(
        string="Paused", compute="_compute_is_paused", search="_search_is_paused"
    )
    paused_until = fields.Datetime(
        string="Waits for the customer until", compute="_compute_is_paused"
    )

    @api.depends("pause_ids.from_at", "pause_ids.to_at", "is_safety")
    def _compute_is_paused(self):
        now = fields.Datetime.now()
        for complaint in self:
            running = complaint._running_pauses(now)
            complaint.is_paused = bool(running)
            complaint.paused_until = running[:1].to_at

    def _search_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        running = [("from_at", "<=", now), ("to_at", ">", now)]
        paused = Domain("is_safety", "=", False) & Domain("pause_ids", "any", running)
        return Domain.OR(paused if wanted else ~paused for wanted in value)

    def _running_pauses(self, now):
        self.ensure_one()
        if self.is_safety:
            return self.pause_ids.browse()
        return self.pause_ids.filtered(lambda p: p.from_at <= now < p.to_at)

    def _pause_pairs(self):
        """Return ``{complaint: [(from, to)]}`` as ``working_days`` wants it."""
        # sudo: pauses count, whoever may read them
        return {
            complaint: []
            if complaint.is_safety
            else [(aware(p.from_at), aware(p.to_at)) for p in complaint.pause_ids]
            for complaint in self.sudo()
        }

    def _plan_promises_again(self):
        # sudo: rows are changed by these methods only
        rows = self.sudo().deadline_ids._owed()
        rows.filtered(lambda row: row.kind in rule.PAUSABLE)._plan_again()

    # ------------------------------------------------------------------ actions
    def action_pause(self):
        """Ask for the reason of a pause."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Wait for the customer"),
            "res_model": "edu.complaint.pause",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def action_resume(self):
        """The customer answered: the time runs again."""
        self.check_access("write")
        now = fields.Datetime.now()
        for complaint in self:
            complaint._running_pauses(now)._end(now)
