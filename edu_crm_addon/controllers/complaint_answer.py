"""The page behind the link of a result: read, answer, rate, come back. No login."""

from odoo import http
from odoo.exceptions import LockError, UserError
from odoo.http import request

from .complaint_form import plain

LONGEST = 4000
GONE = 410


class EduComplaintAnswer(http.Controller):
    @http.route(
        "/complaint/<int:complaint_id>/answer",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
        sitemap=False,
    )
    def complaint_answer(self, complaint_id, access_token=None, **kwargs):
        """Show the page; whoever follows links to check them changes nothing."""
        complaint, is_past = self._edu_letter(complaint_id, access_token)
        values = {
            "complaint": complaint,
            "is_past": is_past,
            "token": access_token,
            "page_name": "complaint_answer",
        }
        template = "edu_crm_addon.edu_complaint_answer_page"
        return request.render(template, values, status=GONE if is_past else 200)

    @http.route(
        "/complaint/<int:complaint_id>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def complaint_answer_post(
        self, complaint_id, access_token=None, act=None, note=None, **scores
    ):
        """Store what the customer says, then show what is stored."""
        complaint, is_past = self._edu_letter(complaint_id, access_token)
        note = plain(note)[:LONGEST]
        if not is_past:
            try:
                with request.env.cr.savepoint():
                    self._edu_answer(complaint, act, note, scores)
            except (LockError, UserError, ValueError):
                # Somebody else was faster, or a form was made up: the page tells.
                complaint.invalidate_recordset()
        return request.redirect(
            f"/complaint/{complaint_id}/answer?access_token={access_token}"
        )

    def _edu_answer(self, complaint, act, note, scores):
        if act == "accept":
            complaint._accept(note)
        elif act == "refuse":
            complaint._refuse(note)
        elif act == "reopen":
            complaint._reopen(note)
        elif act == "rate":
            complaint._rate(scores, note)

    def _edu_letter(self, complaint_id, access_token):
        """Return the complaint, as superuser, and whether the link is of the past.

        The link is signed for one letter, so nothing else of the complaint opens.
        """
        # sudo: the signed link is the right; nobody is logged in
        complaint = request.env["edu.complaint"].sudo().browse(complaint_id).exists()
        number = complaint and complaint._opens_letter(access_token)
        user = request.env.user.partner_id
        if not complaint or number is None or user in complaint.accused_partner_ids:
            raise request.not_found()
        lang = complaint._letter_lang()
        request.update_context(lang=lang)
        return complaint.with_context(lang=lang), number != complaint.letter_number
