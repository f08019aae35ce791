from odoo import models
from odoo.tools import email_normalize
from odoo.tools.mail import email_normalize_all

from .mail_thread import COMPLAINT


class MailMail(models.Model):
    """Complaints are told when a mail to their customer was really sent, or was not.

    Mail that waits in the queue is not sent to whom a complaint is about.
    """

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # Afterwards the mail may be deleted.
        ours = [
            (mail.mail_message_id, mail.res_id, mail._edu_addresses())
            for mail in self.sudo()
            if mail.model == COMPLAINT and mail.res_id
        ]
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
        partners = self.env["res.partner"].union(*success_pids)
        sent = set(partners.mapped("email_normalized"))
        sent |= {email_normalize(address) for address in success_emails}
        for message, res_id, addresses in ours:
            # sudo: the mail queue works for everybody
            complaint = self.env[COMPLAINT].sudo().browse(res_id).exists()
            if complaint:
                customer = complaint._customer_addresses()
                if customer & addresses:
                    complaint._after_mailed(message, bool(customer & sent))
        return result

    def _edu_addresses(self):
        """Return to whom it goes, as plain addresses."""
        self.ensure_one()
        partners = set(self.recipient_ids.mapped("email_normalized"))
        plain = set(email_normalize_all(self.email_to or ""))
        return (partners | plain) - {False}

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        outgoing = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        complaint = self.env["edu.complaint"]
        if not self.res_id or self.model not in complaint._shielded_models():
            return outgoing
        document = self.env[self.model].browse(self.res_id)
        concerned = complaint._complaint_of(document).accused_partner_ids
        emails = set(filter(None, concerned.mapped("email_normalized")))
        if not emails:
            return outgoing
        for mail in outgoing:
            for name in ("email_to", "email_cc"):
                mail[name] = [
                    address
                    for address in mail[name]
                    if email_normalize(address) not in emails
                ]
            mail["email_to_normalized"] = [
                email for email in mail["email_to_normalized"] if email not in emails
            ]
        return [mail for mail in outgoing if mail["email_to"] or mail["email_cc"]]
