from odoo import api, models
from odoo.tools import SQL

from ...logic import points as rule

# What a caller may say of an entry; the rest follows from the card.
GIVEN = (
    "card_id",
    "points",
    "kind",
    "state",
    "text",
    "date",
    "reason",
    "rule_id",
    "rule_version",
    "res_model",
    "res_id",
    "firm_id",
    "key",
    "available_from",
    "expires_on",
    "reverses_id",
    "origin_id",
    "moved_from_id",
)


class EduPointsEntry(models.Model):
    """Booking: the one way entries come to be.

    ``_book`` moves the balance with them; ``_insert`` is for what the host has moved
    already. Both take rows as dictionaries: ``card_id``, ``points``, ``kind`` and
    ``text`` at least. State is available and date today unless said otherwise.
    """

    _inherit = "edu.points.entry"

    @api.model
    def _book(self, rows, *, lock=True):
        """Book these rows and move the balance of their cards; return the entries.

        Rows whose ``key`` was booked before are left out: nothing is given twice, by
        any number of workers.

        :param bool lock: if not, the balance that moves is enough of a lock
        """
        if lock or not self._moves_one_card(rows):
            cards = self.env["loyalty.card"].browse({row["card_id"] for row in rows})
            cards._edu_lock()
        entries = self._insert(rows)
        if len(entries) < len(rows):  # some were booked before
            rows = [entry._booked() for entry in entries]
        changes = dict.fromkeys((r["card_id"] for r in rows if r.get("origin_id")), 0.0)
        for row in rows:
            if (row.get("state") or rule.AVAILABLE) == rule.AVAILABLE:
                number = row["card_id"]
                changes[number] = rule.clean(changes.get(number, 0.0) + row["points"])
        cards = self.env["loyalty.card"]
        self._move_balances({cards.browse(n): p for n, p in changes.items() if p})
        self._leave_trace(
            cards.browse(n for n, points in changes.items() if not points)
        )
        return entries

    def _booked(self):
        self.ensure_one()
        return {
            "card_id": self.card_id.id,
            "origin_id": self.origin_id.id,
            "points": self.points,
            "state": self.state,
        }

    @api.model
    def _moves_one_card(self, rows):
        """Return whether the balance of one card moves: that locks it as well."""
        moved = (r["points"] for r in rows if r.get("state") in (None, rule.AVAILABLE))
        return len({row["card_id"] for row in rows}) == 1 and rule.clean(sum(moved))

    @api.model
    def _leave_trace(self, cards):
        """Points that were settled without moving a balance: whoever began before
        finds the card changed when it locks it, as if its balance had moved.
        """
        if cards:
            self.env.cr.execute(
                SQL(
                    "UPDATE loyalty_card SET write_date = write_date WHERE id IN %s",
                    tuple(cards.ids),
                )
            )

    @api.model
    def _insert(self, rows):
        """Write the rows to the ledger in one query; return the entries."""
        if not rows:
            return self.browse()
        cards = self.env["loyalty.card"].browse({row["card_id"] for row in rows})
        cards.mapped("program_id.company_id")
        self.flush_model()
        cards.flush_recordset(["program_id", "edu_is_member"])
        values = [self._row_values(row) for row in rows]
        columns = list(values[0])
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO edu_points_entry (%s) VALUES %s
                ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
                RETURNING id
                """,
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL(", ").join(SQL("%s", tuple(v.values())) for v in values),
            )
        )
        entries = self.browse(id_ for (id_,) in inserted)
        cards.invalidate_recordset(["edu_entry_ids", "edu_pending_points"], flush=False)
        return entries

    @api.model
    def _row_values(self, row):
        """Return one value for each column, in the same order for every row."""
        program = self.env["loyalty.card"].browse(row["card_id"]).program_id
        company = program.company_id
        now = self.env.cr.now()
        return {
            **{name: row.get(name) or None for name in GIVEN},
            "state": row.get("state") or rule.AVAILABLE,
            "date": row.get("date") or company._edu_today(),
            "points": rule.clean(row["points"]),
            "program_id": program.id,
            "company_id": company.id,
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
            **({"id": row["id"]} if "id" in row else {}),
        }

    @api.model
    def _move_balances(self, changes):
        """Add ``{card: points}`` to the balances, in one query."""
        changes = {card: rule.clean(points) for card, points in changes.items()}
        changes = {card: points for card, points in changes.items() if points}
        if not changes:
            return
        cards = self.env["loyalty.card"].union(*changes)
        before = {card: card.points for card in cards}
        cards.flush_recordset(["points"])
        moved = self.env.execute_query(
            SQL(
                """
                UPDATE loyalty_card card
                   SET points = round(
                           COALESCE(card.points, 0)::numeric + moved.points, %s),
                       write_uid = %s, write_date = %s
                  FROM (VALUES %s) moved (id, points)
                 WHERE card.id = moved.id
             RETURNING card.id, card.points
                """,
                rule.DIGITS,
                self.env.uid,
                self.env.cr.now(),
                SQL(", ").join(
                    SQL("(%s, %s::numeric)", card.id, points)
                    for card, points in changes.items()
                ),
            )
        )
        field = cards._fields["points"]
        for card_id, points in moved:
            field._update_cache(cards.browse(card_id), points)
        cards.modified(["points"])
        # The host writes to members who reach a number of points, if told to.
        cards._send_points_reach_communication(
            {card: {"old": before[card], "new": card.points} for card in cards}
        )
