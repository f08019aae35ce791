from odoo import api, models
from odoo.tools import SQL

from ...logic import points as rule
from ...logic import points_expiry as expiry_rule


class EduPointsEntry(models.Model):
    """Pending points of rules are released by the nightly job, or become void.

    Those of orders have neither a rule nor a day: they are released as they are paid.
    """

    _inherit = "edu.points.entry"

    @api.model
    def _to_release(self):
        """Return the pending entries of which something may wait no longer.

        Of those that wait for a payment all are asked, each night.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH waiting AS (
                    SELECT COALESCE(origin_id, id) AS id FROM edu_points_entry
                     WHERE state = 'pending' GROUP BY 1
                    HAVING SUM(points) >= %(least)s
                )
                SELECT e.id FROM waiting
                  JOIN edu_points_entry e ON e.id = waiting.id
                  JOIN res_company c ON c.id = e.company_id
                 WHERE e.available_from <= %(today)s
                    OR e.available_from IS NULL AND e.rule_id IS NOT NULL
                 ORDER BY e.id
                """,
                least=rule.TOLERANCE,
                today=self.env["res.company"]._edu_today_sql("c"),
            )
        )
        return self.browse(entry_id for (entry_id,) in rows)

    def _release(self):
        """Make those available whose time has come, void those of canceled sources."""
        mine = self.card_id._edu_claim_each()
        entries = self.filtered(lambda entry: entry.card_id in mine)
        void, ready = entries._release_decisions()
        waiting, ledger = entries._waiting(), self.browse()
        for words, rows in void.grouped(lambda e: e._void_reason()).items():
            amounts = {entry: waiting.get(entry, 0.0) for entry in rows}
            ledger._settle(amounts, rule.VOID, reason=words)
        for expires_on in dict.fromkeys(ready.values()):
            rows = [entry for entry, day in ready.items() if day == expires_on]
            amounts = {entry: waiting.get(entry, 0.0) for entry in rows}
            ledger._settle(amounts, expires_on=expires_on)

    def _release_decisions(self):
        """Return the entries to make void, and ``{entry to release: last day}``."""
        void, ready = self.browse(), {}
        days = {company: company._edu_today() for company in self.company_id}
        for model, entries in self.grouped("res_model").items():
            paid_on, void_ids = entries._ask_sources(model)
            for entry in entries:
                start = entry._release_day(paid_on.get(entry.res_id))
                if entry.res_id in void_ids:
                    void |= entry
                elif start and start <= days[entry.company_id]:
                    ready[entry] = entry._release_end(start)
        return void, ready

    def _ask_sources(self, model):
        """Return ``{id: day paid}`` and the ids of those that came to nothing."""
        source = self.env["edu.points.source"]
        if model not in self.env or not isinstance(self.env[model], type(source)):
            return {}, set()
        records = self.env[model].browse(set(self.mapped("res_id"))).exists()
        paid_on = {record.id: day for record, day in records._edu_paid_on().items()}
        return paid_on, set(records._edu_is_void().ids)

    def _release_day(self, paid_on):
        """Return from when these points can be spent, as far as that is known."""
        self.ensure_one()
        if self.available_from:
            return self.available_from
        days = self.program_id.edu_refund_days
        return expiry_rule.release_day(paid_on, days) if paid_on else None

    def _release_end(self, start):
        """Return the last day of points that can be spent from ``start``."""
        self.ensure_one()
        if self.available_from:
            return self.expires_on or None
        return self.rule_id._last_day(start)

    def _void_reason(self):
        self.ensure_one()
        return self.card_id._edu_in_words(
            lambda env: env._("Not given: what it was for was canceled.")
        )
