from odoo import models


class CrmLead(models.Model):
    """Tells higher areas when leads are won."""

    _inherit = "crm.lead"

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)
        won = self.filtered(
            lambda lead: (
                new_status_by_lead.get(lead.id, {}).get("is_won")
                and not old_status_by_lead.get(lead.id, {}).get("is_won")
            )
        )
        if won:
            won._after_won()
        return result

    def _after_won(self):
        """Hook: these leads have just become won, of whatever team."""
