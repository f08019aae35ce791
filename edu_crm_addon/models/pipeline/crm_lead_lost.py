from odoo import api, models
from odoo.exceptions import ValidationError


class CrmLead(models.Model):
    """A lost lead of an education team keeps the reason, however it was lost."""

    _inherit = "crm.lead"

    @api.constrains("active", "probability", "lost_reason_id")
    def _check_lost_reason(self):
        for lead in self:
            if lead.active or lead.won_status == "won" or lead.lost_reason_id:
                continue
            if lead.team_id.edu_is_education:
                raise ValidationError(
                    self.env._(
                        "Why is “%(lead)s” lost? Leads of education teams need a lost "
                        "reason before they are archived.",
                        lead=lead.name,
                    )
                )

    def action_set_lost(self, **additional_values):
        """The host archives first and writes the reason afterwards."""
        reason = additional_values.get("lost_reason_id")
        education = self.filtered("team_id.edu_is_education")
        if reason and education:
            education.write({"lost_reason_id": reason})
        return super().action_set_lost(**additional_values)
