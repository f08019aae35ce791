from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import points as rule
from ...logic import points_expiry as expiry_rule
from ..satisfaction.claim import claim


class LoyaltyCard(models.Model):
    """Points expire grant by grant, once, by the nightly job or before they are spent.

    Members are told before: of each grant, once for each step.

    Two days say when the job has to look at a card. They may be too early, never too
    late: whatever books points brings them forward, and only the job, who has seen the
    whole ledger of the card, puts them off.
    """

    _inherit = "loyalty.card"

    edu_next_expiry = fields.Date(
        string="Next expiry",
        readonly=True,
        copy=False,
        help="Nothing on this card expires before this day.",
    )
    edu_next_notice = fields.Date(
        string="Next notice",
        readonly=True,
        copy=False,
        help="Day on which the member may have to be told of points that expire.",
    )
    edu_notice_ids = fields.One2many(
        "edu.points.notice", "card_id", string="Notices", readonly=True, copy=False
    )

    _edu_next_expiry_idx = models.Index(
        "(edu_next_expiry) WHERE edu_next_expiry IS NOT NULL"
    )
    _edu_next_notice_idx = models.Index(
        "(edu_next_notice) WHERE edu_next_notice IS NOT NULL"
    )

    # ------------------------------------------------------------------ asking
    def _edu_wallets(self):
        """Return ``{card: logic.points.Wallet}``, from one query."""
        entries = self.env["edu.points.entry"].search_fetch(
            [("card_id", "in", self.ids), ("state", "=", rule.AVAILABLE)],
            ["card_id", "points", "date", "expires_on", "reverses_id"],
            order="id",
        )
        movements = {card: [] for card in self}
        for entry in entries:
            movements[entry.card_id].append(entry._as_movement())
        return {card: rule.replay(rows) for card, rows in movements.items()}

    def _edu_expiring(self, days):
        """Return ``{card: points}`` that expire within so many days from today."""
        return {
            card: wallet.expiring(card._edu_card_today() + timedelta(days=days))
            for card, wallet in self._edu_wallets().items()
        }

    def _edu_card_today(self):
        """Return the day it is for this card: that of the company of its program."""
        self.ensure_one()
        return (self.company_id or self.env.company)._edu_today()

    def _edu_days(self):
        """Return ``{card: today}``, asking each company once."""
        days = {}
        for card in self:
            if card.company_id not in days:
                days[card.company_id] = card._edu_card_today()
        return {card: days[card.company_id] for card in self}

    # ------------------------------------------------------------------ expiring
    def _edu_expire_due(self):
        """Take what is over from these cards, before somebody spends it."""
        # sudo: nobody books by hand; of whoever's card
        cards = self.sudo().filtered("edu_next_expiry")
        days = cards._edu_days()
        due = cards.filtered(lambda card: card.edu_next_expiry < days[card])
        if due:
            due._edu_lock()
            due._edu_expire()

    def _edu_expire_by_job(self):
        """Take what is over from those no other worker is busy with."""
        self._edu_claim_each()._edu_expire()

    def _edu_claim_each(self):
        """Return those that are ours now; one that was changed holds up no other."""
        mine = claim(self)
        if not mine and len(self) > 1:
            mine = mine.union(*(claim(card) for card in self))
        return mine

    def _edu_expire(self):
        """Book what is over on these cards, which are locked; safe to repeat."""
        wallets, days = self._edu_wallets(), self._edu_days()
        rows = [
            card._edu_expiry_row(grant, days[card])
            for card, wallet in wallets.items()
            for grant in expiry_rule.expired(wallet, days[card])
        ]
        self.env["edu.points.entry"]._book(rows)
        self._edu_set_days(
            {
                card: {"edu_next_expiry": expiry_rule.next_expiry(wallet, days[card])}
                for card, wallet in wallets.items()
            }
        )

    def _edu_expiry_row(self, grant, today):
        self.ensure_one()
        return {
            "card_id": self.id,
            "points": -grant.left,
            "kind": rule.EXPIRE,
            "date": today,
            "text": self._edu_in_words(lambda env: env._("Expired")),
            "key": f"expire:{grant.id}",
            "reverses_id": grant.id,
        }

    @api.model
    def _edu_to_expire(self):
        """Return the cards of which something may be over, by the day of each."""
        return self._edu_due("edu_next_expiry", SQL("<"))

    @api.model
    def _edu_due(self, name, operator):
        self.flush_model([name, "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id FROM loyalty_card card
                  JOIN res_company c ON c.id = card.company_id
                 WHERE card.%(name)s %(operator)s %(today)s
                   AND card.%(name)s <= %(tomorrow)s
                 ORDER BY card.%(name)s, card.id
                """,
                name=SQL.identifier(name),
                operator=operator,
                today=self.env["res.company"]._edu_today_sql("c"),
                # For the index: today is another day elsewhere, but not for long.
                tomorrow=fields.Date.add(fields.Date.today(), days=1),
            )
        )
        return self.browse(card_id for (card_id,) in rows)

    # ------------------------------------------------------------------ telling
    @api.model
    def _edu_to_notify(self):
        return self._edu_due("edu_next_notice", SQL("<="))

    def _edu_notify(self):
        """Tell the members of these cards what is to be told; safe to repeat."""
        mine = self._edu_claim_each()
        wallets, days = mine._edu_wallets(), mine._edu_days()
        told = mine._edu_told()
        reasons = mine.partner_id._edu_points_mail_reasons()
        plans = {card: card.program_id._edu_notice_plan() for card in mine}
        rows = [
            card._edu_notice_vals(notice, days[card], reasons.get(card.partner_id))
            for card, wallet in wallets.items()
            for notice in expiry_rule.due_notices(wallet, days[card], plans[card], told)
        ]
        self.env["edu.points.notice"].create(rows)._send()
        mine._edu_set_days(
            {
                card: {
                    "edu_next_notice": expiry_rule.next_notice(
                        wallet, days[card], plans[card]
                    )
                }
                for card, wallet in wallets.items()
            }
        )

    def _edu_told(self):
        """Return ``(grant id, step)`` of what was told, also on a card merged since."""
        moved = self.env["edu.points.entry"].search_fetch(
            [("card_id", "in", self.ids), ("moved_from_id", "!=", False)],
            ["moved_from_id"],
        )
        here = {entry.moved_from_id.id: entry.id for entry in moved}
        notices = self.env["edu.points.notice"].search_fetch(
            ["|", ("card_id", "in", self.ids), ("entry_id", "in", list(here))],
            ["entry_id", "step"],
        )
        return {
            (here.get(notice.entry_id.id, notice.entry_id.id), notice.step)
            for notice in notices
        }

    def _edu_notice_vals(self, notice, today, skip_reason):
        self.ensure_one()
        return {
            "card_id": self.id,
            "company_id": self.company_id.id,
            "entry_id": notice.grant,
            "step": notice.step,
            "date": today,
            "points": notice.points,
            "expires_on": notice.expires_on,
            "skip_reason": skip_reason or False,
        }

    # ------------------------------------------------------------------ the two days
    @api.model
    def _edu_bring_forward(self, rows):
        """Make sure that the job looks in time at the cards of these new ``rows``.

        Points given back return to grants nobody looks up here: the next job does.
        """
        days = {}
        for row in rows:
            given_back = row.get("reverses_id") and row["points"] > 0
            if (row.get("state") or rule.AVAILABLE) != rule.AVAILABLE or not (
                given_back or row.get("expires_on")
            ):
                continue
            card = self.browse(row["card_id"])
            days[card] = _earlier(days.get(card), card._edu_days_of(row, given_back))
        self._edu_set_days(
            {card: card._edu_only_earlier(values) for card, values in days.items()}
        )

    def _edu_days_of(self, row, given_back):
        self.ensure_one()
        if given_back:
            day = self._edu_card_today() - timedelta(days=1)
            return {"edu_next_expiry": day, "edu_next_notice": day}
        day = fields.Date.to_date(row["expires_on"])
        plan = self.program_id._edu_notice_plan()
        return {
            "edu_next_expiry": day,
            "edu_next_notice": expiry_rule.first_notice(day, plan),
        }

    def _edu_only_earlier(self, values):
        self.ensure_one()
        return {
            name: day
            for name, day in values.items()
            if day and not (self[name] and self[name] <= day)
        }

    @api.model
    def _edu_set_days(self, days):
        """Write ``{card: {field: day or None}}``, one query for each set of fields."""
        groups = {}
        for card, values in days.items():
            fresh = {n: d for n, d in values.items() if (card[n] or None) != d}
            if fresh:
                groups.setdefault(tuple(sorted(fresh)), {})[card] = fresh
        for names, rows in groups.items():
            self._edu_write_days(names, rows)

    @api.model
    def _edu_write_days(self, names, rows):
        """By SQL: the host's `write` would do a lot that is not needed here."""
        cards = self.browse().union(*rows)
        cards.flush_recordset(names)
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card card SET %s
                  FROM (VALUES %s) days (id, %s) WHERE card.id = days.id
                """,
                SQL(", ").join(
                    SQL("%s = days.%s", SQL.identifier(n), SQL.identifier(n))
                    for n in names
                ),
                SQL(", ").join(
                    SQL(
                        "(%s, %s)",
                        card.id,
                        SQL(", ").join(SQL("%s::date", values[n]) for n in names),
                    )
                    for card, values in rows.items()
                ),
                SQL(", ").join(SQL.identifier(n) for n in names),
            )
        )
        for card, values in rows.items():
            for name, day in values.items():
                self._fields[name]._update_cache(card, day or False)


def _earlier(days, others):
    if not days:
        return others
    return {
        name: min((d for d in (days[name], others[name]) if d), default=None)
        for name in days
    }
