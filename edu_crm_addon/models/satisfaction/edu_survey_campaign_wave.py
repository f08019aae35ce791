from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.fields import Date
from odoo.tools import mute_logger

from ...logic import survey_plan as rule
from .claim import claim
from .edu_survey_campaign import RUNNING

# More customers than a click should wait for are invited by the job.
AT_ONCE = 500


class EduSurveyCampaign(models.Model):
    """Waves are begun by a click, by their date, or by the first event of a month."""

    _inherit = "edu.survey.campaign"

    def action_begin_wave(self):
        """Begin one more wave of an ad hoc or regular campaign now."""
        self.check_access("write")
        for campaign in self.filtered(
            lambda c: c.state == RUNNING and c.frequency != "targeted"
        ):
            campaign._check_questionnaires()
            campaign._begin_wave()
        self._trigger_job()
        return True

    def _begin_wave(self, period=None):
        """Return a new wave; who is asked stands in it, unless they are very many.

        :param period: what it is of, if there may be one of it only
        """
        self.ensure_one()
        wave = self._create_wave(period)
        # sudo: the audience is the company's, whoever begins the wave
        customers = self.sudo().env["res.partner"]
        if customers.search_count(self._audience_domain(), limit=AT_ONCE + 1) > AT_ONCE:
            return wave
        return self._fill_wave(wave)

    def _create_wave(self, period=None, **values):
        """Return a wave that nobody is asked in yet."""
        self.ensure_one()
        # sudo: waves begin by themselves, too; the copy of what is asked is the point
        campaign = self.sudo()
        today = campaign.company_id._edu_today()
        wave = campaign.env["edu.survey.wave"].create(
            {
                "name": f"{campaign.name} {Date.to_string(today)}",
                "campaign_id": campaign.id,
                "survey_id": campaign.survey_id.id,
                "method": campaign.method,
                "is_anonymous": campaign.is_anonymous,
                "date_start": today,
                "date_end": Date.add(today, days=campaign.answer_days),
                "period": period,
                **values,
            }
        )
        return wave.with_env(self.env)

    def _create_wave_once(self, period, **values):
        """Return the new wave of ``period``; none if another worker makes it now."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self._create_wave(period, **values)
        except UniqueViolation:
            return self.env["edu.survey.wave"]

    def _fill_wave(self, wave):
        """Put all customers of the audience into a wave, and open it; return it."""
        self.ensure_one()
        # sudo: as above
        customers = self.sudo().env["res.partner"].search(self._audience_domain())
        wave.sudo()._invite(customers)
        wave.sudo()._update_state((rule.WAVE_DRAFT,), rule.OPEN)
        return wave

    # ------------------------------------------------------------------ regular ones
    def _plan_first_run(self):
        for campaign in self.filtered(lambda c: c.frequency == "regular"):
            today = campaign.company_id._edu_today()
            # A day chosen by hand stays.
            planned = campaign.next_run_on or campaign.date_from
            campaign.next_run_on = max(planned, today)

    def _asking_now(self):
        """Return those that begin a wave when they are started."""
        return self.filtered(lambda c: c._is_due())

    def _is_due(self):
        """Tell whether the first wave, or the next of a regular one, is to begin."""
        self.ensure_one()
        if self.frequency == "targeted":
            return False
        day = self.next_run_on
        if self.frequency == "ad_hoc":
            # sudo: whatever of the campaign the user may see
            day = not self.sudo().wave_ids and self.date_from
        return bool(
            day
            and day <= self.company_id._edu_today()
            and not (self.date_to and day > self.date_to)
        )

    def _due_period(self):
        """Return what the wave due now is of, and plan the one after it."""
        self.ensure_one()
        if self.frequency != "regular":
            return Date.to_string(self.date_from)
        day = self.next_run_on
        waves = self.sudo().wave_ids.filtered(lambda w: w.period and not w.is_reask)
        first = waves.sorted("date_start")[:1]
        self.next_run_on = rule.next_run(
            first.date_start or day,
            self.interval_number,
            self.interval_unit or rule.MONTHS,
            max(day, self.company_id._edu_today()),
        )
        return Date.to_string(day)

    def _begin_due_waves(self):
        """Begin the waves whose day has come; safe to repeat."""
        for campaign in claim(self):
            if campaign._is_due():
                campaign._create_wave_once(campaign._due_period())
