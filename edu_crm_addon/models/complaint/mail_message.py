from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _edu_is_answer(self):
        """Return whether a colleague says something to the customer by it."""
        self.ensure_one()
        author = self.author_id
        return bool(
            self.message_type in ("comment", "email")
            and self.subtype_id == self.env.ref("mail.mt_comment")
            and author
            and not author.partner_share
        )
