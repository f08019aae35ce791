"""The page behind a member's link: whoever was recommended leaves name and number."""

from datetime import timedelta

from odoo import fields, http
from odoo.http import request
from odoo.tools import email_normalize

from ..logic.throttle import Throttle
from .complaint_form import UNPROCESSABLE, ComplaintForm, new_stamp
from .complaint_public import check_robot, no_store

CAPTCHA = "edu_refer"
# From one address of the network. It is counted in memory and stored nowhere.
SENDING = Throttle(times=10, within=timedelta(hours=1))
LOOKING = Throttle(times=100, within=timedelta(hours=1))
LONGEST_MESSAGE = 2000
MAX_REQUEST = 64 * 1024


class EduRefer(http.Controller):
    """Every code is answered alike: nobody finds out which ones there are, or whose."""

    @http.route(
        "/refer/<string:code>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def refer_form(self, code, **kwargs):
        form = ComplaintForm({"stamp": new_stamp()})
        form.text("stamp")
        return self._edu_form(form, code)

    @http.route(
        "/refer/<string:code>",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        max_content_length=MAX_REQUEST,
    )
    def refer_send(self, code, **params):
        company = school(code)
        form = ComplaintForm(params)
        key = form.read_stamp()
        self._edu_read(form)
        if not form.errors and not (key and as_nobody()._find_sent(key)):
            check_robot(form, params, CAPTCHA, SENDING)
            if not form.errors:
                consent = company._edu_referral_consent_text()
                values = {**form.values, "consent": consent}
                as_nobody()._submit(code, values, key, company)
        if form.errors:
            return self._edu_form(form, code, status=UNPROCESSABLE)
        return no_store("edu_crm_addon.edu_refer_thanks", {"company": company})

    def _edu_read(self, form):
        env = request.env
        name, phone, email, learner = (
            form.text(field) for field in ("name", "phone", "email", "learner")
        )
        message = form.text("message", LONGEST_MESSAGE)
        if not name:
            form.errors["name"] = env._("Please tell us your name.")
        if email and not email_normalize(email):
            form.errors["email"] = env._("This is no email address.")
        elif not phone and not email:
            form.errors["email"] = env._(
                "Please tell us a telephone number or an email address."
            )
        if not form.text("consent"):
            form.errors["consent"] = env._("Please agree, so that we may contact you.")
        form.values.update(
            name=name, phone=phone, email=email, learner=learner, message=message
        )

    def _edu_form(self, form, code, status=200):
        company = school(code)
        values = {
            "company": company,
            "consent": company._edu_referral_consent_text(),
            "action": f"/refer/{code}",
            "captcha": CAPTCHA,
            "typed": form.typed,
            "errors": form.errors,
        }
        return no_store("edu_crm_addon.edu_refer_form", values, status)


def school(code):
    """Return the company that is recommended, as superuser, if its page is open.

    A code of another company leads there: whoever agrees knows who gets the data.
    """
    company = request.env.company
    if LOOKING.allows(request.httprequest.remote_addr, fields.Datetime.now()):
        company = request.env["loyalty.card"]._edu_find_by_code(code).company_id or (
            company
        )
    # sudo: whether a company has the page is no secret
    company = company.sudo()
    if not company.edu_referral_page or not company.edu_member_program_id:
        raise request.not_found()
    return company


def as_nobody():
    """Return the referrals as superuser, in nobody's name, whoever is logged in."""
    # sudo: the form is the right; no name is kept with what comes of it
    public = request.env.ref("base.public_user")
    return request.env["edu.referral"].with_user(public).sudo()
