from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...const import GROUP_LEADER, GROUP_MANAGER
from ...logic import points as rule
from .order_account import ORDER
from .points_source import REASON, PointsSource

ALARM = "edu_crm_addon.mail_activity_type_points_difference"
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
    """The ledger of a card: whatever moves its points is written there.

    Every path of the host assigns ``points``, so `write` is the one place to see it.

    Balances are the sums of the ledger: checked every night, and on demand. A card that
    differs redeems nothing until it adds up again. A manager is told once, and no
    longer when it does.

    When two people turn out to be one the whole ledger moves to the card that stays.
    Every entry is taken off the old card, as it was, and is on the other with its day,
    its term and its source: nothing looks earned anew, and orders, jobs and rules find
    what they gave.
    """

    _inherit = "loyalty.card"

    def action_edu_check_ledger(self):
        """Check these cards now, and say what came of it."""
        self.check_access("read")
        if not self.env.user.has_group(GROUP_LEADER):
            raise AccessError(self.env._("Only team leaders check the ledger."))
        # sudo: the check writes what nobody types
        odd = self.sudo()._edu_check().with_env(self.env)
        if odd:
            text = self.env._(
                "%(odd)s of %(all)s cards do not add up.", odd=len(odd), all=len(self)
            )
        else:
            text = self.env._("The ledger adds up.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if odd else "success",
                "message": text,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------ mirroring
    def _edu_source(self):
        """Return why points move now, if who moves them told."""
        source = self.env.context.get(REASON)
        return source if isinstance(source, PointsSource) else None

    def _edu_check_movable(self):
        """Only orders, rules and the server itself move points."""
        if not self.env.su and not self._edu_source():
            raise AccessError(
                self.env._(
                    "Points of a member card move by orders and rules. Use “Adjust "
                    "points” to give or take some with a reason."
                )
            )

    def _edu_mirror_created(self):
        members = self.filtered(lambda card: card.edu_is_member and card.points)
        if members:
            members._edu_check_movable()
            members._edu_mirror({card: card.points for card in members})

    def _edu_mirror(self, changes):
        """Write what the host moved, ``{card: points}``, to the ledger."""
        source = self._edu_source()
        rows = [
            row
            for card, points in changes.items()
            if rule.clean(points)
            for row in card._edu_mirror_rows(rule.clean(points), source)
        ]
        # sudo: nobody writes to the ledger
        self.env["edu.points.entry"].sudo()._insert(rows)

    def _edu_mirror_rows(self, points, source):
        self.ensure_one()
        source = source or PointsSource(kind=rule.HOST, model="", record_id=0)
        if source.model == ORDER and source.kind == rule.SPEND:
            if points > 0:
                return self._edu_give_back_rows(source.record_id, points)
            self._edu_check_covered()
        text = source.text or (lambda env: env._("Change of the balance"))
        return [
            {
                "card_id": self.id,
                "points": points,
                "kind": source.kind,
                "text": self._edu_in_words(text),
                "res_model": source.model,
                "res_id": source.record_id,
            }
        ]

    def _edu_give_back_rows(self, order_id, points):
        """Rewards that leave a confirmed order: their points return to their grants."""
        # sudo: the ledger follows the order, whoever changes it
        order = self.env[ORDER].sudo().browse(order_id)
        accounts = order._edu_point_accounts(self)
        return [row for a in accounts for row in a.give_back_rows(points)]

    def _edu_check_covered(self):
        if rule.clean(self.points) < 0:
            raise ValidationError(
                self.env._(
                    "The member does not have the points that this reward costs."
                )
            )

    # ------------------------------------------------------------------ checking
    @api.model
    def _edu_differences(self, cards=None):
        """Return ``{card: difference}`` where the last check said something else.

        One query, for all member cards or for ``cards``.
        """
        self.flush_model(["points", "edu_difference", "edu_is_member"])
        self.env["edu.points.entry"].flush_model()
        of_cards = of_entries = SQL("TRUE")
        if cards is not None:
            of_cards = SQL("card.id = ANY(%s)", cards.ids)
            of_entries = SQL("card_id = ANY(%s)", cards.ids)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id,
                       ROUND(COALESCE(card.points, 0)::numeric, %(digits)s)
                           - COALESCE(ledger.points, 0)
                  FROM loyalty_card card
                  LEFT JOIN (
                       SELECT card_id, SUM(points) AS points FROM edu_points_entry
                        WHERE state = 'available' AND %(of_entries)s
                        GROUP BY card_id
                       ) ledger ON ledger.card_id = card.id
                 WHERE card.edu_is_member AND %(of_cards)s
                   AND ROUND(COALESCE(card.points, 0)::numeric, %(digits)s)
                       - COALESCE(ledger.points, 0)
                       <> COALESCE(card.edu_difference, 0)
                 ORDER BY card.id
                """,
                digits=rule.DIGITS,
                of_entries=of_entries,
                of_cards=of_cards,
            )
        )
        return {self.browse(card_id): float(value) for card_id, value in rows}

    @api.model
    def _edu_to_check(self):
        return self.browse().union(*self._edu_differences())

    def _edu_check_by_job(self):
        """Check those no other worker is busy with."""
        self._edu_claim_each()._edu_check()

    def _edu_check(self):
        """Note by how much the balances of these cards differ; return who does."""
        found = self._edu_differences(self)
        begun = self.filtered(lambda card: found.get(card) and not card.edu_difference)
        ended = self.filtered(lambda card: found.get(card) == 0)
        for value in dict.fromkeys(found.values()):
            self.filtered(lambda c, v=value: found.get(c) == v).edu_difference = value
        begun._edu_raise_alarm()
        ended._edu_end_alarm()
        return self.filtered("edu_difference")

    # ------------------------------------------------------------------ telling
    def _edu_raise_alarm(self):
        for company, cards in self.grouped("company_id").items():
            members = cards.partner_id.with_context(mail_activity_quick_update=True)
            members.activity_schedule(
                ALARM,
                date_deadline=company._edu_today(),
                user_id=self._edu_points_manager(company).id,
            )

    def _edu_end_alarm(self):
        """Who has another card that differs keeps the activity."""
        odd = self.partner_id.edu_card_ids.filtered("edu_difference").partner_id
        members = self.partner_id - odd
        members.activity_feedback([ALARM], feedback=self.env._("It adds up again."))

    @api.model
    def _edu_points_manager(self, company):
        """Return who is told: a manager of the company."""
        managers = self.env.ref(GROUP_MANAGER).all_user_ids.filtered(
            lambda user: user.active and company in user.company_ids
        )
        people = managers - self.env.ref("base.user_root")
        return people.sorted("id")[:1] or self.env.ref("base.user_admin")

    # ------------------------------------------------------------------ merging
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
