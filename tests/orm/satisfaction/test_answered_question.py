"""What was answered keeps its meaning, and stays."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestAnsweredQuestion(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.make_questionnaire(rule.TEACHING, rule.PRICE)
        cls.teaching, cls.price = cls.survey.question_ids

    def answer(self, question, answer="4", **values):
        sheet = self.env["survey.user_input"].create(
            {"survey_id": question.survey_id.id, "state": "in_progress", **values}
        )
        sheet._save_lines(question, answer)
        return sheet

    def assertKept(self, function, *arguments):
        with self.assertRaisesRegex(UserError, "rchive"), self.cr.savepoint():
            function(*arguments)

    # ------------------------------------------------------------------ questions
    def test_an_answered_question_is_not_deleted(self):
        self.answer(self.teaching)
        self.assertKept(self.teaching.unlink)
        self.price.unlink()

    def test_nor_by_the_form_of_its_questionnaire(self):
        self.answer(self.teaching)
        commands = [(2, self.teaching.id, 0)]
        self.assertKept(self.survey.write, {"question_and_page_ids": commands})

    def test_an_answered_question_measures_what_it_did(self):
        self.answer(self.teaching)
        other = self.make_questionnaire(rule.SERVICE)
        for name, value in (
            ("question_type", "text_box"),
            ("scale_min", 0),
            ("scale_max", 10),
            ("edu_dimension", rule.PRICE),
            ("edu_dimension", False),
            ("edu_measure", rule.EXPECTATION),
            ("survey_id", other.id),
            ("is_page", True),
        ):
            with self.subTest(field=name):
                self.assertKept(self.teaching.write, {name: value})

    def test_an_answered_question_can_be_worded_better(self):
        self.answer(self.teaching)
        self.teaching.write(
            {"title": "Better", "scale_min": 1, "scale_max": 5, "sequence": 9}
        )
        self.assertEqual(self.teaching.title, "Better")

    def test_a_question_nobody_answered_changes_freely(self):
        self.answer(self.teaching)
        self.price.write({"scale_min": 0, "edu_dimension": rule.SERVICE})
        self.assertEqual(self.price.edu_dimension, rule.SERVICE)

    def test_trying_out_is_no_answer(self):
        self.answer(self.teaching, test_entry=True)
        self.teaching.scale_max = 7
        self.teaching.unlink()
        self.survey.unlink()

    def test_a_chosen_choice_is_not_deleted(self):
        question = self.env["survey.question"].create(
            {
                "survey_id": self.survey.id,
                "title": "How?",
                "question_type": "simple_choice",
                "suggested_answer_ids": [
                    (0, 0, {"value": "By mail"}),
                    (0, 0, {"value": "By phone"}),
                ],
            }
        )
        mail, phone = question.suggested_answer_ids
        self.answer(question, mail.id)
        self.assertKept(mail.unlink)
        phone.unlink()

    def test_other_surveys_of_the_host_are_left_alone(self):
        survey = self.make_questionnaire(rule.TEACHING, edu_is_satisfaction=False)
        self.answer(survey.question_ids)
        survey.question_ids.scale_max = 7
        survey.question_ids.unlink()
        survey.unlink()

    # ------------------------------------------------------------------ questionnaires
    def test_an_answered_questionnaire_is_not_deleted(self):
        self.answer(self.teaching)
        self.assertKept(self.survey.unlink)

    def test_an_answered_questionnaire_stays_one(self):
        self.answer(self.teaching)
        with self.assertRaisesRegex(UserError, "stays a satisfaction"):
            self.survey.edu_is_satisfaction = False

    def test_a_questionnaire_of_a_campaign_stays_one(self):
        self.make_campaign(self.survey)
        with self.assertRaisesRegex(UserError, "stays a satisfaction"):
            self.survey.edu_is_satisfaction = False

    def test_a_questionnaire_is_archived_after_its_waves(self):
        wave = self.make_wave(self.make_campaign(self.survey))
        with self.assertRaisesRegex(UserError, "being asked"):
            self.survey.action_archive()
        wave.state = "closed"
        self.survey.action_archive()
        self.assertFalse(self.survey.active)

    def test_a_copy_of_an_answered_questionnaire_changes_freely(self):
        self.answer(self.teaching)
        self.survey.action_archive()
        copied = self.survey.copy()
        copied.question_ids[0].scale_max = 7
        copied.question_ids[1].unlink()
        self.assertEqual(len(copied.question_ids), 1)

    def test_guarding_many_questions_takes_one_look_at_answers(self):
        many = self.make_questionnaire(*rule.CONTENTS * 3).question_ids
        many, two = many.browse(many.ids), many.browse(self.survey.question_ids.ids)
        # Reading the questions, looking for answers, writing.
        self.assertLessEqual(self.queries(two.write, {"scale_max": 7}), 3)
        self.assertLessEqual(self.queries(many.write, {"scale_max": 7}), 3)
