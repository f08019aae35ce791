from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...const import GROUP_MANAGER


class EduComplaintShield(models.AbstractModel):
    """For models of the host whose rows hang on any document by its model and number.

    Whoever wrote, got or was assigned such a row may read it, whatever the rights on
    the document; and some of these models are open to every employee. A global rule on
    ``edu_is_concealed`` closes them: a row on a complaint is not there for the person
    it is about. All of it happens inside the query the host makes anyway.
    """

    _name = "edu.complaint.shield"
    _description = "Rows on complaints, hidden from whom they are about"

    # The fields that name the document.
    _edu_document = ("res_model", "res_id")
    # Hide a row from everybody who cannot read its document.
    _edu_conceal_unreadable = False

    edu_is_concealed = fields.Boolean(
        string="Concealed",
        compute="_compute_edu_is_concealed",
        search="_search_edu_is_concealed",
        groups=GROUP_MANAGER,
        help="It belongs to a complaint that is hidden from the present user.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends(lambda self: self._edu_document)
    def _compute_edu_is_concealed(self):
        model_field, id_field = self._edu_document
        shielded = self._concealable_models()
        rows_of = {}
        for row in self:
            row.edu_is_concealed = False
            if row[model_field] in shielded:
                rows_of.setdefault(row[model_field], []).append(row)
        for name, rows in rows_of.items():
            documents = self.env[name].browse({row[id_field] for row in rows})
            hidden = set(self._concealed_documents(documents.exists()).ids)
            for row in rows:
                row.edu_is_concealed = row[id_field] in hidden

    def _search_edu_is_concealed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(to_sql=self._concealed_sql)

    @api.model
    @ormcache()
    def _concealable_models(self):
        """Return the models on whose records there are rows to conceal."""
        names = self.env["edu.complaint"]._shielded_models()
        return tuple(name for name in names if "message_ids" in self.env[name]._fields)

    def _concealed_documents(self, documents):
        """Return those of ``documents`` whose rows the present user must not see."""
        if self._edu_conceal_unreadable:
            return documents - documents.sudo(False)._filtered_access("read")
        return self.env["edu.complaint"]._those_about(
            documents, self.env.user.partner_id
        )

    def _concealed_sql(self, model, alias, query):
        model_field, id_field = self._edu_document
        model = model.sudo()  # sudo: nothing but the name of the document
        name = model._field_to_sql(alias, model_field, query)
        number = model._field_to_sql(alias, id_field, query)
        cases = [
            SQL("(%s = %s AND %s)", name, shielded, self._hidden_sql(shielded, number))
            for shielded in self._concealable_models()
        ]
        return SQL("(%s)", SQL(" OR ").join(cases))

    def _hidden_sql(self, name, number):
        """Return whether document ``number`` of model ``name`` is concealed, as SQL."""
        if not self._edu_conceal_unreadable:
            return self.env["edu.complaint"]._about_sql(name, number)
        readable = self._readable_sql(name)
        if not readable:
            return SQL("TRUE")
        table = SQL.identifier(self.env[name]._table, "id")
        return SQL("NOT EXISTS (%s AND %s = %s)", readable, table, number)

    @api.model
    @ormcache(
        "self.env.uid", "name", "tuple(self.env.context.get('allowed_company_ids', ()))"
    )
    def _readable_sql(self, name):
        """Return the query of what the present user may read, up to its conditions.

        Kept like the rules it is made of: the host searches often.
        """
        documents = self.env[name].sudo(False).with_context(active_test=False)
        if not documents.has_access("read"):
            return None
        query = documents._search(Domain.TRUE)
        if query.is_empty():
            return None
        where = query.where_clause or SQL("TRUE")
        return SQL("SELECT FROM %s WHERE (%s)", query.from_clause, where)
