from odoo import models
from odoo.fields import Domain

from ...logic import onboarding as rule
from ...logic.enrollment import LIVE

TAKEN_OVER = (
    "state",
    "file_name",
    "uploaded_at",
    "uploaded_by_id",
    "checked_at",
    "checked_by_id",
    "expires_on",
)


class EduEnrollmentDocument(models.Model):
    """What a learner handed in once serves its other enrollments at the same school."""

    _inherit = "edu.enrollment.document"

    def _reuse(self):
        """Take over what was accepted for another enrollment of the same learner."""
        if not self:
            return
        documents = self.sudo()  # sudo: whoever keeps the other enrollment
        today = documents._today()
        found = {
            source._identity(): source
            for source in documents.search(
                Domain("state", "=", rule.ACCEPTED)
                & Domain("enrollment_id.learner_id", "in", documents.learner_id.ids)
                & Domain("document_type_id", "in", documents.document_type_id.ids)
                & Domain("company_id", "in", documents.company_id.ids),
                order="checked_at, id",
            )
            if not source._facts().is_expired(today[source.company_id])
        }
        pairs = {
            document: found[document._identity()]
            for document in documents
            if document._identity() in found
        }
        for document, source in pairs.items():
            document.write(
                {
                    "reused_id": source.id,
                    **{name: source._own(name) for name in TAKEN_OVER},
                }
            )
        documents._copy_files(pairs)

    def _identity(self):
        """Return what makes two documents the same one."""
        self.ensure_one()
        return self.company_id, self.enrollment_id.learner_id, self.document_type_id

    def _own(self, name):
        return self._fields[name].convert_to_write(self[name], self)

    def _copy_files(self, pairs):
        """Give each document a file of its own; the host stores the content once."""
        attachments = self.env["ir.attachment"].sudo()
        source_ids = [source.id for source in pairs.values()]
        files = {
            attachment.res_id: attachment
            for attachment in attachments.search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "in", source_ids),
                ]
            )
        }
        attachments.create(
            [
                {
                    "name": "file",
                    "res_model": self._name,
                    "res_field": "file",
                    "res_id": document.id,
                    "raw": files[source.id].raw,
                }
                for document, source in pairs.items()
                if source.id in files
            ]
        )
        self.invalidate_recordset(["file"])

    def _share(self):
        """Let other enrollments of the learner that ask for the same have it too."""
        # sudo: whoever keeps the other enrollment
        waiting = self.sudo().search(
            Domain("state", "=", rule.MISSING)
            & Domain("document_type_id", "in", self.document_type_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("enrollment_id.learner_id", "in", self.learner_id.ids)
            & Domain("enrollment_id.state", "in", LIVE)
        )
        waiting._reuse()
        waiting.enrollment_id._roll()
