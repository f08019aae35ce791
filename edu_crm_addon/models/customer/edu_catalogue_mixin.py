from odoo import api, fields, models
from odoo.exceptions import UserError


class EduCatalogueMixin(models.AbstractModel):
    """One value of a list that the school owns: it adds, renames, translates, reorders
    and archives values without a programmer.

    A ``code`` names a value for rules and imports; values of the school's own may go
    without. A value in use cannot be deleted, only archived: it leaves the pick lists
    and stays on the records that have it.
    """

    _name = "edu.catalogue.mixin"
    _description = "Education catalogue value"
    _order = "sequence, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        copy=False,
        help="Short technical name for rules and imports. Optional for own values.",
    )
    sequence = fields.Integer(default=100)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code) WHERE code <> ''",
        "This code is already used by another value of the list.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for field in self._referring_fields():
            # sudo: a value that another company uses is in use, too
            records = self.env[field.model_name].sudo().with_context(active_test=False)
            if used := records.search([(field.name, "in", self.ids)], limit=1):
                raise self._in_use((used[field.name] & self)[:1], used)

    def _in_use(self, value, record):
        """Return the error; it names a record only to who may see it."""
        visible = record.with_env(self.env).has_access("read")
        return UserError(
            self.env._(
                "“%(value)s” is in use, for example by “%(record)s”, and cannot be "
                "deleted. Archive it instead: it leaves the pick lists and stays on "
                "the records that have it.",
                value=value.display_name,
                record=record.display_name if visible else record._description,
            )
        )

    @api.model
    def _referring_fields(self):
        """Return every stored relation to this list, of any model of any module."""
        return [
            field
            for model in self.env.values()
            if model._auto and not model._transient
            for field in model._fields.values()
            if field.comodel_name == self._name
            and field.store
            and field.type in ("many2one", "many2many")
        ]
