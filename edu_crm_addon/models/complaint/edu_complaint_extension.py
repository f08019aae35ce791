from odoo import models
from odoo.tools import format_date


class EduComplaint(models.Model):
    """More time for a promise, and what the customer is told about it."""

    _inherit = "edu.complaint"

    def action_extend(self):
        """Ask for the new date of a promise."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give more time"),
            "res_model": "edu.complaint.extend",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _tell_extension(self, due_at, reason):
        """Write to the customer, in the customer's language."""
        self.ensure_one()
        complaint = self.with_context(lang=self._customer_lang())
        day = complaint.company_id._edu_today(due_at)
        body = complaint.env._(
            "We need more time for your complaint %(number)s: you will hear from us by "
            "%(date)s. The reason: %(reason)s",
            number=complaint.name,
            date=format_date(complaint.env, day),
            reason=reason,
        )
        complaint.message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
