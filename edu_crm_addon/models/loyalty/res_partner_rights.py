from odoo import api, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """A member whose points moved stays on record."""

    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_members(self):
        if not self.env["loyalty.card"]._edu_has_members():
            return
        # sudo: cards of every company
        cards = self.env["loyalty.card"].sudo().with_context(active_test=False)
        found = cards.search(
            [("partner_id", "in", self.ids), ("edu_is_member", "=", True)]
        )
        if moved := found.filtered("edu_entry_ids"):
            raise UserError(
                self.env._(
                    "%s has movements of points: archive the contact instead.",
                    moved[0].partner_id.name,
                )
            )
        found.unlink()
