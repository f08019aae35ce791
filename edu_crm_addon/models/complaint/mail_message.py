from odoo import models


class MailMessage(models.Model):
    _inherit = "mail.message"

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
