from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Datetime

from ...const import GROUP_LEADER
from ...logic import complaint as steps
from ...logic import deadline as rule

# What the first promises follow from.
TERMS = ("kind", "complexity", "received_at", "is_safety")
FIRST = (rule.ACKNOWLEDGE, rule.DECIDE, rule.PROGRESS)


class EduComplaint(models.Model):
    """Another class, other promises: counted anew from the same start.

    A class that leaves more time is a leader's word, with a reason. What was missed by
    the old one stays missed.
    """

    _inherit = "edu.complaint"

    complexity_reason = fields.Char(
        string="Why a slower class", copy=False, tracking=True
    )

    def write(self, vals):
        if vals.keys().isdisjoint(TERMS):
            return super().write(vals)
        if not self.env.su:
            self._check_class(vals)
        before = {complaint: complaint._terms() for complaint in self}
        result = super().write(vals)
        changed = self.filtered(lambda c: c._terms() != before[c])
        for complaint in changed:
            complaint._promise_again(before[complaint])
        return result

    def _terms(self):
        self.ensure_one()
        return {name: self[name] for name in TERMS}

    def _check_class(self, vals):
        """Refuse what would only win time, or hide a danger."""
        if self.env.user.has_group(GROUP_LEADER):
            needs_reason = "complexity" in vals
        else:
            needs_reason = False
            self._check_agent_class(vals)
        for complaint in self if needs_reason else ():
            reason = vals.get("complexity_reason", complaint.complexity_reason)
            slower = rule.is_slower(complaint.complexity, vals["complexity"])
            if slower and not (reason or "").strip():
                raise UserError(
                    self.env._(
                        "Say why %s needs a slower class.", complaint.display_name
                    )
                )

    def _check_agent_class(self, vals):
        received_at = Datetime.to_datetime(vals.get("received_at"))
        for complaint in self:
            if received_at and received_at > complaint.received_at:
                raise UserError(
                    self.env._(
                        "Only a leader may say that %s was received later.",
                        complaint.display_name,
                    )
                )
            if vals.get("kind", complaint.kind) != complaint.kind == "complaint":
                raise UserError(
                    self.env._(
                        "Only a leader may say that %s is a suggestion.",
                        complaint.display_name,
                    )
                )
            new = vals.get("complexity") or complaint.complexity
            if rule.is_slower(complaint.complexity, new):
                raise UserError(
                    self.env._(
                        "Only a leader may give %s a slower class.",
                        complaint.display_name,
                    )
                )
            if complaint.is_safety and not vals.get("is_safety", True):
                raise UserError(
                    self.env._(
                        "Only a leader may say that %s is no matter of safety or law.",
                        complaint.display_name,
                    )
                )

    def _promise_again(self, before):
        """Make the first promises fit the present terms, once they were ``before``."""
        self.ensure_one()
        if self.state in (*steps.DECIDED, *steps.DONE):
            return
        complaint = self.sudo()  # sudo: rows are changed by these methods only
        wanted = {
            kind: days
            for kind in self._promised_kinds()
            if (days := complaint._promise_days(kind))
        }
        self._drop_promise(*(kind for kind in FIRST if kind not in wanted))
        for kind, days in wanted.items():
            complaint._revive_promise(kind)
            rows = complaint._owed_rows(kind)
            for row in rows:
                started_at = row.started_at
                if started_at == before["received_at"]:
                    started_at = complaint.received_at
                row.write({"days": days, "started_at": started_at})
        complaint.deadline_ids._owed()._plan_again()

    def _revive_promise(self, kind):
        """Take up a promise of this round again that was dropped, or make it."""
        self.ensure_one()
        rows = self.deadline_ids.filtered(
            lambda row: row.kind == kind and row.round == self.round
        )
        if rows._owed() or (kind != rule.PROGRESS and any(rows.mapped("done_at"))):
            return
        dropped = rows.filtered("dropped_at").sorted("started_at")[-1:]
        if dropped:
            dropped.dropped_at = False
        else:
            start = self.received_at if self.round == 1 else fields.Datetime.now()
            self._open_promise(kind, start)
