from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import ormcache

from ...const import GROUP_LEADER, GROUP_MANAGER

# A new one gets these in any case.
DRAWN = {"name", "waiting_since", "receipt_state"}
# What is recorded late may have been answered already; see `_with_answer`.
ANSWERED = {"answer", "answer_by", "answered_at", "answer_note"}


class EduComplaint(models.Model):
    """What the form shows as read-only cannot be forged by import or RPC either."""

    _inherit = "edu.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        context = self.env.context
        kept = self._kept_names()
        names = kept - DRAWN - ANSWERED
        forged = {n for n in kept - {"name"} if f"default_{n}" in context}
        self._check_kept(forged.union(*(names & vals.keys() for vals in vals_list)))
        self._check_delegate(any(vals.get("delegate_id") for vals in vals_list))
        self._check_delegate(context.get("default_delegate_id"))
        return super().create(vals_list)

    def write(self, vals):
        self._check_kept(self._kept_names() & vals.keys())
        self._check_delegate(vals.get("delegate_id"))
        self._check_company_stays(vals)
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
    @ormcache()
    def _kept_names(self):
        """Return what nobody types, for it follows from what was done.

        Managers may, to import old complaints.
        """
        stored = {name: f for name, f in self._fields.items() if f.store}
        kept = {name for name, field in stored.items() if field.readonly}
        return frozenset(kept | {"level"}) - {*models.MAGIC_COLUMNS}

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
    def _check_delegate(self, delegate_id):
        """Whoever is the special person may close it."""
        if delegate_id and not self._may(GROUP_LEADER):
            raise UserError(self.env._("Only a leader gives it to a special person."))

    def _check_company_stays(self, vals):
        """Its number, its promises and what it may cost are the company's."""
        if "company_id" not in vals or self.env.su:
            return
        if any(complaint.company_id.id != vals["company_id"] for complaint in self):
            raise UserError(self.env._("A complaint stays in its company."))

    @api.model
    def _may(self, group):
        return self.env.su or self.env.user.has_group(group)
