from odoo import api, models

from ...const import FIELD_PREFIX, GROUP_AGENT


class EduRoleMixin(models.AbstractModel):
    """For models of the host that carry education fields.

    Reading those needs an education role (``groups`` on each field says so); changing
    them needs more than the read-only one, whatever rights the user has on the record.
    """

    _name = "edu.role.mixin"
    _description = "Education fields by role"
    # Fields that follow from records or from a button: nobody types or imports them.
    _edu_derived_fields = frozenset()
    # Who changes the others.
    _edu_write_group = GROUP_AGENT

    def copy_data(self, default=None):
        """Who may not change the education fields copies the record without them."""
        hidden = dict.fromkeys(self._unwritable_fields() - set(default or {}), False)
        vals_list = super().copy_data({**hidden, **(default or {})})
        return [
            {name: value for name, value in vals.items() if name not in hidden}
            for vals in vals_list
        ]

    def copy_translations(self, new, excluded=()):
        return super().copy_translations(
            new, excluded={*excluded, *self._unwritable_fields()}
        )

    @api.model
    def _unwritable_fields(self):
        return {
            name
            for name, field in self._fields.items()
            if name.startswith(FIELD_PREFIX)
            and not self._has_field_access(field, "write")
        }

    @api.model
    def _has_field_access(self, field, operation):
        # The host asks for each field of each record set it reads: be quick. What
        # follows is the host's own answer, without the call.
        if self.env.su or (operation == "read" and not field.groups):
            return True
        allowed = super()._has_field_access(field, operation)
        if operation == "read" or field.name[:4] != FIELD_PREFIX:
            return allowed
        return (
            allowed
            and field.name not in self._edu_derived_fields
            and self.env.user.has_group(self._edu_write_group)
        )
