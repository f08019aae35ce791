from odoo import models
from odoo.tools import email_normalize


class MailMail(models.Model):
    """Mail that waits in the queue is not sent to whom a complaint is about."""

    _inherit = "mail.mail"

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
