from odoo import api, fields, models


class CrmLeadLost(models.TransientModel):
    """Asks for a reason, of the list that belongs to the team."""

    _inherit = "crm.lead.lost"

    edu_is_education = fields.Boolean(
        string="Education leads", compute="_compute_edu_is_education"
    )

    @api.depends("lead_ids.team_id.edu_is_education")
    def _compute_edu_is_education(self):
        for wizard in self:
            wizard.edu_is_education = any(
                wizard.lead_ids.mapped("team_id.edu_is_education")
            )
