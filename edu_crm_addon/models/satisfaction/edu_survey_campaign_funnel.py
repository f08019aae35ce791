from odoo import api, fields, models
from odoo.fields import Domain


class EduSurveyCampaign(models.Model):
    """How far the invitations of all waves of a campaign came."""

    _name = "edu.survey.campaign"
    _inherit = ["edu.survey.campaign", "edu.survey.funnel.mixin"]
    _funnel_field = "campaign_id"

    wave_count = fields.Integer(string="Waves so far", compute="_compute_wave_count")

    @api.depends("wave_ids")
    def _compute_wave_count(self):
        counts = dict(
            self.env["edu.survey.wave"]._read_group(
                [("campaign_id", "in", self._origin.ids), ("is_reask", "=", False)],
                ["campaign_id"],
                ["__count"],
            )
        )
        for campaign in self:
            campaign.wave_count = counts.get(campaign._origin, 0)

    def _funnel_domain(self):
        # Who is asked again after a low score is nobody new.
        return super()._funnel_domain() & Domain("is_reask", "=", False)

    def action_open_waves(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_survey_wave_action",
            [("campaign_id", "=", self.id), ("is_reask", "=", False)],
        )

    def action_open_invitations(self):
        self.ensure_one()
        return self.env["ir.actions.act_window"]._edu_open(
            "edu_survey_invitation_action", [("campaign_id", "=", self.id)]
        )
