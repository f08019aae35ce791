from odoo import models

from ...logic.enrollment import CANCELED


class CrmLead(models.Model):
    """The order and its first payment bring the lead to its end."""

    _inherit = "crm.lead"

    def _has_clear_wish(self):
        """Who is enrolled wants to learn."""
        # sudo: the rule holds for a salesperson without education role too
        return super()._has_clear_wish() or any(
            enrollment.state != CANCELED
            for enrollment in self.sudo().edu_enrollment_ids
        )
