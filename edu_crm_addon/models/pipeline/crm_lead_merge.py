from odoo import api, models
from odoo.fields import Command

from ...const import FIELD_PREFIX


class CrmLead(models.Model):
    """Merging leads, by hand or at assignment, loses none of what we know."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # sudo: whoever may merge the leads, with or without education role
        self.sudo()._take_from_leads(opportunities.sudo())
        return result

    @api.model
    def _edu_merge_fields(self):
        """Return the education fields that somebody can fill in, of every area."""
        return [
            field
            for name, field in self._fields.items()
            if name.startswith(FIELD_PREFIX)
            and name not in self._edu_derived_fields
            and field.store
            and not (field.readonly or field.related or field.type == "one2many")
        ]

    def _take_from_leads(self, others):
        """Fill what is empty from the first lead that has it; lists are united.

        Higher slices add what their fields need; all run as superuser.
        """
        values = {}
        for field in self._edu_merge_fields():
            name = field.name
            if field.type == "many2many":
                added = others[name] - self[name]
                value = [Command.link(record.id) for record in added]
            else:
                filled = others.filtered(name)[:1]
                value = (
                    not self[name]
                    and filled
                    and field.convert_to_write(filled[name], filled)
                )
            if value:
                values[name] = value
        if values:
            self.write(values)
