from odoo import api, models

from ...logic import order_points
from ...logic import points as rule


class EduPointsEntry(models.Model):
    """Taking back what was given: pending points first, then by the debt policy."""

    _inherit = "edu.points.entry"

    @api.model
    def _take_back(self, amounts, text):
        """Take points back; return the entries made.

        :param amounts: ``{grant: points}``, pending or available; more than is left of
            what the grant gave is left out, so that it can be asked again
        :param text: function of an environment in the member's language
        """
        amounts = {
            current: points
            for entry, points in amounts.items()
            for current in entry._edu_current()
        }
        grants = self.union(*amounts)
        grants.card_id._edu_lock()
        waiting = grants.filtered(lambda e: e.state == rule.PENDING)._waiting()
        given = grants._given()
        balances = {card: card.points for card in grants.card_id}
        rows = []
        for grant in grants:
            points = rule.clean(amounts[grant])
            void = min(points, waiting.get(grant, 0.0))
            if void > 0:
                row = grant._settled_row()
                rows.append({**row, "points": -void, "state": rule.PENDING})
                rows.append({**row, "points": void, "state": rule.VOID})
            for part, left in given[grant].items():
                share = min(rule.clean(points - void), left)
                if share > 0:
                    points = rule.clean(points - share)
                    rows += part._taken_rows(share, text, balances)
        return self._book(rows)

    @api.model
    def _grants_of(self, records):
        """Return what was given, or waits, for these records."""
        return self.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("kind", "=", rule.EARN),
                ("points", ">", 0),
                ("origin_id", "=", False),
                ("state", "in", (rule.PENDING, rule.AVAILABLE)),
            ],
            order="id",
        )

    def _given(self):
        """Return ``{grant: {available entry: points}}`` that were not taken back."""
        parts = self.search(
            [
                ("state", "=", rule.AVAILABLE),
                ("points", ">", 0),
                "|",
                ("origin_id", "in", self.ids),
                ("id", "in", self.ids),
            ],
            order="id",
        )
        taken = dict(
            self._read_group(
                [("reverses_id", "in", parts.ids)], ["reverses_id"], ["points:sum"]
            )
        )
        result = {grant: {} for grant in self}
        for part in parts:
            grant = part.origin_id if part.origin_id in result else part
            left = rule.clean(part.points + taken.get(part, 0.0))
            if left > 0:
                result[grant][part] = left
        return result

    def _taken_rows(self, points, text, balances):
        """Return the rows that take ``points`` of this grant back."""
        self.ensure_one()
        card = self.card_id
        policy = self.program_id.edu_debt_policy
        there, lost = order_points.taken(points, balances[card], policy)
        balances[card] = rule.clean(balances[card] - there)
        row = {
            **self._settled_row(),
            "kind": rule.REVERSE,
            "text": card._edu_in_words(text),
            "origin_id": None,
            "reverses_id": self.id,
        }
        changes = {rule.AVAILABLE: there, rule.VOID: lost}
        return [
            {**row, "points": -change, "state": state}
            for state, change in changes.items()
            if change
        ]
