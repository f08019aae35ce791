from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

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
    def _concealable_models(self):
        complaint = self.env["edu.complaint"]
        if self._edu_conceal_unreadable:
            return complaint._confidential_models()
        return complaint._shielded_models()

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
            partner = self.env.user.partner_id
            return self.env["edu.complaint"]._about_sql(name, number, partner)
        documents = self.env[name].sudo(False).with_context(active_test=False)
        if not documents.has_access("read"):
            return SQL("TRUE")
        readable = documents._search(Domain.TRUE)
        if readable.is_empty():
            return SQL("TRUE")
        readable.add_where(SQL("%s = %s", SQL.identifier(readable.table, "id"), number))
        return SQL("NOT EXISTS %s", readable.subselect("1"))
