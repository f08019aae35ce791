from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...const import GROUP_LEADER, GROUP_MANAGER

# Nobody types these: they follow from what was done. Managers import old complaints.
KEPT = {
    "name",
    "level",
    "recorded_by_id",
    "recorded_at",
    "assessed_at",
    "planned_at",
    "decided_at",
    "closed_at",
    "acknowledged_at",
    "last_told_at",
    "waiting_since",
    "receipt_state",
    "receipt_message_id",
    "merged_into_id",
}
# A new one gets these in any case.
DRAWN = {"name", "waiting_since", "receipt_state"}


class EduComplaint(models.Model):
    """What the form shows as read-only cannot be forged by import or RPC either."""

    _inherit = "edu.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        names = KEPT - DRAWN
        forged = {name for name in names if f"default_{name}" in self.env.context}
        self._check_kept(forged.union(*(names & vals.keys() for vals in vals_list)))
        return super().create(vals_list)

    def write(self, vals):
        self._check_kept(KEPT & vals.keys())
        cleared = vals.get("is_safety") is False and any(self.mapped("is_safety"))
        if cleared and not self._may(GROUP_LEADER):
            raise UserError(
                self.env._("Only a leader says that it is no safety matter.")
            )
        return super().write(vals)

    def copy_data(self, default=None):
        """The copy tells the same story: it is hidden from the same people."""
        # sudo: they may be colleagues one cannot read
        concerned = [c.accused_partner_ids.ids for c in self.sudo()]
        return [
            {"accused_partner_ids": [Command.set(ids)], **vals}
            for ids, vals in zip(concerned, super().copy_data(default), strict=True)
        ]

    @api.model
    def _check_kept(self, names):
        if names and not self._may(GROUP_MANAGER):
            labels = [
                self._fields[name]._description_string(self.env) for name in names
            ]
            raise UserError(
                self.env._(
                    "Nobody fills in by hand what follows from the handling: %s.",
                    ", ".join(sorted(labels)),
                )
            )

    @api.model
    def _may(self, group):
        return self.env.su or self.env.user.has_group(group)
