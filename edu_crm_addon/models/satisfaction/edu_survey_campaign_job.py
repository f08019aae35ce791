from odoo import api, models

from .claim import claim
from .edu_survey_campaign import DONE, RUNNING

FILL = "survey_fill"
CRON = "edu_crm_addon.ir_cron_satisfaction_surveys"


class EduSurveyCampaign(models.Model):
    """The one job of surveys: it closes, begins, fills, invites and reminds.

    Everything in it may be done twice and by two at once. What takes long is committed
    batch by batch; if time is up, the scheduler calls again.
    """

    _inherit = "edu.survey.campaign"

    @api.model
    def _cron_surveys(self):
        invitations = self.env["edu.survey.invitation"]
        run = self.env["edu.job.failure"]._run_job
        steps = (
            lambda: run(
                "survey_close", self.env["edu.survey.wave"]._ended(), _close, 50
            ),
            lambda: run("survey_finish", self._past_last_day(), _finish, 50),
            lambda: run("survey_wave", self._due(), _begin, 50),
            self._fill_drafts,
            self._ask_about_events,
            lambda: run("survey_send", invitations._to_send(), _send, 100),
            lambda: run("survey_remind", invitations._to_remind(), _remind, 100),
        )
        return all(step() for step in steps)

    def _trigger_job(self):
        # sudo: whoever starts a campaign has its invitations sent
        self.env.ref(CRON).sudo()._trigger()

    @api.model
    def _running(self, *domain):
        return self.search([("state", "=", RUNNING), *domain], order="id")

    @api.model
    def _past_last_day(self):
        running = self._running(("date_to", "!=", False))
        return running.filtered(lambda c: c.date_to < c.company_id._edu_today())

    @api.model
    def _due(self):
        return self._running(("frequency", "!=", "targeted"))._asking_now()

    @api.model
    def _fill_drafts(self):
        """Put customers into the waves that were begun, and open those."""
        audiences, busy = self._audiences_to_fill(), set()

        def fill(customers):
            waves = self.env["edu.survey.wave"].union(*audiences)
            mine = claim(waves)
            busy.update(waves - mine)
            for wave in mine:
                ids = audiences[wave]
                wave._invite(customers.filtered(lambda c, ids=ids: c.id in ids))

        people = self.env["res.partner"].browse(
            sorted(set().union(*audiences.values()))
        )
        is_done = self.env["edu.job.failure"]._run_job(FILL, people, fill)
        if is_done:
            for wave in audiences:
                if wave not in busy:
                    wave._update_state(("draft",), "open")
        return is_done

    @api.model
    def _audiences_to_fill(self):
        """Return ``{wave: ids of customers}``: all for drafts, or those who failed."""
        failures = self.env["edu.job.failure"]
        failed = failures.search(
            [("job", "=", FILL), ("res_model", "=", "res.partner")]
        )
        again = frozenset(failed.mapped("res_id"))
        waves = self.env["edu.survey.wave"].search(
            [
                ("state", "in", ["draft", "open"] if again else ["draft"]),
                ("campaign_id.state", "in", [RUNNING, DONE]),
                ("campaign_id.frequency", "!=", "targeted"),
            ],
            order="id",
        )
        result = {}

        def gather(batch):
            for wave in batch:
                domain = wave.campaign_id._audience_domain()
                ids = frozenset(self.env["res.partner"].search(domain).ids)
                result[wave] = ids if wave.state == "draft" else ids & again

        failures._run_job(FILL, waves, gather)
        return result


def _close(waves):
    waves._close()


def _finish(campaigns):
    campaigns._update_state((RUNNING,), DONE)


def _begin(campaigns):
    campaigns._begin_due_waves()


def _send(invitations):
    invitations._send()


def _remind(invitations):
    invitations._remind()
