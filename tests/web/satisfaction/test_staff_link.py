"""An employee answers by the link, logged in or not, and nobody knows it."""

from odoo.tests import HttpCase, tagged

from ...orm.common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestStaffLink(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        school = self.make_company()
        self.teacher = self.make_user("employee", company=school)
        self.survey = self.env.ref(f"{MODULE}.survey_survey_staff")
        campaign = self.make_campaign(
            self.survey, asked="employee", is_anonymous=True, company_id=school.id
        )
        campaign.action_start()
        self.invitation = campaign.wave_ids.invitation_ids

    def answer(self):
        response = self.url_open(f"/survey/invited/{self.invitation.token}")
        self.assertIn(self.survey.title, response.text)
        self.env.invalidate_all()
        sheet = self.env["survey.user_input"].search(
            [("survey_id", "=", self.survey.id)], order="id desc", limit=1
        )
        tokens = f"{self.survey.access_token}/{sheet.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        answers = {
            str(question.id): "4" if question.edu_dimension else ""
            for question in self.survey.question_ids
        }
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", answers)
        self.env.invalidate_all()
        return sheet

    def assertAnsweredByNobody(self, sheet):
        self.assertEqual(self.invitation.state, "done")
        self.assertEqual(sheet.state, "done")
        self.assertFalse(sheet.partner_id or sheet.email or sheet.nickname)
        self.assertFalse(self.invitation.input_id)

    def test_an_employee_answers_while_logged_in(self):
        self.authenticate(self.teacher.login, self.teacher.login)
        self.assertAnsweredByNobody(self.answer())

    def test_an_employee_answers_without_login(self):
        self.authenticate(None, None)
        self.assertAnsweredByNobody(self.answer())
