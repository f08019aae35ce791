from odoo import api, models


class CrmLead(models.Model):
    """Leads make customers potential ones; see ``logic/relationship.py``."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        # sudo: a salesperson without education role makes leads of customers too
        leads.sudo()._edu_after_create()
        return leads

    def _edu_after_create(self):
        """Hook: what follows from new leads, as superuser."""
        open_leads = self.filtered(
            lambda lead: lead.active and not lead.stage_id.is_won
        )
        open_leads.partner_id._after_new_lead()

    def write(self, vals):
        if vals.keys().isdisjoint(("partner_id", "active", "stage_id")):
            return super().write(vals)
        customers = self.partner_id
        result = super().write(vals)
        (customers | self.partner_id).sudo()._after_documents_changed()
        return result

    def unlink(self):
        customers = self.partner_id
        result = super().unlink()
        customers.sudo()._after_documents_changed()
        return result
