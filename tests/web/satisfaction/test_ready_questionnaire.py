"""The ready questionnaire, answered page by page as the browser does."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestReadyQuestionnaire(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.survey = self.env.ref(f"{MODULE}.survey_survey_satisfaction")
        wave = self.make_wave(self.make_campaign(self.survey))
        self.customer = self.make_customer(email="wang@example.com")
        self.sheet = self.invite(wave, self.customer)._begin_answer()
        self.tokens = f"{self.survey.access_token}/{self.sheet.access_token}"
        self.authenticate(None, None)
        self.make_jsonrpc_request(f"/survey/begin/{self.tokens}")

    def question(self, name):
        return self.env.ref(f"{MODULE}.survey_question_satisfaction_{name}")

    def submit(self, page, **answers):
        """Send a page; questions without an answer are sent empty, as the page does."""
        page = self.question(page)
        values = {str(question.id): "" for question in page.question_ids}
        values |= {str(self.question(name).id): v for name, v in answers.items()}
        result = self.make_jsonrpc_request(
            f"/survey/submit/{self.tokens}", {"page_id": page.id, **values}
        )
        self.env.invalidate_all()
        return result[1]

    def test_it_is_answered_page_by_page(self):
        phone = self.env.ref(f"{MODULE}.survey_question_answer_channel_telephone")
        self.submit("teaching", teacher="5", progress="4")
        self.assertEqual(self.sheet.state, "in_progress")
        self.submit("product", function="3", taste="3", schedule="3")
        self.submit(
            "service",
            friendliness="2",
            channels="4",
            channels_used=[str(phone.id)],
            channel_telephone="1",
            # Not asked: no mail was used.
            channel_email="5",
        )
        self.submit("price", value="1")
        self.submit("overall_section", overall="4", recommendation="0", words="Fine")
        self.assertEqual(self.sheet.state, "done")
        scores = self.env["edu.satisfaction.score"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(
            {score.dimension: score.experience for score in scores},
            {
                rule.TEACHING: 87.5,
                rule.PRODUCT: 50,
                rule.SERVICE: 50,
                rule.PRICE: 0,
                rule.OVERALL: 75,
                rule.RECOMMENDATION: 0,
            },
        )
        channels = self.sheet.user_input_line_ids.filtered(
            lambda line: line.question_id.triggering_answer_ids and not line.skipped
        )
        self.assertEqual(channels.question_id, self.question("channel_telephone"))
        self.assertEqual(channels.value_scale, 1)

    def test_a_page_that_was_sent_twice_counts_once(self):
        self.submit("teaching", teacher="5")
        self.submit("teaching", teacher="2")
        lines = self.sheet.user_input_line_ids.filtered(
            lambda line: line.question_id == self.question("teacher")
        )
        self.assertEqual(lines.mapped("value_scale"), [2])
