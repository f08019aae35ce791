"""The contract in the portal: read, download after a check of its hash, sign."""

import binascii

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools import consteq

from .portal import EduPortal

CONFLICT = 409


class EduContractPortal(EduPortal):
    @http.route(
        "/my/contracts/<int:contract_id>", type="http", auth="public", website=True
    )
    def portal_contract(self, contract_id, access_token=None, **kwargs):
        contract = self._edu_contract(contract_id, access_token)
        contract.order_id._edu_review_contracts()
        if not contract.exists():
            return request.redirect("/my/enrollments")
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
        contract.order_id._edu_review_contracts()
        read = digest or query.get("digest")
        if not contract.exists() or read != contract.facts_digest:
            return {
                "error": request.env._(
                    "The contract has changed meanwhile. Please read it again."
                )
            }
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

    def _edu_may_sign(self, contract, access_token):
        token = contract.access_token
        by_mail = access_token and token and consteq(token, access_token)
        return contract.state == "to_sign" and bool(
            by_mail or contract._is_signer(request.env.user.partner_id)
        )
