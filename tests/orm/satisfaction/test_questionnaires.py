"""The ready questionnaires ask what the documents want to be asked."""

from collections import Counter

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestQuestionnaires(EduCase):
    def ready(self, name):
        return self.env.ref(f"{MODULE}.survey_survey_{name}")

    def test_the_satisfaction_questionnaire_has_a_section_for_each_content(self):
        survey = self.ready("satisfaction")
        self.assertEqual(
            survey.page_ids.mapped("title"),
            ["Teaching quality", "Education product", "Service", "Price", "Overall"],
        )
        found = Counter(survey.question_ids.mapped("edu_dimension"))
        for dimension in rule.CONTENTS:
            with self.subTest(dimension=dimension):
                self.assertGreaterEqual(found[dimension], 2)
        self.assertEqual((found[rule.OVERALL], found[rule.RECOMMENDATION]), (1, 1))

    def test_each_section_asks_about_its_content(self):
        survey = self.ready("satisfaction")
        for page, dimension in zip(survey.page_ids, rule.CONTENTS, strict=False):
            asked = set(page.question_ids.mapped("edu_dimension")) - {False}
            with self.subTest(page=page.title):
                self.assertEqual(asked, {dimension})

    def test_it_asks_experience_on_one_to_five(self):
        scored = self.ready("satisfaction").question_ids.filtered("edu_dimension")
        self.assertEqual(set(scored.mapped("edu_measure")), {rule.EXPERIENCE})
        for question in scored:
            ten = question.edu_dimension == rule.RECOMMENDATION
            with self.subTest(question=question.title):
                self.assertEqual(
                    (question.scale_min, question.scale_max), (0, 10) if ten else (1, 5)
                )

    def test_it_asks_function_and_taste_of_the_product(self):
        product = self.env.ref(f"{MODULE}.survey_question_satisfaction_function")
        product |= self.env.ref(f"{MODULE}.survey_question_satisfaction_taste")
        self.assertEqual(set(product.mapped("edu_dimension")), {rule.PRODUCT})

    def test_it_asks_about_each_channel_that_was_used(self):
        used = self.env.ref(f"{MODULE}.survey_question_satisfaction_channels_used")
        self.assertEqual(len(used.suggested_answer_ids), 5)
        asked = used.survey_id.question_ids.filtered("triggering_answer_ids")
        self.assertEqual(asked.triggering_answer_ids, used.suggested_answer_ids)
        self.assertFalse(any(asked.mapped("is_placed_before_trigger")))
        self.assertEqual(set(asked.mapped("question_type")), {"scale"})

    def test_expectations_are_asked_about_the_five_contents(self):
        scored = self.ready("expectations").question_ids.filtered("edu_dimension")
        self.assertEqual(
            set(scored.mapped("edu_dimension")), {*rule.CONTENTS, rule.OVERALL}
        )
        self.assertEqual(set(scored.mapped("edu_measure")), {rule.EXPECTATION})

    def test_one_question_is_one_question(self):
        question = self.ready("one_question").question_ids
        self.assertEqual(question.edu_dimension, rule.OVERALL)

    def test_ready_questionnaires_can_be_sent_to_customers(self):
        for name in ("satisfaction", "expectations", "one_question"):
            survey = self.ready(name)
            with self.subTest(survey=name):
                self.assertTrue(survey.edu_is_satisfaction)
                self.assertEqual(survey.access_mode, "token")
                self.assertFalse(survey.users_login_required)
                self.assertFalse(survey.lang_ids)
                survey.check_validity()
