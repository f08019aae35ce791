from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...logic import points as rule

# What an entry has on the card it moves to as well.
MOVED = (
    "points",
    "kind",
    "state",
    "text",
    "date",
    "reason",
    "rule_version",
    "res_model",
    "res_id",
    "available_from",
    "expires_on",
)


class LoyaltyCard(models.Model):
    """Two people turn out to be one: the whole ledger moves to the card that stays.

    Every entry is taken off the old card, as it was, and is on the other with its day,
    its term and its source: nothing looks earned anew, and orders, jobs and rules find
    what they gave.
    """

    _inherit = "loyalty.card"

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._edu_check_empty()
        return super().write(vals)

    def _edu_check_empty(self):
        """An archived card would keep points that nobody can use or see."""
        for card in self.filtered(lambda card: card.edu_is_member and card.active):
            if rule.clean(card.points) or rule.clean(card.edu_pending_points):
                raise UserError(
                    self.env._(
                        "%(member)s has points on card %(card)s. Take them back first: "
                        "the card is archived when it is empty.",
                        member=card.partner_id.name,
                        card=card.code,
                    )
                )

    def _edu_take_over(self, others):
        """Move the ledgers of ``others`` to this card, and what refers to them."""
        self.ensure_one()
        (self | others)._edu_lock()
        entries = self.env["edu.points.entry"]
        found = entries.search([("card_id", "in", others.ids)], order="id")
        if found:
            entries._book(self._edu_moving_rows(found))
        self._edu_refer_from(others)

    def _edu_moving_rows(self, entries):
        """Return the rows that take these entries off their cards, and add them here.

        Their numbers are drawn before: the new ones refer to each other.
        """
        drawn = self.env.execute_query(
            SQL(
                "SELECT nextval('edu_points_entry_id_seq') FROM generate_series(1, %s)",
                2 * len(entries),
            )
        )
        numbers = sorted(number for (number,) in drawn)
        ids = dict(zip(entries.ids, numbers[len(entries) :], strict=True))
        off = [
            {**entry._edu_off_row(), "id": number}
            for entry, number in zip(entries, numbers, strict=False)
        ]
        return off + [self._edu_moved_row(entry, ids) for entry in entries]

    def _edu_moved_row(self, entry, ids):
        """Return the row of ``entry`` on this card; ``ids`` are the new numbers."""
        return {
            **{name: entry[name] for name in MOVED},
            "id": ids[entry.id],
            "card_id": self.id,
            "rule_id": entry.rule_id.id,
            "firm_id": entry.firm_id.id,
            "reverses_id": ids.get(entry.reverses_id.id),
            "origin_id": ids.get(entry.origin_id.id),
            "moved_from_id": entry.id,
        }

    def _edu_refer_from(self, others):
        """Have orders know this card: their rewards and what they give."""
        self.env["loyalty.history"].search([("card_id", "in", others.ids)]).write(
            {"card_id": self.id}
        )
        lines = self.env["sale.order.line"]
        lines.search([("coupon_id", "in", others.ids)]).write({"coupon_id": self.id})
        for points in self.env["sale.order.coupon.points"].search(
            [("coupon_id", "in", others.ids)]
        ):
            own = points.order_id.coupon_point_ids - points
            if same := own.filtered(lambda line: line.coupon_id == self):
                same.points += points.points
                points.unlink()
            else:
                points.coupon_id = self
        orders = self.env["sale.order"].search(
            [("applied_coupon_ids", "in", others.ids)]
        )
        for order in orders:
            order.applied_coupon_ids = order.applied_coupon_ids - others | self
