"""My surveys: what a customer is asked, and what was answered."""

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import EduPortal
from .survey_link import private


class EduPortalSurvey(EduPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "survey_count" in counters:
            invitations = request.env["edu.survey.invitation"]
            # sudo: the domain is the right
            values["survey_count"] = invitations.sudo().search_count(
                invitations._portal_shown()
            )
        return values

    @http.route(
        ["/my/surveys", "/my/surveys/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def portal_surveys(self, page=1, **kwargs):
        invitations = request.env["edu.survey.invitation"]
        domain = invitations._portal_shown()
        # sudo: the domain is the right
        invitations = invitations.sudo()
        pager = portal_pager(
            url="/my/surveys",
            total=invitations.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = invitations.search(
            domain, limit=self._items_per_page, offset=pager["offset"]
        )
        rows = [invitation._portal_row() for invitation in found]
        values = {
            **self._prepare_portal_layout_values(),
            "open_rows": [row for row in rows if row["is_open"]],
            "past_rows": [row for row in rows if not row["is_open"]],
            "page_name": "survey",
            "pager": pager,
            "default_url": "/my/surveys",
        }
        return request.render("edu_crm_addon.edu_survey_portal_list", values)

    @http.route(
        "/my/surveys/<int:invitation_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_survey(self, invitation_id, **kwargs):
        """Lead to the questions, or to one's own answers; 404 to anybody else's."""
        invitation = request.env["edu.survey.invitation"]._portal_find(invitation_id)
        if not invitation:
            raise request.not_found()
        url = invitation._portal_answers_url()
        # Not the whole address: the customer stays on the server that is open.
        url = url or f"/survey/invited/{invitation.token}"
        return private(request.redirect(url, code=303))
