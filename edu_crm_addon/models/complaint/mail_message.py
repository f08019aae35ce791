from odoo import models


class MailMessage(models.Model):
    """Messages about complaints: which of them answer the customer, and who reads them.

    The author and everybody notified may read a message: not if it is about them.
    """

    _name = "mail.message"
    _inherit = ["mail.message", "edu.complaint.shield"]
    _edu_document = ("model", "res_id")

    def _edu_is_answer(self, school):
        """Return whether a colleague, or ``school``, tells the customer by it."""
        self.ensure_one()
        author = self.author_id
        return bool(
            self.message_type in ("comment", "email")
            and self.subtype_id == self.env.ref("mail.mt_comment")
            and author
            and (author == school or not author.partner_share)
        )
