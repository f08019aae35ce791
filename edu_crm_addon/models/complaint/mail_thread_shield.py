from odoo import models
from odoo.tools import email_normalize


class MailThread(models.AbstractModel):
    """No message, mail or link takes a complaint to whom it is about."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        complaint = self.env["edu.complaint"]
        if not recipients or not self or self._name not in complaint._shielded_models():
            return recipients
        concerned = complaint._complaint_of(self).accused_partner_ids
        emails = set(filter(None, concerned.mapped("email_normalized")))
        return [
            data
            for data in recipients
            if data["id"] not in concerned.ids
            and email_normalize(data["email_normalized"] or "") not in emails
        ]

    def _get_thread_with_access(self, thread_id, **kwargs):
        """A link with a token opens it for everybody but whom it is about."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        complaint = self.env["edu.complaint"]
        if thread and self._name in complaint._shielded_models():
            thread -= complaint._those_about(thread, self.env.user.partner_id)
        return thread
