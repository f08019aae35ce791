"""Complaints of people without an account, and of people who stay unknown."""

from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..logic.complaint_files import MAX_REQUEST
from ..logic.throttle import Throttle
from .complaint_form import UNPROCESSABLE, ComplaintForm, choices, new_stamp
from .complaint_upload import read_files

CAPTCHA = "edu_complaint"
# From one address of the network. It is counted in memory and stored nowhere.
SENDING = Throttle(times=10, within=timedelta(hours=1))


class EduComplaintPublic(http.Controller):
    @http.route(
        "/complaint",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def complaint_form(self, **kwargs):
        company = public_company()
        form = ComplaintForm({"stamp": new_stamp()})
        form.text("stamp")
        return self._edu_form(form, company)

    @http.route(
        "/complaint",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def complaint_send(self, **params):
        company = public_company()
        form = ComplaintForm(params)
        nonce = form.read_stamp()
        form.read_matter()
        form.read_person()
        form.read_files(read_files())
        sent = nonce and as_nobody()._find_sent(nonce)
        if not sent:
            self._edu_check_robot(form, params)
        if form.errors:
            return self._edu_form(form, company, status=UNPROCESSABLE)
        return self._edu_thanks(
            sent or as_nobody()._submit(form.values, nonce, company, form.files), nonce
        )

    def _edu_check_robot(self, form, params):
        """Only what is otherwise complete is counted."""
        if form.errors:
            return
        check_robot(form, params, CAPTCHA, SENDING)

    def _edu_form(self, form, company, status=200):
        values = {
            **choices(),
            "company": company,
            "captcha": CAPTCHA,
            "typed": form.typed,
            "errors": form.errors,
        }
        return no_store("edu_crm_addon.edu_complaint_public_form", values, status)

    def _edu_thanks(self, complaint, nonce):
        """Say the number and, once, the code of whoever stays unknown."""
        code = None
        if complaint.is_anonymous:
            code = complaint._secret_code(nonce)
            if not complaint.code_hash:
                complaint._set_code(code)
        values = {
            "name": complaint.name,
            "promised_on": complaint._portal_promised_on(),
            "code": code,
        }
        return no_store("edu_crm_addon.edu_complaint_public_thanks", values)


def public_company():
    """Return the company of the host name that was called, if its form is open."""
    # sudo: whether a company has the form is no secret
    companies = request.env["res.company"].sudo()
    host = request.httprequest.host.partition(":")[0]
    named = companies.search([("website", "ilike", host)]).filtered(
        lambda company: _host(company.website) == host
    )
    company = named[:1] or request.env.company.sudo()
    if not company.edu_complaint_public_form:
        raise request.not_found()
    return company


def _host(url):
    return urlsplit(url if "//" in url else f"//{url}").hostname


def as_nobody():
    """Return the complaints as superuser, in nobody's name, whoever is logged in."""
    # sudo: the form is the right; no name is kept with what comes of it
    public = request.env.ref("base.public_user")
    return request.env["edu.complaint"].with_user(public).sudo()


def check_robot(form, params, captcha, sending):
    """A field nobody sees is empty; the host's captcha, if there is one, is solved; and
    nobody sends one after the other.
    """
    try:
        request.env["ir.http"]._verify_request_recaptcha_token(captcha)
    except UserError as error:
        form.errors["form"] = str(error)
        return
    if params.get("website"):
        form.errors["form"] = request.env._(
            "We could not take your message. Please call us."
        )
    elif not sending.allows(request.httprequest.remote_addr, fields.Datetime.now()):
        form.errors["form"] = request.env._(
            "Too many messages came from your network. Please try again in an hour, or "
            "call us."
        )


def no_store(template, values, status=200):
    """Return a page that no cache keeps."""
    response = request.render(template, values, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
