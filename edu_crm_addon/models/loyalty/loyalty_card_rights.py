from odoo import api, models
from odoo.exceptions import AccessError

from ...const import FIELD_PREFIX, GROUP_MANAGER

# Whose points they are, and of which program.
IDENTITY = frozenset({"partner_id", "program_id"})
# By these the host finds a card, or no longer accepts it.
VALIDITY = frozenset({"active", "code", "expiration_date"})


class LoyaltyCard(models.Model):
    """The host lets every salesperson write to cards; member cards are worth money."""

    _inherit = "loyalty.card"
    _edu_write_group = GROUP_MANAGER

    @api.model
    def _has_field_access(self, field, operation):
        """What follows from the ledger or from jobs nobody writes, not even by RPC."""
        follows = field.readonly and field.name.startswith(FIELD_PREFIX)
        if operation == "write" and follows and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

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
