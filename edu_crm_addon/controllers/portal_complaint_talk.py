"""What a family does with its complaint: write, answer the result, come back."""

from odoo import http
from odoo.exceptions import LockError, UserError
from odoo.http import request

from ..logic.complaint_files import MAX_REQUEST
from .complaint_form import UNPROCESSABLE, plain
from .complaint_upload import read_files
from .portal_complaint import EduPortalComplaint


class EduPortalComplaintTalk(EduPortalComplaint):
    @http.route(
        "/my/complaints/<int:complaint_id>/message",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def portal_complaint_message(self, complaint_id, message=None, **kwargs):
        complaint = self._edu_own_complaint(complaint_id)
        message = plain(message)
        try:
            with request.env.cr.savepoint():
                complaint._portal_write(message, read_files())
        except UserError as error:
            return self._edu_complaint_page(
                complaint,
                is_own=True,
                status=UNPROCESSABLE,
                message_error=str(error),
                message_text=message,
            )
        return self._edu_to_complaint(complaint, "#edu_complaint_messages")

    @http.route(
        "/my/complaints/<int:complaint_id>/answer",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_complaint_answer(self, complaint_id, act=None, note=None, **kwargs):
        complaint = self._edu_own_complaint(complaint_id)
        try:
            with request.env.cr.savepoint():
                complaint._portal_answer(act, plain(note))
        except LockError:
            # Somebody else was faster: the page tells.
            complaint.invalidate_recordset()
        return self._edu_to_complaint(complaint)

    @http.route(
        "/my/complaints/<int:complaint_id>/reopen",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_complaint_reopen(self, complaint_id, reason=None, **kwargs):
        complaint = self._edu_own_complaint(complaint_id)
        try:
            with request.env.cr.savepoint():
                current = complaint._portal_come_back(plain(reason))
        except LockError:
            complaint.invalidate_recordset()
            return self._edu_to_complaint(complaint)
        except UserError as error:
            return self._edu_complaint_page(
                complaint, is_own=True, status=UNPROCESSABLE, reopen_error=str(error)
            )
        return self._edu_to_complaint(current)
