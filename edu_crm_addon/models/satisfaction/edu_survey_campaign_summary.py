from odoo import api, fields, models

from ...logic import interval, representation, satisfaction, survey_funnel
from ...logic.figures import Cell
from .edu_survey_invitation_segments import DONE, INVITED
from .edu_survey_wave import CLOSED

REPORT = "edu_crm_addon.edu_survey_summary_report"


class EduSurveyCampaign(models.Model):
    """What came of a campaign: all waves on a page, and what is concluded from them."""

    _inherit = "edu.survey.campaign"

    conclusion = fields.Text(
        string="Conclusions", help="Printed on the summary of the campaign."
    )
    has_low_response = fields.Boolean(
        string="Low response",
        compute="_compute_has_low_response",
        help="Fewer than 30% of those invited to closed waves answered.",
    )

    @api.depends("wave_ids.state", "wave_ids.invitation_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_has_low_response(self):
        counts = {}
        for campaign, state, number in self.env["edu.survey.invitation"]._read_group(
            [
                ("campaign_id", "in", self._origin.ids),
                ("wave_id.state", "=", CLOSED),
                ("is_reask", "=", False),
                ("state", "in", INVITED),
            ],
            ["campaign_id", "state"],
            ["__count"],
        ):
            counts.setdefault(campaign.id, {})[state] = number
        for campaign in self:
            found = counts.get(campaign._origin.id, {})
            campaign.has_low_response = representation.is_low_response(
                found.get(DONE, 0), sum(found.values())
            )

    def action_print_summary(self):
        return self.env.ref(REPORT).report_action(self, config=False)

    def _summary(self):
        """Return the waves with their funnel, overall score and recommendation."""
        self.ensure_one()
        self.check_access("read")
        waves = self.wave_ids.filtered(lambda wave: not wave.is_reask)
        waves = waves.sorted(lambda wave: (wave.date_start, wave.id))
        funnels = waves._result_funnels(waves._visible_invitations())
        cells = waves._result_history(waves._visible_scores())
        rows = []
        for wave in waves:
            found = cells.get(wave, {})
            funnel = funnels.get(wave.id, survey_funnel.Funnel())
            overall = found.get(satisfaction.OVERALL, Cell())
            recommendation = found.get(satisfaction.RECOMMENDATION, Cell())
            rows.append(
                {
                    "wave": wave,
                    "funnel": funnel,
                    "response": interval.share(funnel.done, funnel.invited),
                    "score": overall.experience.estimate(funnel.audience),
                    "nps": recommendation.nps(funnel.audience),
                }
            )
        return rows
