from odoo import models


class LoyaltyProgram(models.Model):
    """The ledger of a whole program is checked on demand."""

    _inherit = "loyalty.program"

    def action_edu_check_ledger(self):
        """Check all cards of these programs, archived ones as well."""
        self.check_access("read")
        cards = self.env["loyalty.card"].with_context(active_test=False)
        members = cards.search(
            [("program_id", "in", self.ids), ("edu_is_member", "=", True)]
        )
        return members.action_edu_check_ledger()
