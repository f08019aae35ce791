from odoo import api, models, tools

from ...const import FIELD_PREFIX


class EduFetchMixin(models.AbstractModel):
    """For models of the host that its operations read much: fetch our fields apart.

    Who reads one field of a record gets all of them in the same query. Most records of
    the host have nothing to do with education, and its operations read them all the
    time: they get the host's fields only, and whoever reads one of ours gets all ours.
    A list of names, as a view asks for, is still one query. New records are not asked
    for defaults that our fields do not have.
    """

    _name = "edu.fetch.mixin"
    _description = "Education fields fetched apart"
    # Fields that operations of the host ask us for: fetched with the host's own.
    _edu_host_fields = frozenset()

    def _fetch_field(self, field):
        is_grouped = self.env.context.get("prefetch_fields", True)
        if field.prefetch is not True or not is_grouped:
            return super()._fetch_field(field)
        names = self._edu_fetched_with(self._edu_is_apart(field.name))
        if not self.env.su:
            fields = self._fields
            names = [n for n in names if self._has_field_access(fields[n], "read")]
        return self.fetch(names)

    @api.model
    @tools.ormcache("is_apart")
    def _edu_fetched_with(self, is_apart):
        """Return the names of one group, which is the same for every user."""
        return tuple(
            name
            for name, field in self._fields.items()
            if field.prefetch is True and self._edu_is_apart(name) == is_apart
        )

    @api.model
    def _edu_is_apart(self, name):
        return name.startswith(FIELD_PREFIX) and name not in self._edu_host_fields

    @api.model
    def _add_missing_default_values(self, values):
        """Most of our fields have no default: the host need not look for any."""
        blank = self._edu_without_default()
        given = {key.removeprefix("default_") for key in self.env.context}
        given.update(self.env["ir.default"]._get_model_defaults(self._name))
        if not given.isdisjoint(blank):
            return super()._add_missing_default_values(values)
        result = super()._add_missing_default_values(blank | values)
        return {k: v for k, v in result.items() if v is not None or k not in blank}

    @api.model
    @tools.ormcache()
    def _edu_without_default(self):
        return {
            name: None
            for name, field in self._fields.items()
            if name.startswith(FIELD_PREFIX) and not field.default
        }
