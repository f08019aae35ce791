from odoo import models

INVITATION = "edu.survey.invitation"


class MailMail(models.Model):
    """Who did not get the invitation was not asked; later, if it goes out after all."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # Afterwards the mail may be deleted.
        ours = [mail.res_id for mail in self.sudo() if mail.model == INVITATION]
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
        if ours:
            # sudo: the mail queue works for everybody
            invitations = self.env[INVITATION].sudo().browse(ours).exists()
            invitations._after_mailed(is_sent=not failure_type)
        return result
