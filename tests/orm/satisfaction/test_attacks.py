from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .attacks import FORGED, LINE, SCORE, SHEET, WHO, AttackCase


@tagged("post_install", "-at_install")
class TestAttacksOnIdentity(AttackCase):
    """An agent works with figures; who said what needs a leader."""

    def test_an_agent_reads_the_figures(self):
        scores = self.model(SCORE, self.agent)
        groups = scores.formatted_read_group([], ["dimension"], ["experience:avg"])
        self.assertEqual([g["experience:avg"] for g in groups], [25])

    def test_an_agent_asks_for_no_names(self):
        scores = self.model(SCORE, self.agent, **FORGED)
        own = scores.search([])
        self.assertTrue(own)
        for name in WHO:
            path = f"{name}.display_name"
            with self.subTest(field=name):
                self.assertRefused(own.read, [name])
                self.assertRefused(own.web_read, {name: {}})
                self.assertRefused(own.export_data, [name])
                self.assertRefused(own.search_read, [], [name])
                self.assertRefused(scores.search, [(name, "!=", False)])
                self.assertRefused(scores.search, [(path, "ilike", "Known")])
                self.assertRefused(scores.search, [], order=f"{name} desc")
                self.assertRefused(scores.search_count, [(name, "!=", False)])
                self.assertRefused(scores.formatted_read_group, [], [name])
                self.assertRefused(
                    scores.formatted_read_group, [], [], [f"{name}:count_distinct"]
                )
                self.assertRefused(own.grouped, name)
                self.assertRefused(own.mapped, name)
                self.assertRefused(own.filtered_domain, [(name, "!=", False)])

    def test_a_leader_reads_them(self):
        leader = self.make_user("leader")
        self.team().member_ids |= leader | self.agent
        own = self.model(SCORE, leader).search([])
        self.assertEqual(own.partner_id, self.customer)

    def test_an_agent_opens_no_sheet(self):
        sheet = self.sheet.with_user(self.agent)
        invitation = self.sheet.edu_invitation_id.with_user(self.agent)
        self.assertEqual(invitation.read(["state"])[0]["state"], "done")
        value = "input_id.user_input_line_ids.value_scale"
        self.tries(
            lambda: sheet.read(["state"]),
            lambda: sheet.user_input_line_ids.read(["value_scale"]),
            lambda: sheet.search([]),
            lambda: self.model(LINE, self.agent).search([]),
            lambda: invitation.search([(value, "=", 2)]),
            lambda: invitation.search([("input_id.state", "=", "done")]),
            lambda: invitation.export_data([value.replace(".", "/")])["datas"][0][0],
            lambda: invitation.web_read(
                {"input_id": {"fields": {"user_input_line_ids": {}}}}
            )[0]["input_id"]["user_input_line_ids"],
        )

    def test_no_one_gets_the_links_of_others(self):
        invitation = self.sheet.edu_invitation_id
        for role in ("readonly", "agent", "leader", "manager"):
            row = invitation.with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertRefused(row.read, ["token"])
                self.assertRefused(row.search, [("token", "like", "a%")])

    def test_an_agent_forges_no_answer(self):
        values = {"survey_id": self.survey.id, "edu_wave_id": self.known.id}
        self.tries(
            lambda: self.model(SHEET, self.agent, **FORGED).create(values),
            lambda: self.sheet.with_user(self.agent).write({"edu_wave_id": False}),
            lambda: self.model(SCORE, self.agent, **FORGED).create(
                {"dimension": rule.OVERALL, "experience": 100}
            ),
        )

    def test_who_runs_the_surveys_does_not_move_answers(self):
        officer = self.make_user("readonly")
        officer.group_ids |= self.env.ref("survey.group_survey_user")
        sheet = self.sheet.with_user(officer).with_context(**FORGED)
        self.assertTrue(sheet.read(["state"]))
        for name in ("edu_wave_id", "edu_invitation_id", "edu_interviewer_id"):
            self.assertRefused(sheet.write, {name: False})
        self.assertRefused(sheet.write, {"edu_is_anonymous": True})
        self.assertRefused(sheet.write, {"edu_method": "phone_interview"})
        question = self.survey.question_ids[0].with_user(officer)
        self.assertRefused(question.write, {"edu_dimension": rule.PRICE})
        survey = self.make_questionnaire().with_user(officer)
        self.assertRefused(survey.write, {"edu_is_satisfaction": False})


@tagged("post_install", "-at_install")
class TestAttacksFromAnotherCompany(AttackCase):
    def test_who_runs_surveys_elsewhere_sees_no_answer(self):
        other = self.make_company()
        user = self.make_user("manager", company=other)
        user.group_ids |= self.env.ref("survey.group_survey_manager")
        sheet = self.sheet.with_user(user)
        self.tries(
            lambda: sheet.read(["state"]),
            lambda: sheet.search([("edu_wave_id", "=", self.known.id)]),
            lambda: sheet.user_input_line_ids.read(["value_scale"]),
            lambda: self.model(LINE, user).search(
                [("user_input_id", "=", self.sheet.id)]
            ),
            lambda: self.model(SCORE, user).search([("wave_id", "=", self.known.id)]),
            lambda: self.model("edu.survey.invitation", user).search(
                [("wave_id", "=", self.known.id)]
            ),
        )

    def test_other_surveys_of_the_host_are_left_alone(self):
        officer = self.make_user("employee")
        officer.group_ids |= self.env.ref("survey.group_survey_user")
        survey = self.env["survey.survey"].create(
            {
                "title": "Canteen",
                "question_and_page_ids": [Command.create({"title": "Good?"})],
            }
        )
        sheet = survey.sudo()._create_answer(email="a@example.com")
        self.assertTrue(sheet.with_user(officer).read(["email"]))
