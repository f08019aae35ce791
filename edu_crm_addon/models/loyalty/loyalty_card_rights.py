from odoo import models
from odoo.exceptions import AccessError

from ...const import GROUP_MANAGER

# Whose points they are, and of which program.
IDENTITY = frozenset({"partner_id", "program_id"})
# By these the host finds a card, or no longer accepts it.
VALIDITY = frozenset({"active", "code", "expiration_date"})


class LoyaltyCard(models.Model):
    """The host lets every salesperson write to cards; member cards are worth money."""

    _inherit = "loyalty.card"

    def write(self, vals):
        if not self.env.su and (IDENTITY | VALIDITY) & vals.keys():
            self.filtered("edu_is_member")._edu_check_writable(vals.keys())
        return super().write(vals)

    def _edu_check_writable(self, names):
        if self and IDENTITY & names:
            raise AccessError(
                self.env._(
                    "A member card belongs to one person and one program: make another "
                    "card instead."
                )
            )
        if self and not self.env.user.has_group(GROUP_MANAGER):
            raise AccessError(
                self.env._("Only education managers change or archive member cards.")
            )
