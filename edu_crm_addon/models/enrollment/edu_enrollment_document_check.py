from odoo import fields, models
from odoo.exceptions import UserError

from ...logic import onboarding as rule
from ...logic.term import add_months


class EduEnrollmentDocument(models.Model):
    """How an uploaded document is accepted or rejected."""

    _inherit = "edu.enrollment.document"

    # ------------------------------------------------------------------ actions
    def action_accept(self):
        """The file is right: it counts until it expires."""
        accepted = self._update_state((rule.UPLOADED,), rule.ACCEPTED)
        accepted._stamp_expiry()
        accepted._after_checked()
        self._check_all_moved(accepted)

    def action_reject(self):
        """The file will not do; the family reads why."""
        if any(not (document.reject_reason or "").strip() for document in self):
            raise UserError(
                self.env._("Write down why, so that the family knows what to do.")
            )
        rejected = self._update_state((rule.UPLOADED, rule.ACCEPTED), rule.REJECTED)
        rejected._after_checked()
        self._check_all_moved(rejected)

    def action_open_enrollment(self):
        self.ensure_one()
        return self.enrollment_id.get_formview_action()

    def _check_all_moved(self, moved):
        if left := self - moved:
            raise UserError(
                self.env._(
                    "“%(document)s” cannot be checked: there is no new file.",
                    document=left[0].display_name,
                )
            )

    # ------------------------------------------------------------------ changes
    def _update_state(self, allowed, target):
        """Move those in an ``allowed`` state to ``target``; return who really moved."""
        moved = self.filtered(lambda d: d.state in allowed and d.state != target)
        if moved:
            moved.check_access("write")
            vals = {
                "state": target,
                "checked_at": fields.Datetime.now(),
                "checked_by_id": self.env.uid,
                "reminded_at": False,
            }
            if target == rule.ACCEPTED:
                vals["reject_reason"] = False
            # sudo: past the guard of `write`, which nobody passes from outside
            moved.sudo().write(vals)
        return moved

    def _stamp_expiry(self):
        """Say until when, unless somebody has read it off the document."""
        today = self._today()
        untyped = self.filtered(
            lambda d: not d.expires_on and d.document_type_id.validity_months
        )
        for (company, kind), documents in untyped.grouped(
            lambda d: (d.company_id, d.document_type_id)
        ).items():
            documents.expires_on = add_months(today[company], kind.validity_months)

    # ------------------------------------------------------------------ hooks
    def _after_checked(self):
        """Called with documents just accepted or rejected: some may begin now."""
        for state, documents in self.grouped("state").items():
            if state == rule.ACCEPTED:
                documents._log(self.env._("Document accepted: %s"))
                documents._share()
            else:
                documents._log(self.env._("Document rejected: %s"))
        self.enrollment_id._roll()
