from odoo import models


class CrmStage(models.Model):
    """A lead in a won stage is no open lead any more."""

    _inherit = "crm.stage"

    def write(self, vals):
        result = super().write(vals)
        if "is_won" in vals:
            # sudo: whoever configures stages, of every company
            leads = self.env["crm.lead"].sudo().search([("stage_id", "in", self.ids)])
            leads.partner_id._after_documents_changed()
        return result
