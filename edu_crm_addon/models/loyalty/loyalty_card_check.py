from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...const import GROUP_LEADER, GROUP_MANAGER
from ...logic import points as rule

ALARM = "edu_crm_addon.mail_activity_type_points_difference"


class LoyaltyCard(models.Model):
    """Balances are the sums of the ledger: checked every night, and on demand.

    A card that differs redeems nothing until it adds up again. A manager is told once,
    and no longer when it does.
    """

    _inherit = "loyalty.card"

    # ------------------------------------------------------------------ actions
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
