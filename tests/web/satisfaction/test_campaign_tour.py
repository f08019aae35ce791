"""A leader asks, and reads what came back, in a real browser."""

from odoo.tests import HttpCase, tagged

from ...orm.common import MODULE, EduCase

CRON = f"{MODULE}.ir_cron_satisfaction_surveys"


@tagged("post_install", "-at_install")
class TestCampaignTour(EduCase, HttpCase):
    def make_asked(self, name, stage):
        stages = self.env.ref(f"{MODULE}.edu_stage_{stage}").ids
        mail = f"{name.lower().replace(' ', '.')}@example.com"
        return self.make_customer(name=name, email=mail, edu_stage_ids=stages)

    def test_a_leader_builds_a_campaign_and_sends_it(self):
        leader = self.make_user("leader", odoobot_state="disabled")
        self.make_questionnaire(title="Tour questionnaire")
        mother = self.make_asked("Primary Mother", "primary")
        father = self.make_asked("Primary Father", "primary")
        self.make_asked("Secondary Mother", "secondary")

        self.start_tour("/odoo", "edu_survey_campaign", login=leader.login, timeout=120)
        campaign = self.env["edu.survey.campaign"].search(
            [("name", "=", "Families of primary schools")]
        )
        self.assertEqual(campaign.state, "running")
        self.assertEqual(campaign.reminder_max, 1)
        self.run_cron(CRON)
        invitations = campaign.wave_ids.invitation_ids
        self.assertEqual(invitations.partner_id, mother | father)
        self.assertEqual(set(invitations.mapped("state")), {"sent"})
        mails = self.env["mail.mail"].search([("model", "=", invitations._name)])
        self.assertEqual(len(mails), 2)
        self.run_cron(CRON)
        self.assertEqual(campaign.invited_count, 2)
        self.assertEqual(
            self.env["mail.mail"].search([("model", "=", invitations._name)]), mails
        )

    def test_a_leader_reads_the_results(self):
        leader = self.make_user("leader", odoobot_state="disabled")
        campaign = self.make_campaign(user_id=leader.id)
        wave = self.make_wave(campaign, name="Tour wave")
        customers = self.env["res.partner"].concat(
            *(self.make_customer() for _number in range(12))
        )
        for number, invitation in enumerate(self.invite(wave, *customers)):
            answer = invitation._begin_answer()
            for question in answer.survey_id.question_ids:
                answer._save_lines(question, str(2 + number % 4))
            answer._mark_done()
        self.start_tour("/odoo", "edu_survey_results", login=leader.login, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(wave.state, "closed")
        self.assertEqual(wave.done_count, 12)
