"""My enrollments: what learners, guardians and payers see."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import SessionExpiredException, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager


class EduPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "enrollment_count" in counters:
            enrollments = request.env["edu.enrollment"]
            values["enrollment_count"] = (
                enrollments.search_count(enrollments._portal_domain())
                if enrollments.has_access("read")
                else 0
            )
        return values

    # ------------------------------------------------------------------ enrollments
    @http.route(
        ["/my/enrollments", "/my/enrollments/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_enrollments(self, page=1, **kwargs):
        enrollments = request.env["edu.enrollment"]
        if not enrollments.has_access("read"):
            raise request.not_found()
        domain = enrollments._portal_domain()
        pager = portal_pager(
            url="/my/enrollments",
            total=enrollments.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = enrollments.search(
            domain,
            order="learner_id, date_start desc, id desc",
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        request.session["my_enrollments_history"] = found.ids[:100]
        values = {
            **self._prepare_portal_layout_values(),
            # sudo: names of learner, course and teacher of what the user may see
            "groups": found.sudo().grouped("learner_id"),
            "page_name": "enrollment",
            "pager": pager,
            "default_url": "/my/enrollments",
        }
        return request.render("edu_crm_addon.edu_enrollment_portal_list", values)

    @http.route(
        "/my/enrollments/<int:enrollment_id>", type="http", auth="public", website=True
    )
    def portal_enrollment(self, enrollment_id, access_token=None, **kwargs):
        enrollment = self._edu_document("edu.enrollment", enrollment_id, access_token)
        values = self._get_page_view_values(
            enrollment,
            access_token,
            {
                "page_name": "enrollment",
                "enrollment": enrollment,
                "payable": self._edu_may_pay(enrollment),
            },
            "my_enrollments_history",
            False,
            **kwargs,
        )
        return request.render("edu_crm_addon.edu_enrollment_portal_page", values)

    # ------------------------------------------------------------------ access
    def _edu_document(self, model, record_id, access_token):
        """Return the record, as superuser, or 404; who is not logged in may do so."""
        try:
            return self._document_check_access(model, record_id, access_token)
        except (AccessError, MissingError) as error:
            if request.env.user._is_public():
                raise SessionExpiredException("log in") from error
            raise request.not_found() from error

    def _edu_may_pay(self, enrollment):
        """Tell whether the invoices open for the user, by the host's own rule."""
        user = request.env.user
        payer = enrollment.payer_id.commercial_partner_id
        return not user._is_public() and payer == user.commercial_partner_id
