"""The link of a class: without a name in an anonymous wave, else after a login."""

from datetime import timedelta
from urllib.parse import quote

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..logic.throttle import Throttle
from ..models.satisfaction.edu_survey_invitation_answer import (
    ANSWERED,
    CLOSED,
    EARLY,
    LEFT_OUT,
)
from .survey_link import STATUS, UNKNOWN, private

ROUTE = "/survey/wave/<string:token>"
PAGE = "edu_crm_addon.edu_survey_wave_page"
BEGIN, BUSY = "begin", "busy"
CODES = {**STATUS, BEGIN: 200, BUSY: 429}
# From one address of the network, which a whole school may share. Stored nowhere.
BEGINNING = Throttle(times=300, within=timedelta(hours=1))
REMEMBERED = timedelta(days=60)


class EduSurveyWave(http.Controller):
    @http.route(
        ROUTE, type="http", auth="public", methods=["GET"], website=True, sitemap=False
    )
    def survey_wave(self, token, **kwargs):
        wave = find_wave(token)
        status = wave_status(wave)
        if status == BEGIN and not wave.is_anonymous:
            return self._edu_own(wave)
        return wave_page(wave, status)

    @http.route(ROUTE, type="http", auth="public", methods=["POST"], website=True)
    def survey_wave_begin(self, token, **kwargs):
        """Begin an answer of nobody known, or go on with the one of this browser."""
        wave = find_wave(token)
        status = wave_status(wave)
        if status != BEGIN or not wave.is_anonymous:
            return wave_page(wave, status)
        answer = open_answer(wave)
        if not answer:
            now = fields.Datetime.now()
            if not BEGINNING.allows(request.httprequest.remote_addr, now):
                return wave_page(wave, BUSY)
            try:
                with request.env.cr.savepoint():
                    answer = wave._begin_unnamed_answer()
            except UserError:
                return wave_page(wave, CLOSED)
        response = private(request.redirect(answer.get_start_url(), code=303))
        response.set_cookie(
            cookie_name(wave),
            answer.access_token,
            max_age=REMEMBERED,
            httponly=True,
            samesite="Lax",
        )
        return response

    def _edu_own(self, wave):
        """Lead who is logged in to the own invitation, everybody else to the login."""
        user = request.env.user
        if user._is_public():
            path = quote(request.httprequest.path)
            return private(request.redirect(f"/web/login?redirect={path}"))
        invitations = wave._find_invitations(user.partner_id)
        if not invitations:
            return wave_page(wave, LEFT_OUT)
        if len(invitations) > 1:
            return private(request.redirect("/my/surveys", code=303))
        return private(request.redirect(f"/my/surveys/{invitations.id}", code=303))


def find_wave(token):
    return request.env["edu.survey.wave"]._find_by_token(token)


def wave_status(wave):
    if not wave:
        return UNKNOWN
    if wave.state == "draft":
        return EARLY
    if not wave._takes_answers():
        return CLOSED
    is_over = request.cookies.get(cookie_name(wave)) and not open_answer(wave)
    return ANSWERED if is_over and wave.is_anonymous else BEGIN


def cookie_name(wave):
    return f"edu_survey_wave_{wave.id}"


def open_answer(wave):
    """Return the answer that this browser has begun and not sent yet."""
    token = request.cookies.get(cookie_name(wave))
    # sudo: the cookie is the right
    answers = request.env["survey.user_input"].sudo()
    return answers.search(
        [
            ("access_token", "=", token or ""),
            ("edu_wave_id", "=", wave.id),
            ("state", "!=", "done"),
        ],
        limit=1,
    )


def wave_page(wave, status):
    values = {"wave": wave, "status": status}
    return private(request.render(PAGE, values, status=CODES[status]))
