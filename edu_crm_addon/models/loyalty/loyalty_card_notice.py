from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import points_expiry as rule


class LoyaltyCard(models.Model):
    """Members are told before points expire: of each grant, once for each step."""

    _inherit = "loyalty.card"

    edu_notice_ids = fields.One2many(
        "edu.points.notice", "card_id", string="Notices", readonly=True, copy=False
    )

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
            for notice in rule.due_notices(wallet, days[card], plans[card], told)
        ]
        self.env["edu.points.notice"].create(rows)._send()
        mine._edu_set_days(
            {
                card: {
                    "edu_next_notice": rule.next_notice(wallet, days[card], plans[card])
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
