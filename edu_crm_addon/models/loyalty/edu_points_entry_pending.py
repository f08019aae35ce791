from odoo import api, models

from ...logic import points as rule

# What the entries of a movement between accounts have of the pending one.
SAME = (
    "kind",
    "text",
    "reason",
    "rule_version",
    "res_model",
    "res_id",
)


class EduPointsEntry(models.Model):
    """Pending points: how many still wait; how they become available or void."""

    _inherit = "edu.points.entry"

    def _waiting(self):
        """Return ``{pending entry: points}`` that still wait."""
        moved = dict(
            self._read_group(
                [("origin_id", "in", self.ids), ("state", "=", rule.PENDING)],
                ["origin_id"],
                ["points:sum"],
            )
        )
        waiting = {
            entry: rule.clean(entry.points + moved.get(entry, 0.0))
            for entry in self
            if not entry.origin_id
        }
        return {entry: points for entry, points in waiting.items() if points > 0}

    @api.model
    def _settle(self, amounts, state=rule.AVAILABLE, **values):
        """Make pending points available, or void; return the entries.

        :param amounts: ``{pending entry: points}``; more than waits is left out
        :param values: of the new entries, such as ``expires_on``
        """
        entries = self.union(*amounts)
        entries.card_id._edu_lock()
        rows = []
        for entry, waiting in entries._waiting().items():
            points = min(waiting, rule.clean(amounts[entry]))
            if points > 0:
                row = entry._settled_row()
                rows.append({**row, "points": -points, "state": rule.PENDING})
                rows.append({**row, "points": points, "state": state, **values})
        return self._book(rows)

    def _settled_row(self):
        self.ensure_one()
        return {
            **{name: self[name] for name in SAME},
            "card_id": self.card_id.id,
            "rule_id": self.rule_id.id,
            "firm_id": self.firm_id.id,
            "origin_id": self.id,
        }
