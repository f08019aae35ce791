"""No more surveys: the page shows it, its button does it."""

from odoo import http
from odoo.http import request

from .survey_link import UNKNOWN, find_invitation, private, survey_page

ROUTE = "/survey/invited/<string:token>/stop"


class EduSurveyOptOut(http.Controller):
    @http.route(
        ROUTE,
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
        sitemap=False,
    )
    def survey_stop(self, token, **kwargs):
        """Show the page; a program that follows links changes nothing."""
        invitation = find_invitation(token)
        if not invitation:
            return survey_page(invitation, UNKNOWN)
        values = {"invitation": invitation}
        return private(request.render("edu_crm_addon.edu_survey_opt_out_page", values))

    @http.route(ROUTE, type="http", auth="public", methods=["POST"], website=True)
    def survey_stop_post(self, token, act=None, **kwargs):
        invitation = find_invitation(token)
        if not invitation:
            return survey_page(invitation, UNKNOWN)
        if act == "stop":
            invitation._opt_out()
        elif act == "resume":
            invitation._opt_in()
        return private(request.redirect(f"/survey/invited/{token}/stop", code=303))
