"""What a question measures, and what its answers may be."""

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestQuestion(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.make_questionnaire(rule.TEACHING, rule.RECOMMENDATION)
        cls.teaching, cls.recommendation = cls.survey.question_ids
        cls.sheet = cls.env["survey.user_input"].create({"survey_id": cls.survey.id})

    def assertInvalid(self, question, **values):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            question.write(values)
            self.env.flush_all()

    def line(self, question):
        return self.sheet.user_input_line_ids.filtered(
            lambda line: line.question_id == question
        )

    # ------------------------------------------------------------------ dimension
    def test_only_a_scale_has_a_dimension(self):
        text = self.env["survey.question"].create(
            {"survey_id": self.survey.id, "title": "Why?", "question_type": "text_box"}
        )
        self.assertInvalid(text, edu_dimension=rule.PRICE)

    def test_a_scale_that_becomes_a_text_loses_its_dimension(self):
        self.teaching.question_type = "text_box"
        self.env.flush_all()
        self.assertFalse(self.teaching.edu_dimension)

    def test_a_dimension_needs_a_measure(self):
        self.assertInvalid(self.teaching, edu_measure=False)

    def test_a_question_measures_experience_if_nothing_is_said(self):
        question = self.env["survey.question"].create(
            {"survey_id": self.survey.id, "title": "New", "question_type": "scale"}
        )
        self.assertEqual(question.edu_measure, rule.EXPERIENCE)

    def test_the_recommendation_is_asked_on_zero_to_ten(self):
        self.assertInvalid(self.recommendation, scale_min=1)
        self.assertInvalid(self.recommendation, scale_max=5)
        self.assertInvalid(self.recommendation, edu_measure=rule.EXPECTATION)

    def test_a_copy_of_the_questionnaire_measures_the_same(self):
        copied = self.survey.copy()
        self.assertTrue(copied.edu_is_satisfaction)
        for name in ("edu_dimension", "edu_measure", "scale_min", "scale_max"):
            self.assertEqual(
                copied.question_ids.mapped(name), self.survey.question_ids.mapped(name)
            )

    # ------------------------------------------------------------------ range
    def test_an_answer_off_the_scale_is_refused(self):
        for answer in ("0", "6", 99, -1, "-1", "3.5", 3.5, "1_0", "five", True, [3]):
            with self.subTest(answer=answer):
                errors = self.teaching.validate_question(answer)
                self.assertIn("from 1 to 5", errors[self.teaching.id])

    def test_an_answer_on_the_scale_is_taken(self):
        for answer in ("1", " 5 ", 3):
            with self.subTest(answer=answer):
                self.assertFalse(self.teaching.validate_question(answer))

    def test_no_answer_is_asked_for_only_where_it_is_mandatory(self):
        self.assertFalse(self.teaching.validate_question(""))
        self.teaching.constr_mandatory = True
        self.assertTrue(self.teaching.validate_question("  "))

    def test_zero_is_an_answer(self):
        self.recommendation.constr_mandatory = True
        for answer in (0, "0"):
            with self.subTest(answer=answer):
                self.assertFalse(self.recommendation.validate_question(answer))
                self.sheet._save_lines(self.recommendation, answer)
                line = self.line(self.recommendation)
                self.assertFalse(line.skipped)
                self.assertEqual((line.answer_type, line.value_scale), ("scale", 0))

    def test_a_line_off_the_scale_is_refused_whoever_stores_it(self):
        with self.assertRaisesRegex(ValidationError, "from 1 to 5"):
            self.sheet._save_lines(self.teaching, "99")
        self.sheet._save_lines(self.teaching, "4")
        with self.assertRaisesRegex(ValidationError, "from 1 to 5"):
            self.line(self.teaching).value_scale = 0

    def test_the_check_costs_no_query(self):
        self.sheet._save_lines(self.teaching, "4")
        line = self.line(self.teaching)
        with self.count_queries() as result:
            line._check_edu_on_scale()
        self.assertEqual(result, [0])
