"""The host's pages let an interviewer fill in the answer of a customer."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase

REFUSED = "answer_wrong_user"


@tagged("post_install", "-at_install")
class TestInterviewPage(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.wave = self.make_wave(self.make_campaign(self.survey))
        self.mother = self.make_customer(email="f@example.com")
        self.invitation = self.invite(self.wave, self.mother)
        self.answer = self.invitation._begin_answer("phone_interview", self.agent)
        self.tokens = f"{self.survey.access_token}/{self.answer.access_token}"

    def begin(self, user):
        self.authenticate(user.login, user.login)
        result = self.make_jsonrpc_request(f"/survey/begin/{self.tokens}")
        self.env.invalidate_all()
        return result[1].get("error")

    def test_the_interviewer_fills_it_in(self):
        self.assertFalse(self.begin(self.agent))
        values = {str(question.id): "2" for question in self.survey.question_ids}
        self.make_jsonrpc_request(f"/survey/submit/{self.tokens}", values)
        self.env.invalidate_all()
        self.assertRecordValues(
            self.answer,
            [
                {
                    "state": "done",
                    "partner_id": self.mother.id,
                    "edu_method": "phone_interview",
                    "edu_interviewer_id": self.agent.id,
                }
            ],
        )
        self.assertTrue(self.answer.end_datetime)
        self.assertEqual(self.invitation.state, "done")

    def test_the_interviewer_is_told_whose_answer_it_is(self):
        self.mother.name = "Whose answer"
        self.authenticate(self.agent.login, self.agent.login)
        page = self.url_open(f"/survey/{self.tokens}").text
        self.assertIn("edu_survey_whose", page)
        self.assertIn(self.mother.name, page)
        self.authenticate(None, None)
        self.assertNotIn(
            "edu_survey_whose", self.url_open(f"/survey/{self.tokens}").text
        )

    def test_a_colleague_does_not(self):
        self.assertEqual(self.begin(self.make_user("manager")), REFUSED)

    def test_who_is_no_agent_any_more_does_not(self):
        self.agent.group_ids = self.env.ref("base.group_user")
        self.assertEqual(self.begin(self.agent), REFUSED)

    def test_the_host_refuses_answers_of_others_as_before(self):
        own = self.survey._create_answer(partner=self.mother)
        self.tokens = f"{self.survey.access_token}/{own.access_token}"
        self.assertEqual(self.begin(self.agent), REFUSED)

    def test_a_closed_wave_takes_no_interview(self):
        self.wave.state = "closed"
        self.assertEqual(self.begin(self.agent), "answer_deadline")
