"""My enrollments: what learners, guardians and payers see, and the contract to sign."""

import binascii

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import SessionExpiredException, content_disposition, request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

CONFLICT = 409


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

    # ------------------------------------------------------------------ contracts
    @http.route(
        "/my/contracts/<int:contract_id>", type="http", auth="public", website=True
    )
    def portal_contract(self, contract_id, access_token=None, **kwargs):
        contract = self._edu_contract(contract_id, access_token)
        values = {
            "page_name": "contract",
            "contract": contract,
            "is_altered": contract._verify() is None,
            "may_sign": self._edu_may_sign(contract, access_token),
            "query": f"?access_token={access_token}" if access_token else "",
        }
        return request.render("edu_crm_addon.edu_contract_portal_page", values)

    @http.route(
        "/my/contracts/<int:contract_id>/pdf", type="http", auth="public", website=True
    )
    def portal_contract_pdf(self, contract_id, access_token=None, **kwargs):
        """Send the very bytes that were checked."""
        contract = self._edu_contract(contract_id, access_token)
        content = contract._verify()
        if not content:
            values = {"contract": contract, "is_altered": content is None}
            template = "edu_crm_addon.edu_contract_portal_no_file"
            return request.render(template, values, status=CONFLICT)
        headers = {
            "Content-Type": "application/pdf",
            "Content-Length": len(content),
            "Content-Disposition": content_disposition(
                f"{contract.name}.pdf", disposition_type="inline"
            ),
            "X-Content-Type-Options": "nosniff",
        }
        return request.make_response(content, headers=list(headers.items()))

    @http.route(
        "/my/contracts/<int:contract_id>/sign",
        type="jsonrpc",
        auth="public",
        website=True,
    )
    def portal_contract_sign(
        self, contract_id, access_token=None, digest=None, name=None, signature=None
    ):
        query = request.httprequest.args
        access_token = access_token or query.get("access_token")
        contract = self._edu_contract(contract_id, access_token)
        if not self._edu_may_sign(contract, access_token):
            return {"error": request.env._("Only the customer can sign this contract.")}
        if (digest or query.get("digest")) != contract.facts_digest:
            text = "The contract has changed meanwhile. Please read it again."
            return {"error": request.env._(text)}
        if not signature:
            return {"error": request.env._("Signature is missing.")}
        try:
            with request.env.cr.savepoint():
                contract._sign_by_order(name, signature, fields.Datetime.now())
        except (TypeError, binascii.Error):
            return {"error": request.env._("Invalid signature data.")}
        except UserError as error:
            return {"error": str(error)}
        url = f"/my/contracts/{contract.id}"
        if access_token:
            url = contract.get_portal_url()
        return {"force_refresh": True, "redirect_url": url}

    # ------------------------------------------------------------------ access
    def _edu_document(self, model, record_id, access_token):
        """Return the record, as superuser, or 404; who is not logged in may do so."""
        try:
            return self._document_check_access(model, record_id, access_token)
        except (AccessError, MissingError) as error:
            if request.env.user._is_public():
                raise SessionExpiredException("log in") from error
            raise request.not_found() from error

    def _edu_contract(self, contract_id, access_token):
        """Return the contract to who sees its order or one of its enrollments.

        Portal users have no right on contracts at all, so that no file is read past
        the check of its hash.
        """
        # sudo: to find the order, on which the user's rights are checked
        order = request.env["edu.contract"].sudo().browse(contract_id).exists().order_id
        if order and request.env.user._is_portal():
            enrollments = request.env["edu.enrollment"]
            if order.sudo(False).has_access("read") or enrollments.search_count(
                [("order_id", "=", order.id)], limit=1
            ):
                return request.env["edu.contract"].sudo().browse(contract_id)
        return self._edu_document("edu.contract", contract_id, access_token)

    def _edu_may_pay(self, enrollment):
        """Tell whether the invoices open for the user, by the host's own rule."""
        user = request.env.user
        payer = enrollment.payer_id.commercial_partner_id
        return not user._is_public() and payer == user.commercial_partner_id

    def _edu_may_sign(self, contract, access_token):
        token = contract.access_token
        by_mail = access_token and token and consteq(token, access_token)
        return contract.state == "to_sign" and bool(
            by_mail or contract._is_signer(request.env.user.partner_id)
        )
