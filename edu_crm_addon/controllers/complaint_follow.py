"""Whoever complained anonymously reads and writes on with number and code."""

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import LockError, UserError
from odoo.http import request

from ..logic.complaint_files import MAX_REQUEST
from ..logic.throttle import Throttle
from .complaint_form import UNPROCESSABLE, plain
from .complaint_public import as_nobody, no_store, public_company
from .complaint_upload import read_files, send_file

FOLLOWING = Throttle(times=60, within=timedelta(hours=1))
PAGE = "edu_crm_addon.edu_complaint_follow_page"
LOGIN = "edu_crm_addon.edu_complaint_follow_form"


class EduComplaintFollow(http.Controller):
    @http.route(
        "/complaint/follow",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def complaint_follow(self, **kwargs):
        public_company()
        return no_store(LOGIN, {})

    @http.route(
        "/complaint/follow",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def complaint_follow_open(self, number=None, code=None, act=None, **params):
        """Show it, and do ``act`` before; each time number and code are needed."""
        number, code = plain(number), plain(code)
        params = {name: plain(value) for name, value in params.items()}
        complaint = self._edu_open(number, code)
        if not complaint:
            return no_store(LOGIN, {"number": number, "is_wrong": True}, UNPROCESSABLE)
        error = None
        try:
            with request.env.cr.savepoint():
                complaint = self._edu_act(complaint, act, params)
        except LockError:
            complaint.invalidate_recordset()
        except UserError as wrong:
            error = str(wrong)
        values = {
            "complaint": complaint._portal_page(),
            "number": number,
            "code": code,
            "message_error": error,
            "message_text": error and params.get("message"),
        }
        return no_store(PAGE, values, UNPROCESSABLE if error else 200)

    @http.route(
        "/complaint/follow/file",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def complaint_follow_file(self, number=None, code=None, file_id=None, **kwargs):
        complaint = self._edu_open(plain(number), plain(code))
        if not complaint or not plain(file_id).isdecimal():
            raise request.not_found()
        return send_file(complaint, int(file_id))

    def _edu_open(self, number, code):
        """Return the complaint; whatever is wrong, the answer is the same."""
        company = public_company()
        now = fields.Datetime.now()
        if not FOLLOWING.allows(request.httprequest.remote_addr, now):
            return as_nobody().browse()
        return as_nobody()._open_by_code(number, code, company)

    def _edu_act(self, complaint, act, params):
        if act == "message":
            complaint._portal_write(params.get("message"), read_files())
        elif act in ("accept", "refuse"):
            complaint._portal_answer(act, params.get("note"))
        elif act == "reopen" and complaint._can_reopen():
            return complaint._portal_come_back(params.get("reason"))
        return complaint
