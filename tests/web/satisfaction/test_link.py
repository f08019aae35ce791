"""The personal link of an invitation: nobody has to log in."""

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase

CRAWLER = {"User-Agent": "Mozilla/5.0 (compatible; SomeBot/1.0)"}


@tagged("post_install", "-at_install")
class TestLink(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.wave = self.make_wave(self.make_campaign(self.survey))
        self.mother = self.make_customer(name="Wang Fang", email="f@example.com")
        self.invitation = self.invite(self.wave, self.mother)
        self.authenticate(None, None)

    def open(self, invitation=None, **options):
        token = (invitation or self.invitation).token
        response = self.url_open(f"/survey/invited/{token}", **options)
        self.env.invalidate_all()
        return response

    def assertPage(self, response, status, code):
        self.assertIn(f'data-status="{status}"', response.text)
        self.assertEqual(response.status_code, code)
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_the_link_leads_to_the_questions(self):
        response = self.open()
        self.assertEqual(response.status_code, 200)
        answer = self.invitation.input_id
        self.assertIn(answer.access_token, response.url)
        self.assertIn(self.survey.title, response.text)
        self.assertEqual(self.invitation.state, "opened")
        self.assertEqual(self.open().url, response.url)
        self.assertEqual(self.invitation.input_id, answer)

    def test_an_answer_is_sent_without_login(self):
        self.open()
        answer = self.invitation.input_id
        tokens = f"{self.survey.access_token}/{answer.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        values = {str(question.id): "4" for question in self.survey.question_ids}
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", values)
        self.env.invalidate_all()
        self.assertEqual(self.invitation.state, "done")
        self.assertEqual(answer.state, "done")
        self.assertPage(self.open(), "answered", 200)

    def test_the_host_s_second_try_makes_no_second_answer(self):
        self.open()
        answer = self.invitation.input_id
        tokens = f"{self.survey.access_token}/{answer.access_token}"
        self.url_open(f"/survey/retry/{tokens}")
        answers = self.env["survey.user_input"].search(
            [("survey_id", "=", self.survey.id)]
        )
        self.assertEqual(answers, answer)

    def test_nobody_knows_a_made_up_link(self):
        self.assertPage(self.url_open("/survey/invited/abc"), "unknown", 404)

    def test_a_closed_wave_says_so(self):
        self.wave.state = "closed"
        self.assertPage(self.open(), "closed", 410)
        self.assertEqual(self.invitation.state, "sent")

    def test_a_wave_that_closes_meanwhile_takes_no_answer(self):
        url = self.open().url
        self.wave.state = "closed"
        self.assertNotIn("Start Survey", self.url_open(url).text)
        answer = self.invitation.input_id
        tokens = f"{self.survey.access_token}/{answer.access_token}"
        result = self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        self.assertEqual(result[1]["error"], "answer_deadline")

    def test_a_draft_wave_is_too_early(self):
        wave = self.make_wave(self.wave.campaign_id, state="draft")
        self.assertPage(self.open(self.invite(wave, self.mother)), "early", 200)

    def test_a_program_that_looks_at_the_link_opens_nothing(self):
        self.opener.head(f"{self.base_url()}/survey/invited/{self.invitation.token}")
        self.assertPage(self.open(headers=CRAWLER), "visit", 200)
        self.assertPage(self.open(headers={"Sec-Purpose": "prefetch"}), "visit", 200)
        self.assertEqual(self.invitation.state, "sent")
        self.assertFalse(self.invitation.input_id)

    def test_the_link_of_another_opens_nothing_for_who_is_logged_in(self):
        new_test_user(self.env, "other_portal", "base.group_portal")
        self.authenticate("other_portal", "other_portal")
        self.assertPage(self.open(), "other", 403)
        self.authenticate("admin", "admin")
        self.assertPage(self.open(), "other", 403)
        self.assertFalse(self.invitation.input_id)

    def test_who_is_asked_may_be_logged_in(self):
        user = new_test_user(self.env, "own_portal", "base.group_portal")
        own = self.invite(self.wave, user.partner_id)
        self.authenticate("own_portal", "own_portal")
        self.assertIn(self.survey.title, self.open(own).text)
        self.assertEqual(own.input_id.partner_id, user.partner_id)

    def test_an_anonymous_link_works_logged_in_and_out(self):
        campaign = self.make_campaign(self.survey, is_anonymous=True)
        wave = self.make_wave(campaign, is_anonymous=True)
        user = new_test_user(self.env, "own_portal", "base.group_portal")
        invitation = self.invite(wave, user.partner_id)
        self.assertIn("Start Survey", self.open(invitation).text)
        self.authenticate("own_portal", "own_portal")
        self.assertIn("Start Survey", self.open(invitation).text)
        self.assertFalse(invitation._find_answer().partner_id)

    def test_the_page_speaks_the_language_of_who_is_asked(self):
        self.mother.lang = "zh_CN"
        self.wave.state = "closed"
        self.assertIn("登录", self.open().text)
