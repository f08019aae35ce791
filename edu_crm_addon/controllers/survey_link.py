"""The personal link of an invitation: to the questions, or to why there are none."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.satisfaction.edu_survey_invitation_answer import (
    ANSWERED,
    CLOSED,
    EARLY,
    LEFT_OUT,
    READY,
)

PAGE = "edu_crm_addon.edu_survey_link_page"
UNKNOWN, OTHER, VISIT = "unknown", "other", "visit"
STATUS = {
    UNKNOWN: 404,
    OTHER: 403,
    VISIT: 200,
    ANSWERED: 200,
    EARLY: 200,
    CLOSED: 410,
    LEFT_OUT: 410,
}


class EduSurveyLink(http.Controller):
    @http.route(
        "/survey/invited/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def survey_invited(self, token, **kwargs):
        """Begin the answer, or go on with it, as the person asked."""
        invitation = find_invitation(token)
        status = link_status(invitation)
        if status != READY:
            return survey_page(invitation, status)
        if is_glance():
            return survey_page(invitation, VISIT)
        try:
            # A savepoint: what the host refuses leaves nothing behind.
            with request.env.cr.savepoint():
                answer = invitation._begin_answer()
        except UserError:
            return survey_page(invitation, CLOSED)
        return private(request.redirect(answer.get_start_url(), code=303))


def find_invitation(token):
    """Return the invitation of a link, as superuser, in the language of its person."""
    invitation = request.env["edu.survey.invitation"]._find_by_token(token)
    if lang := invitation.partner_id.lang:
        request.update_context(lang=lang)
        return invitation.with_context(lang=lang)
    return invitation


def link_status(invitation):
    """Return the code of the page; a link of somebody else opens nothing."""
    if not invitation:
        return UNKNOWN
    user = request.env.user
    if not user._is_public() and user.partner_id != invitation.partner_id:
        return OTHER
    return invitation._answer_status()


def is_glance():
    """Tell whether a program looks at the link before a person does."""
    http_request = request.httprequest
    purpose = http_request.headers.get("Sec-Purpose") or http_request.headers.get(
        "Purpose"
    )
    return (
        http_request.method == "HEAD"
        or "prefetch" in (purpose or "")
        or request.env["ir.http"].is_a_bot()
    )


def survey_page(invitation, status):
    values = {"invitation": invitation, "status": status}
    return private(request.render(PAGE, values, status=STATUS[status]))


def private(response):
    """Let no cache keep the page, and tell no other server its address."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
