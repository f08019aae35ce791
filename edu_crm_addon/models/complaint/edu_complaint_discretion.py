from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize_all


class EduComplaint(models.Model):
    """What is said and planned about it does not reach whom it is about.

    People are told so when they try; what is automatic leaves them out in silence.
    """

    _inherit = "edu.complaint"

    @api.depends("accused_partner_ids")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """The host shows names by sudo, e.g. of the complaint it follows from."""
        result = super()._compute_display_name()
        # sudo: one does not see that it is about oneself
        about = self._those_about(self.sudo(), self.env.user.partner_id)
        for complaint in self.browse(about.ids):
            complaint.display_name = False
        return result

    # ------------------------------------------------------------------ messages
    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._check_reached(partner_ids)
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        # The host lets everybody answer who was notified once.
        self.check_access(self._mail_post_access)
        self._check_reached(partner_ids, kwargs.get("outgoing_email_to"))
        concerned = set(self.sudo().accused_partner_ids.ids)  # sudo: to leave them out
        partner_ids = [id_ for id_ in partner_ids or () if id_ not in concerned]
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def message_notify(self, *, partner_ids=None, **kwargs):
        concerned = set(self.sudo().accused_partner_ids.ids)  # sudo: to leave them out
        partner_ids = [id_ for id_ in partner_ids or () if id_ not in concerned]
        return super().message_notify(partner_ids=partner_ids, **kwargs)

    def _check_reached(self, partner_ids, emails=None):
        """Tell whoever writes to, or adds, a person the complaint is about."""
        if self.env.su or not (partner_ids or emails):
            return
        # sudo: of the people no more than who they are
        concerned = self.sudo().accused_partner_ids
        addresses = set(email_normalize_all(emails or ""))
        if set(concerned.ids) & set(partner_ids or ()) or addresses & set(
            concerned.mapped("email_normalized")
        ):
            raise UserError(
                self.env._(
                    "It is about one of these people: they must not learn of it."
                )
            )

    def _message_get_suggested_recipients_batch(self, **kwargs):
        suggested = super()._message_get_suggested_recipients_batch(**kwargs)
        for complaint in self:
            concerned = complaint.accused_partner_ids
            if concerned:
                suggested[complaint.id] = [
                    data
                    for data in suggested[complaint.id]
                    if data.get("partner_id") not in concerned.ids
                ]
        return suggested
