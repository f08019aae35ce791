"""Base of the tests of campaigns: an audience of the test's own customers."""

from freezegun import freeze_time

from odoo.fields import Command

from ..common import EduCase

CRON_SURVEYS = "edu_crm_addon.ir_cron_satisfaction_surveys"


class AskersCase(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whatever is waiting in the database is not the test's.
        cls.env["edu.survey.wave"].search([])._close()
        cls.env["edu.survey.campaign"].search([])._update_state(("running",), "done")
        cls.survey = cls.make_questionnaire()
        cls.mark = cls.env["edu.customer.tier"].create(
            {"name": "Asked in this test", "code": "asked_here"}
        )

    def make_asked(self, **values):
        """Return a customer of the audience, with a mail address."""
        number = next(self._numbers)
        return self.make_customer(
            **{
                "email": f"asked{number}@example.com",
                "edu_tier_id": self.mark.id,
                **values,
            }
        )

    def make_plan(self, **values):
        return self.make_campaign(
            self.survey, tier_ids=[Command.set(self.mark.ids)], **values
        )

    def started(self, **values):
        campaign = self.make_plan(**values)
        campaign.action_start()
        return campaign

    def invitations(self, campaign):
        return campaign.wave_ids.invitation_ids

    def reasons(self, campaign):
        return {i.partner_id: i.skip_reason for i in self.invitations(campaign)}

    def run_job(self):
        self.run_cron(CRON_SURVEYS)

    def mails(self, partner):
        return self.env["mail.mail"].search([("recipient_ids", "in", partner.ids)])

    def on(self, day):
        return freeze_time(f"{day} 06:00:00")
