from datetime import timedelta

from odoo import fields, models, tools

from .edu_survey_wave import OPEN

QUESTIONNAIRE = "edu_crm_addon.survey_survey_one_question"


class EduSurveyCampaign(models.Model):
    """Which scores are low, and the wave of each month in which one asks again."""

    _inherit = "edu.survey.campaign"

    def write(self, vals):
        if not {"low_score", "follow_up"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    @tools.ormcache("self.id")
    def _low_up_to(self):
        """Return the score up to which somebody follows up; none if nobody does.

        Kept for all users: most answers need nothing else of the campaign.
        """
        self.ensure_one()
        campaign = self.sudo()  # sudo: a number of the school, whoever answers
        return campaign.low_score if campaign.follow_up else None

    def _find_reask_wave(self):
        """Return the open wave of this month; it is made when the first one is asked.

        One that was closed early takes nobody any more: there is another one then.
        """
        self.ensure_one()
        today = self.company_id._edu_today()
        period = f"reask {today:%Y-%m}"
        # sudo: made by the addon, for whoever may finish a follow-up
        waves = self.env["edu.survey.wave"].sudo()
        waves = waves.search(
            [("campaign_id", "=", self.id), ("period", "=like", f"{period}%")]
        )
        if found := waves.filtered(lambda wave: wave.state == OPEN):
            return found[:1]
        if waves:
            period = f"{period} {len(waves) + 1}"
        return waves.create(self._prepare_reask_wave(today, period))

    def _prepare_reask_wave(self, today, period):
        last = fields.Date.end_of(today, "month")
        env = self.with_context(lang=self.company_id.partner_id.lang or "en_US").env
        return {
            "name": env._(
                "%(campaign)s: asked again in %(month)s",
                campaign=self.name,
                month=f"{today:%Y-%m}",
            ),
            "campaign_id": self.id,
            "survey_id": self.env.ref(QUESTIONNAIRE).id,
            "method": "online_survey",
            "is_anonymous": False,
            "is_reask": True,
            "date_start": today,
            "date_end": last + timedelta(days=self.answer_days),
            "period": period,
            "state": "open",
        }
