"""My surveys: open ones and past ones, one's own only."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestPortal(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.user = self.make_user("portal", name="Mother")
        self.survey = self.make_questionnaire(
            rule.SERVICE, rule.OVERALL, title="Service in autumn"
        )
        self.wave = self.make_wave(self.make_campaign(self.survey))
        self.own = self.invite(self.wave, self.user.partner_id)
        self.authenticate(self.user.login, self.user.login)

    def page(self, path="/my/surveys"):
        with mute_logger("odoo.http"):
            response = self.url_open(path)
        self.env.invalidate_all()
        return response

    def finish(self, invitation):
        answer = invitation._begin_answer()
        for question in self.survey.question_ids:
            answer._save_lines(question, "4")
        answer._mark_done()

    def test_an_open_survey_is_answered_from_the_list(self):
        text = self.page().text
        self.assertIn("Service in autumn", text)
        self.assertIn(f'href="/my/surveys/{self.own.id}"', text)
        response = self.page(f"/my/surveys/{self.own.id}")
        self.assertIn(self.own.input_id.access_token, response.url)
        self.assertIn("Start Survey", response.text)

    def test_a_past_survey_shows_the_own_answers(self):
        self.finish(self.own)
        self.assertIn("edu_survey_past", self.page().text)
        response = self.page(f"/my/surveys/{self.own.id}")
        self.assertIn("/survey/print/", response.url)
        self.assertIn(self.survey.question_ids[0].title, response.text)

    def test_an_anonymous_answer_is_not_shown_again(self):
        campaign = self.make_campaign(self.survey, is_anonymous=True)
        secret = self.invite(
            self.make_wave(campaign, is_anonymous=True), self.user.partner_id
        )
        self.finish(secret)
        self.assertIn("Answered", self.page().text)
        response = self.page(f"/my/surveys/{secret.id}")
        self.assertIn('data-status="answered"', response.text)

    def test_a_survey_of_another_is_not_found(self):
        other = self.invite(self.wave, self.make_customer())
        self.assertEqual(self.page(f"/my/surveys/{other.id}").status_code, 404)
        self.assertNotIn(f"/my/surveys/{other.id}", self.page().text)

    def test_what_was_not_sent_yet_is_not_listed(self):
        self.own.state = "waiting"
        self.assertNotIn("Service in autumn", self.page().text)

    def test_a_closed_wave_is_past(self):
        self.wave.state = "closed"
        self.assertIn("Not answered", self.page().text)

    def test_customers_have_no_right_on_invitations(self):
        self.assertEqual(self.rights(self.user, "edu.survey.invitation"), "")

    def test_the_home_page_counts_them(self):
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["survey_count"]}
        )
        self.assertEqual(result, {"survey_count": 1})
