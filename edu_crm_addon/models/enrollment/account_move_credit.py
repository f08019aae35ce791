from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _edu_credit(self, reason):
        """Return the host's credit note of this invoice: a draft, of the whole of it.

        It is of today where the company is. The host asks in the time zone of the user,
        and would wait with one of a day that has begun elsewhere only.
        """
        self.ensure_one()
        company = self.company_id
        wizard = (
            self.env["account.move.reversal"]
            .with_company(company)
            .with_context(
                active_model="account.move",
                active_ids=self.ids,
                tz=company._edu_time_zone(),
            )
            .create(
                {
                    "journal_id": self.journal_id.id,
                    "reason": reason,
                    "date": company._edu_today(),
                }
            )
        )
        wizard.refund_moves()
        return wizard.new_move_ids.with_env(self.env)
