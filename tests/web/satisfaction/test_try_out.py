"""Who makes a questionnaire tries it out, and that is no answer."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestTryOut(EduCase, HttpCase):
    def test_a_manager_tries_a_questionnaire_out(self):
        survey = self.make_questionnaire(rule.SERVICE)
        user = self.make_user("manager")
        self.authenticate(user.login, user.login)
        response = self.url_open(f"/survey/test/{survey.access_token}")
        self.assertIn(survey.title, response.text)
        sheet = self.env["survey.user_input"].search([("survey_id", "=", survey.id)])
        self.assertTrue(sheet.test_entry)
        tokens = f"{survey.access_token}/{sheet.access_token}"
        self.make_jsonrpc_request(f"/survey/begin/{tokens}")
        answers = {str(survey.question_ids.id): "4"}
        self.make_jsonrpc_request(f"/survey/submit/{tokens}", answers)
        self.env.invalidate_all()
        self.assertEqual(sheet.state, "done")
        self.assertFalse(
            self.env["edu.satisfaction.score"].search([("input_id", "=", sheet.id)])
        )
        survey.question_ids.scale_max = 7
