"""A customer with an account complains, or suggests something."""

from datetime import timedelta

from odoo import http
from odoo.http import request

from ..logic.complaint_files import MAX_REQUEST
from .complaint_form import UNPROCESSABLE, ComplaintForm, choices, new_stamp
from .complaint_upload import read_files
from .portal_complaint import EduPortalComplaint


class EduPortalComplaintNew(EduPortalComplaint):
    @http.route(
        "/my/complaints/new", type="http", auth="user", methods=["GET"], website=True
    )
    def portal_complaint_new(self, **kwargs):
        form = ComplaintForm({"stamp": new_stamp()})
        form.text("stamp")
        return self._edu_complaint_form(form)

    @http.route(
        "/my/complaints/new",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def portal_complaint_create(self, **params):
        form = ComplaintForm(params)
        # Whoever has an account is no robot.
        nonce = form.read_stamp(fastest=timedelta())
        form.read_matter()
        enrollment = form.read_family()
        form.read_files(read_files())
        if form.errors:
            return self._edu_complaint_form(form, status=UNPROCESSABLE)
        company = enrollment.company_id or request.env.company
        complaint = request.env["edu.complaint"]._submit(
            form.values, nonce, company, form.files
        )
        return request.redirect(f"/my/complaints/{complaint.id}?thanks=1", code=303)

    def _edu_complaint_form(self, form, status=200):
        complaints = request.env["edu.complaint"]
        values = {
            **self._prepare_portal_layout_values(),
            **choices(),
            "page_name": "complaint_new",
            "learners": complaints._form_learners(),
            "enrollments": complaints._form_enrollments(),
            "me": request.env.user.partner_id.sudo(),
            "typed": form.typed,
            "errors": form.errors,
        }
        template = "edu_crm_addon.edu_complaint_portal_new"
        return request.render(template, values, status=status)
