"""The link of a class: without a name, or after a login."""

from odoo import http
from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.controllers import survey_wave
from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestWaveLinkPage(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        survey_wave.BEGINNING.clear()
        self.addCleanup(survey_wave.BEGINNING.clear)
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.authenticate(None, None)

    def wave(self, is_anonymous=True, **values):
        campaign = self.make_campaign(self.survey, is_anonymous=is_anonymous)
        wave = self.make_wave(campaign, is_anonymous=is_anonymous, **values)
        wave.action_make_link()
        return wave

    def url(self, wave):
        return f"/survey/wave/{wave.sudo().token}"

    def begin(self, wave):
        data = {"csrf_token": http.Request.csrf_token(self)}
        response = self.url_open(self.url(wave), data=data)
        self.env.invalidate_all()
        return response

    def answers(self, wave):
        return self.env["survey.user_input"].search([("edu_wave_id", "=", wave.id)])

    def test_a_glance_begins_nothing(self):
        wave = self.wave()
        self.assertIn('data-status="begin"', self.url_open(self.url(wave)).text)
        self.assertFalse(self.answers(wave))

    def test_a_browser_answers_once(self):
        wave = self.wave()
        self.assertIn("Start Survey", self.begin(wave).text)
        answer = self.answers(wave)
        self.assertEqual(len(answer), 1)
        self.begin(wave)
        self.assertEqual(self.answers(wave), answer)
        tokens = f"{self.survey.access_token}/{answer.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        values = {str(question.id): "4" for question in self.survey.question_ids}
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", values)
        self.assertIn('data-status="answered"', self.url_open(self.url(wave)).text)
        self.assertIn('data-status="answered"', self.begin(wave).text)
        self.assertEqual(len(self.answers(wave)), 1)

    def test_who_is_logged_in_stays_unknown(self):
        wave = self.wave()
        user = self.make_user("portal")
        self.authenticate(user.login, user.login)
        self.assertIn("Start Survey", self.begin(wave).text)
        answer = self.answers(wave)
        self.assertFalse(answer.partner_id)
        self.assertNotEqual(answer.create_uid, user)

    def test_one_network_does_not_fill_the_wave(self):
        wave = self.wave()
        self.patch(survey_wave.BEGINNING, "times", 1)
        self.begin(wave)
        self.opener.cookies.clear()
        self.authenticate(None, None)
        self.assertEqual(self.begin(wave).status_code, 429)
        self.assertEqual(len(self.answers(wave)), 1)

    def test_without_login_a_wave_with_names_asks_for_it(self):
        self.assertIn("/web/login", self.url_open(self.url(self.wave(False))).url)

    def test_who_logs_in_is_led_to_the_own_invitation(self):
        wave = self.wave(False)
        user = self.make_user("portal")
        invitation = self.invite(wave, user.partner_id)
        self.authenticate(user.login, user.login)
        self.assertIn("Start Survey", self.url_open(self.url(wave)).text)
        self.env.invalidate_all()
        self.assertEqual(invitation.state, "opened")

    def test_who_was_not_asked_is_told_so(self):
        wave = self.wave(False)
        user = self.make_user("portal")
        self.authenticate(user.login, user.login)
        response = self.url_open(self.url(wave))
        self.assertIn('data-status="left_out"', response.text)
        self.begin(wave)
        self.assertFalse(self.answers(wave))

    def test_a_closed_or_unknown_link_says_so(self):
        wave = self.wave()
        wave.state = "closed"
        self.assertIn('data-status="closed"', self.url_open(self.url(wave)).text)
        response = self.url_open("/survey/wave/abc")
        self.assertEqual(response.status_code, 404)
