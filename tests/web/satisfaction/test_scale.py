"""What comes over the wire is on the scale, or is refused."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestScale(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        # Otherwise the host takes each question once only, even if another was wrong.
        survey = self.make_questionnaire(
            rule.SERVICE, rule.RECOMMENDATION, users_can_go_back=True
        )
        self.service, self.recommendation = survey.question_ids
        self.sheet = self.env["survey.user_input"].create({"survey_id": survey.id})
        self.tokens = f"{survey.access_token}/{self.sheet.access_token}"
        self.authenticate(None, None)
        self.make_jsonrpc_request(f"/survey/begin/{self.tokens}")

    def submit(self, service, recommendation):
        result = self.make_jsonrpc_request(
            f"/survey/submit/{self.tokens}",
            {
                str(self.service.id): service,
                str(self.recommendation.id): recommendation,
            },
        )
        self.env.invalidate_all()
        return result[1]

    def test_an_answer_off_the_scale_is_refused_with_the_reason(self):
        result = self.submit("99", "0")
        self.assertEqual(result["error"], "validation")
        self.assertIn("from 1 to 5", result["fields"][str(self.service.id)])
        self.assertEqual(self.sheet.state, "in_progress")

    def test_odd_values_are_no_accident(self):
        for value in (-1, 2.5, True, [9], {"a": 1}, "five", "1_0"):
            with self.subTest(value=value):
                self.assertEqual(self.submit(value, "")["error"], "validation")

    def test_zero_is_stored_as_an_answer(self):
        self.assertNotIn("error", self.submit("4", "0"))
        self.assertEqual(self.sheet.state, "done")
        values = {
            line.question_id: (line.skipped, line.value_scale)
            for line in self.sheet.user_input_line_ids
        }
        self.assertEqual(
            values, {self.service: (False, 4), self.recommendation: (False, 0)}
        )
