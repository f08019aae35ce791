"""Documents that a family hands in for its enrollments."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..logic.upload import MAX_BYTES
from .portal import EduPortal

UNPROCESSABLE = 422
# What is a little too large gets a clear message, anything more is cut off.
MAX_REQUEST = 3 * MAX_BYTES


class EduPortalDocuments(EduPortal):
    @http.route(
        "/my/enrollments/<int:enrollment_id>/documents/<int:document_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def portal_document_upload(self, enrollment_id, document_id, file=None, **kwargs):
        document = self._edu_family_document(enrollment_id, document_id)
        content = file.read(MAX_BYTES + 1) if hasattr(file, "read") else b""
        try:
            with request.env.cr.savepoint():
                document._upload(getattr(file, "filename", ""), content)
        except UserError as error:
            response = self.portal_enrollment(enrollment_id)
            response.qcontext["document_error"] = str(error)
            response.status_code = UNPROCESSABLE
            return response
        url = f"/my/enrollments/{enrollment_id}#edu_enrollment_documents"
        return request.redirect(url, code=303)

    @http.route(
        "/my/enrollments/<int:enrollment_id>/documents/<int:document_id>/file",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_document_file(self, enrollment_id, document_id, **kwargs):
        document = self._edu_family_document(enrollment_id, document_id)
        if not document.uploaded_at:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(
            document, "file", filename=document.file_name
        )
        return stream.get_response(as_attachment=True)

    def _edu_family_document(self, enrollment_id, document_id):
        """Return the document, as superuser, to the family only; else 404."""
        enrollment = self._edu_document("edu.enrollment", enrollment_id, None)
        # sudo: checked above, and done in the name of the user
        enrollment = enrollment.with_env(request.env).sudo()
        family = enrollment._family_documents(request.env.user.partner_id)
        document = family.filtered(lambda document: document.id == document_id)
        if not document:
            raise request.not_found()
        return document
