"""My complaints: which there are, what became of each, its files and its letter."""

from odoo import http
from odoo.http import SessionExpiredException, request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .complaint_upload import send_file
from .portal import EduPortal

ORDERS = {
    "date": "received_at desc, id desc",
    "name": "name desc, id desc",
    "state": "state, received_at desc, id desc",
}


class EduPortalComplaint(EduPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            complaints = request.env["edu.complaint"]
            # sudo: the domain is the right
            values["complaint_count"] = complaints.sudo().search_count(
                complaints._portal_domain()
            )
        return values

    # ------------------------------------------------------------------ pages
    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_complaints(self, page=1, sortby=None, **kwargs):
        complaints = request.env["edu.complaint"]
        sortby = sortby if sortby in ORDERS else "date"
        domain = complaints._portal_domain()
        pager = portal_pager(
            url="/my/complaints",
            url_args={"sortby": sortby},
            # sudo: the domain is the right
            total=complaints.sudo().search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = complaints.sudo().search(
            domain,
            order=ORDERS[sortby],
            limit=self._items_per_page,
            offset=pager["offset"],
        )
        values = {
            **self._prepare_portal_layout_values(),
            "rows": [complaint._portal_row() for complaint in found],
            "page_name": "complaint",
            "pager": pager,
            "default_url": "/my/complaints",
            "searchbar_sortings": self._edu_complaint_sortings(),
            "sortby": sortby,
        }
        return request.render("edu_crm_addon.edu_complaint_portal_list", values)

    def _edu_complaint_sortings(self):
        return {
            "date": {"label": request.env._("Newest")},
            "name": {"label": request.env._("Number")},
            "state": {"label": request.env._("Step")},
        }

    @http.route(
        "/my/complaints/<int:complaint_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_complaint(self, complaint_id, access_token=None, thanks=None, **kwargs):
        complaint, is_own = self._edu_complaint(complaint_id, access_token)
        return self._edu_complaint_page(
            complaint, is_own, access_token, is_thanks=is_own and thanks
        )

    @http.route(
        "/my/complaints/<int:complaint_id>/files/<int:file_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_complaint_file(self, complaint_id, file_id, access_token=None, **kwargs):
        complaint, _is_own = self._edu_complaint(complaint_id, access_token)
        return send_file(complaint, file_id)

    @http.route(
        "/my/complaints/<int:complaint_id>/letter",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
    )
    def portal_complaint_letter(self, complaint_id, access_token=None, **kwargs):
        """Send the result as PDF."""
        complaint, _is_own = self._edu_complaint(complaint_id, access_token)
        content = complaint._portal_letter()
        if not content:
            raise request.not_found()
        name = f"{complaint.name.replace('/', '-')}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", http.content_disposition(name)),
        ]
        return request.make_response(content, headers)

    @http.route(
        "/my/complaints/<int:complaint_id>/rate",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_complaint_rate(self, complaint_id, **kwargs):
        """Go to the page of the result, where the handling is rated."""
        complaint = self._edu_own_complaint(complaint_id)
        if not complaint._can_rate():
            return self._edu_to_complaint(complaint)
        return request.redirect(complaint._answer_url(), code=303)

    # ------------------------------------------------------------------ access
    def _edu_own_complaint(self, complaint_id):
        """Return the complaint, as superuser, to whom it belongs; else 404."""
        complaint = request.env["edu.complaint"]._portal_find(complaint_id)
        if not complaint:
            raise request.not_found()
        return complaint

    def _edu_complaint(self, complaint_id, access_token):
        """Return the complaint, as superuser, and whether it is the user's own.

        Whoever has the link of a mail, and staff by their rights, may read. Who is not
        logged in may do so; everybody else gets 404.
        """
        complaints = request.env["edu.complaint"]
        if own := complaints._portal_find(complaint_id):
            return own, True
        if complaint := complaints._portal_peek(complaint_id, access_token):
            return complaint, False
        if request.env.user._is_public():
            raise SessionExpiredException("log in")
        raise request.not_found()

    # ------------------------------------------------------------------ helpers
    def _edu_complaint_page(
        self, complaint, is_own, access_token=None, status=200, **values
    ):
        return request.render(
            "edu_crm_addon.edu_complaint_portal_page",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "complaint",
                "complaint": complaint._portal_page(),
                "is_own": is_own,
                "query": f"?access_token={access_token}" if access_token else "",
                **values,
            },
            status=status,
        )

    def _edu_to_complaint(self, complaint, anchor=""):
        return request.redirect(f"/my/complaints/{complaint.id}{anchor}", code=303)
