"""The host's screens show what a question measures, to who works with it."""

from ast import literal_eval

from lxml import etree

from odoo.tests import Form, new_test_user, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import MODULE, EduCase

SURVEY_USER = "survey.group_survey_user"


@tagged("post_install", "-at_install")
class TestQuestionScreens(EduCase):
    VIEWS = {
        "kanban": "survey.survey_survey_view_kanban",
        "list": "survey.survey_survey_view_tree",
        "form": "survey.survey_survey_view_form",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(cls.env, "stranger", groups=SURVEY_USER)
        cls.manager = new_test_user(
            cls.env, "both", groups=f"{SURVEY_USER},{MODULE}.group_edu_manager"
        )
        cls.survey = cls.make_questionnaire(rule.SERVICE)

    def fields_of(self, user, model, view_type):
        view = self.env[model].with_user(user).get_view(view_type=view_type)
        arch = etree.fromstring(view["arch"])
        return {node.get("name") for node in arch.iter("field")}

    def test_who_has_no_education_role_sees_no_dimension(self):
        for model in ("survey.question", "survey.survey"):
            for view_type in ("form", "list", "search"):
                with self.subTest(model=model, view=view_type):
                    shown = self.fields_of(self.stranger, model, view_type)
                    self.assertFalse([name for name in shown if name[:4] == "edu_"])

    def test_who_has_one_sees_it(self):
        for view_type in ("form", "list", "search"):
            with self.subTest(view=view_type):
                shown = self.fields_of(self.manager, "survey.question", view_type)
                self.assertIn("edu_dimension", shown)

    def test_a_survey_user_of_the_host_works_as_before(self):
        surveys = self.env["survey.survey"].with_user(self.stranger)
        survey = surveys.create(
            {
                "title": "Canteen",
                "question_and_page_ids": [
                    (0, 0, {"title": "Soup?", "question_type": "scale"})
                ],
            }
        )
        survey.question_ids.write({"scale_max": 5, "question_type": "text_box"})
        survey.copy().unlink()
        survey.action_archive()
        survey.unlink()

    def test_the_guards_hold_for_the_survey_user_of_the_host_too(self):
        sheet = self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "state": "in_progress"}
        )
        sheet._save_lines(self.survey.question_ids, "4")
        question = self.survey.question_ids.with_user(self.stranger)
        with self.assertRaisesRegex(Exception, "rchive"), self.cr.savepoint():
            question.write({"scale_max": 9})
        with self.assertRaisesRegex(Exception, "rchive"), self.cr.savepoint():
            question.unlink()

    def test_each_role_reads_what_the_screens_show(self):
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            for view_type in ("kanban", "list", "form"):
                view = (
                    self.env["survey.survey"]
                    .with_user(user)
                    .get_view(self.env.ref(self.VIEWS[view_type]).id, view_type)
                )
                names = [
                    node.get("name")
                    for node in etree.fromstring(view["arch"]).iter("field")
                    if not list(node.iterancestors("field"))
                ]
                with self.subTest(role=role, view=view_type):
                    self.env.invalidate_all()
                    self.survey.with_user(user).read(names)
                    self.survey.question_ids.with_user(user).read(["edu_dimension"])

    def test_a_manager_makes_a_questionnaire(self):
        user = self.make_user("manager")
        action = self.env.ref(f"{MODULE}.survey_survey_action_questionnaires")
        surveys = self.env["survey.survey"].with_user(user)
        with Form(surveys.with_context(**literal_eval(action.context))) as form:
            form.title = "Camp"
        survey = form.record
        self.assertRecordValues(
            survey,
            [
                {
                    "edu_is_satisfaction": True,
                    "survey_type": "survey",
                    "access_mode": "token",
                    "scoring_type": "no_scoring",
                }
            ],
        )
        questions = self.env["survey.question"].with_user(user)
        with Form(questions.with_context(default_survey_id=survey.id)) as form:
            form.title = "How was the camp?"
            form.question_type = "scale"
            form.scale_min = 1
            form.scale_max = 5
            form.edu_dimension = rule.PRODUCT
        question = form.record
        self.assertEqual(question.edu_measure, rule.EXPERIENCE)
        with Form(question) as form:
            form.question_type = "text_box"
        self.assertFalse(question.edu_dimension)
        copied = survey.copy()
        survey.action_archive()
        self.assertEqual(copied.title, "Camp (copy)")
        copied.unlink()

    def test_sharing_a_questionnaire_begins_a_campaign(self):
        leader = self.make_user("leader")
        action = self.survey.with_user(leader).action_send_survey()
        self.assertEqual(action["res_model"], "edu.survey.campaign")
        campaigns = self.env["edu.survey.campaign"].with_user(leader)
        with Form(campaigns.with_context(**action["context"])) as form:
            form.name = "Families"
        self.assertEqual(form.record.survey_id, self.survey)

    def test_results_of_a_questionnaire_are_those_of_its_waves(self):
        wave = self.make_wave(self.make_campaign(self.survey))
        other = self.make_wave()
        leader = self.make_user("leader")
        action = self.survey.with_user(leader).action_result_survey()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertIn(wave, found)
        self.assertNotIn(other, found)

    def test_the_buttons_of_other_surveys_do_what_they_did(self):
        survey = self.make_questionnaire(edu_is_satisfaction=False)
        for user in (self.stranger, self.manager):
            surveys = survey.with_user(user)
            self.assertEqual(surveys.action_send_survey()["res_model"], "survey.invite")
            self.assertIn("/survey/results/", surveys.action_result_survey()["url"])

    def test_no_other_role_makes_or_changes_one(self):
        for role in ("readonly", "agent", "leader"):
            user = self.make_user(role)
            with self.subTest(role=role):
                self.assertEqual(self.rights(user, "survey.survey"), "r")
                self.assertEqual(self.rights(user, "survey.question"), "r")
                survey = self.survey.with_user(user)
                self.assertRefused(survey.write, {"title": "Mine"})
                self.assertRefused(survey.question_ids.write, {"edu_dimension": False})

    def test_the_list_of_questionnaires_shows_ours_only(self):
        self.make_questionnaire(edu_is_satisfaction=False)
        action = self.env.ref(f"{MODULE}.survey_survey_action_questionnaires")
        domain = [("edu_is_satisfaction", "=", True)]
        self.assertEqual(action.domain, str(domain))
        found = self.env["survey.survey"].with_user(self.manager).search(domain)
        self.assertIn(self.survey, found)
        self.assertTrue(all(found.mapped("edu_is_satisfaction")))
