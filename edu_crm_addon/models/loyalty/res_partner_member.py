from odoo import models
from odoo.exceptions import AccessError, UserError

from ...const import GROUP_AGENT


class ResPartner(models.Model):
    """How people become members: by the first enrollment, or by a button."""

    _inherit = "res.partner"

    def _edu_become_members(self, company):
        """Return the cards of these people, or who pays for them; make what is missing.

        Without a member program there are none.
        """
        program = company.sudo().edu_member_program_id  # sudo: whoever enrolls them
        if not program:
            return self.env["loyalty.card"]
        owners = self._edu_wallet_owners(company)
        holders = self.browse().union(*owners.values())
        cards = holders._edu_member_cards(program)
        return self.env["loyalty.card"].union(*cards.values()).with_env(self.env)

    def action_edu_make_members(self):
        """Make these contacts members and show their cards."""
        if not self.env.user.has_group(GROUP_AGENT):
            raise AccessError(self.env._("Only staff of the school makes members."))
        self.check_access("write")
        company = self.env.company
        if not company.sudo().edu_member_program_id:
            raise UserError(
                self.env._("Choose the member program in the settings first.")
            )
        cards = self._edu_become_members(company)
        return {
            **cards._get_records_action(name=self.env._("Member cards")),
            "target": "current",
        }
