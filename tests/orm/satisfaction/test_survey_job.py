"""The job of surveys: mails in the right language, one bad record stops nobody."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.models.satisfaction import (
    edu_survey_campaign_wave as wave_of_campaign,
)

from .askers import AskersCase

JOB_LOGGER = "odoo.addons.edu_crm_addon.models.settings.edu_job_failure"


@tagged("post_install", "-at_install")
class TestSurveyJob(AskersCase):
    def failures(self, job):
        return self.env["edu.job.failure"].search([("job", "=", job)])

    def break_at(self, model, name, bad):
        """Let the method ``name`` fail when ``bad`` is among what it works on."""
        original = getattr(type(self.env[model]), name)

        def failing(records, argument):
            batch = records if isinstance(argument, str) else argument
            if bad.id in batch.ids:
                raise UserError("not this one")
            return original(records, argument)

        self.patch(type(self.env[model]), name, failing)

    # ------------------------------------------------------------------ filling
    def test_a_large_audience_is_put_into_the_wave_by_the_job(self):
        self.patch(wave_of_campaign, "AT_ONCE", 1)
        people = self.make_asked() | self.make_asked()
        campaign = self.started()
        self.assertEqual(campaign.wave_ids.state, "draft")
        self.run_job()
        self.assertEqual(campaign.wave_ids.state, "open")
        self.assertEqual(self.invitations(campaign).partner_id, people)
        self.assertEqual(set(self.invitations(campaign).mapped("state")), {"sent"})

    def test_a_customer_who_fails_stops_nobody_and_is_tried_again(self):
        self.patch(wave_of_campaign, "AT_ONCE", 1)
        bad, good = self.make_asked(), self.make_asked()
        campaign = self.started()
        invite = type(self.env["edu.survey.wave"])._invite
        self.break_at("edu.survey.wave", "_invite", bad)
        with mute_logger(JOB_LOGGER):
            self.run_job()
        self.assertEqual(self.failures("survey_fill").res_id, bad.id)
        self.assertEqual(self.invitations(campaign).partner_id, good)
        self.patch(type(self.env["edu.survey.wave"]), "_invite", invite)
        self.run_job()
        self.assertFalse(self.failures("survey_fill"))
        self.assertEqual(self.invitations(campaign).partner_id, good | bad)

    def test_a_campaign_with_broken_conditions_stops_no_other(self):
        self.patch(wave_of_campaign, "AT_ONCE", 0)
        self.make_asked()
        broken, sound = self.started(), self.started()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE edu_survey_campaign SET audience_domain = %s WHERE id = %s",
            ["[('gone', '=', 1)]", broken.id],
        )
        broken.invalidate_recordset()
        with mute_logger(JOB_LOGGER):
            self.run_job()
        self.assertEqual(self.failures("survey_fill").res_id, broken.wave_ids.id)
        self.assertEqual(broken.wave_ids.state, "draft")
        self.assertEqual(self.invitations(sound).state, "sent")

    # ------------------------------------------------------------------ mails
    def test_an_invitation_that_fails_stops_no_other(self):
        first, second = self.make_asked(), self.make_asked()
        campaign = self.started()
        rows = {row.partner_id: row for row in self.invitations(campaign)}
        self.break_at("edu.survey.invitation", "_mail", rows[first])
        with mute_logger(JOB_LOGGER):
            self.run_job()
        self.assertEqual(rows[first].state, "waiting")
        self.assertEqual(rows[second].state, "sent")
        self.assertEqual(self.failures("survey_send").res_id, rows[first].id)

    def test_the_mail_speaks_the_language_of_who_is_asked(self):
        template = self.env.ref("edu_crm_addon.mail_template_edu_survey_invitation")
        template.with_context(lang="zh_CN").subject = "您对我们满意吗？"
        chinese, english = self.make_asked(lang="zh_CN"), self.make_asked(lang="en_US")
        self.started()
        self.run_job()
        self.assertEqual(self.mails(chinese).subject, "您对我们满意吗？")
        self.assertIn("How satisfied are you", self.mails(english).subject)

    def test_the_mail_of_a_guardian_names_the_learner(self):
        guardian = self.make_person(email="mother@example.com")
        self.make_learner(guardian, edu_tier_id=self.mark.id, name="Wang Lin")
        self.started()
        self.run_job()
        self.assertIn("Wang Lin", self.mails(guardian).body_html)

    def test_who_does_not_get_the_mail_was_not_asked(self):
        customer = self.make_asked()
        campaign = self.started()
        self.run_job()
        mail, invitation = self.mails(customer), self.invitations(campaign)
        mail._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.assertEqual(
            (invitation.state, invitation.skip_reason), ("skipped", "not_delivered")
        )
        mail._postprocess_sent_message(customer, [])
        self.assertEqual((invitation.state, invitation.skip_reason), ("sent", False))

    # ------------------------------------------------------------------ rights
    def test_nobody_reads_the_link_in_the_mail_of_another(self):
        customer = self.make_asked()
        self.started()
        self.run_job()
        message = self.mails(customer).mail_message_id
        for role in ("agent", "leader", "manager"):
            user = self.make_user(role)
            self.assertFalse(message.with_user(user).has_access("read"), role)

    def test_a_leader_starts_a_campaign_and_an_agent_does_not(self):
        customer = self.make_asked()
        leader = self.make_user("leader")
        campaign = self.make_plan(user_id=leader.id)
        self.assertRefused(campaign.with_user(self.make_user("agent")).action_start)
        self.assertEqual(campaign.with_user(leader).audience_count, 1)
        campaign.with_user(leader).action_start()
        self.run_job()
        self.assertEqual(len(self.mails(customer)), 1)

    def test_the_rest_is_a_setting_of_the_company(self):
        self.env["res.config.settings"].create(
            {"edu_survey_rest_days": 5, "edu_low_score": 50}
        ).execute()
        self.assertEqual(self.env.company.edu_survey_rest_days, 5)
        self.assertEqual(self.make_plan().low_score, 50)

    # ------------------------------------------------------------------ cost
    def test_inviting_costs_two_queries_a_person_at_most(self):
        number = 60
        for _number in range(number):
            self.make_asked()
        campaign = self.make_plan()
        campaign._update_state(("draft",), "running")
        fill = self.queries(campaign._begin_wave)
        invitations = self.invitations(campaign)
        self.patch(type(invitations), "_mail", lambda self, template: None)
        send = self.queries(invitations._send)
        # Measured 27 and 14: they hardly grow with the number of people.
        self.assertLessEqual(fill, 30)
        self.assertLessEqual(send, 16)
