"""Education teams work with stages of their own; everybody else works as before."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase

STEPS = ["prospect", "consulting", "trial", "signing", "payment", "enrolled"]


@tagged("post_install", "-at_install")
class TestStages(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = cls.env["crm.team"].create({"name": "Corporate sales"})
        cls.shared = cls.env["crm.stage"].search([("team_ids", "=", False)])

    def stages_of(self, team):
        """Return the columns of the team's kanban, empty ones too."""
        leads = self.env["crm.lead"].with_context(default_team_id=team.id)
        return self.columns(leads, [("team_id", "=", team.id)])

    def columns(self, leads, domain):
        leads = leads.with_context(read_group_expand=True)
        groups = leads.web_read_group(domain, ["stage_id"], ["__count"])["groups"]
        ids = [group["stage_id"][0] for group in groups if group["stage_id"]]
        return self.env["crm.stage"].browse(ids)

    # ------------------------------------------------------------------ data
    def test_the_six_steps_in_order_end_in_a_won_stage(self):
        """PIPE-02."""
        stages = self.stages_of(self.team())
        self.assertEqual(stages.mapped("edu_step"), STEPS)
        self.assertEqual(stages.mapped("is_won"), [False] * 5 + [True])

    def test_each_step_says_who_acts_how_and_when(self):
        """PIPE-23."""
        for code in STEPS:
            with self.subTest(step=code):
                stage = self.step(code)
                self.assertTrue(stage.requirements)
                self.assertTrue(stage.edu_role)
                self.assertEqual(bool(stage.rotting_threshold_days), not stage.is_won)

    def test_the_standard_is_translated(self):
        stage = self.step("trial")
        english = stage.requirements
        stage.with_context(lang="zh_CN").requirements = "课程当天记录结果"
        self.assertEqual(stage.requirements, english)

    def test_the_standard_is_the_tooltip_of_the_column(self):
        """PIPE-23."""
        arch = self.env["crm.lead"].get_view(
            self.env.ref("crm.crm_case_kanban_view_leads").id
        )["arch"]
        self.assertIn("requirements", arch)
        self.assertIn("edu_role", arch)

    def test_a_lead_beyond_the_limit_of_its_stage_is_rotting(self):
        """PIPE-23."""
        lead = self.make_prospect()
        self.assertFalse(lead.is_rotting)
        lead.date_last_stage_update = self.moment_ago(4)
        self.env.invalidate_all()
        self.assertTrue(lead.is_rotting)
        self.assertIn(lead, self.env["crm.lead"].search([("is_rotting", "=", True)]))

    def test_both_teams_have_the_stages_and_serve_their_stages_of_education(self):
        """PIPE-01."""
        self.assertEqual(self.stages_of(self.team("career")).mapped("edu_step"), STEPS)
        served = self.team().edu_stage_ids.mapped("code")
        self.assertEqual(served, ["preschool", "primary", "secondary"])
        self.assertEqual(
            self.team("career").edu_stage_ids.mapped("code"), ["higher", "vocational"]
        )

    # ------------------------------------------------------------------ columns
    def test_an_education_team_does_not_show_shared_stages(self):
        self.assertTrue(self.shared)
        self.assertFalse(self.stages_of(self.team()) & self.shared)

    def test_another_team_shows_shared_stages_and_none_of_ours(self):
        self.make_prospect()
        self.assertEqual(self.stages_of(self.sales), self.shared)

    def test_the_pipeline_without_a_team_is_as_before(self):
        columns = self.columns(self.env["crm.lead"], [("team_id", "=", self.sales.id)])
        self.assertEqual(columns, self.shared)

    def test_the_education_screen_shows_the_stages_of_all_education_teams(self):
        """PIPE-01."""
        action = self.env.ref(f"{MODULE}.crm_lead_action_education")
        leads = self.env["crm.lead"].with_context(edu_pipeline=True)
        columns = self.columns(leads, [("id", "=", 0)])
        self.assertIn("edu_pipeline", action.context)
        self.assertEqual(columns.mapped("edu_step"), STEPS)

    def test_my_pipeline_shows_the_columns_of_my_teams(self):
        for teams, own in ((self.team(), True), (self.team() | self.sales, False)):
            with self.subTest(teams=teams.mapped("name")):
                self.env["ir.config_parameter"].set_param(
                    "sales_team.membership_multi", True
                )
                agent = self.make_user("agent")
                self.env["crm.team.member"].create(
                    [{"crm_team_id": t.id, "user_id": agent.id} for t in teams]
                )
                leads = self.env["crm.lead"].with_user(agent)
                columns = self.columns(
                    leads.with_context(show_user_team_stages=1), [("id", "=", 0)]
                )
                self.assertEqual(not columns & self.shared, own)

    # ------------------------------------------------------------------ finding a stage
    def test_a_new_lead_of_an_education_team_is_a_prospect(self):
        self.assertEqual(self.make_prospect().stage_id, self.step("prospect"))

    def test_a_new_lead_of_another_team_starts_in_a_shared_stage(self):
        lead = self.make_lead(self.env["res.partner"], team_id=self.sales.id)
        self.assertEqual(lead.stage_id, self.shared[0])

    def test_a_lead_that_comes_to_an_education_team_gets_its_first_stage(self):
        lead = self.make_lead(self.env["res.partner"], team_id=self.sales.id)
        lead.stage_id = self.shared[1]
        lead.team_id = self.team()
        self.assertEqual(lead.stage_id, self.step("prospect"))

    def test_a_lead_that_changes_between_education_teams_keeps_its_stage(self):
        lead = self.make_prospect(stage_id=self.step("trial").id)
        lead.team_id = self.team("career")
        self.assertEqual(lead.stage_id, self.step("trial"))

    def test_a_lead_that_leaves_starts_in_a_shared_stage(self):
        for team in (self.sales, self.env["crm.team"]):
            with self.subTest(team=team.name):
                lead = self.make_prospect(stage_id=self.step("trial").id)
                lead.team_id = team
                self.assertEqual(lead.stage_id, self.shared[0])

    def test_no_lead_is_put_into_a_stage_of_others(self):
        for team, stage in (
            (self.team(), self.shared[0]),
            (self.sales, self.step("trial")),
        ):
            lead = self.make_lead(self.env["res.partner"], team_id=team.id)
            with self.subTest(team=team.name), self.assertRaises(ValidationError):
                lead.stage_id = stage

    def test_won_is_the_won_stage_of_each_lead(self):
        education = self.make_prospect(edu_has_wish=True)
        other = self.make_lead(self.env["res.partner"], team_id=self.sales.id)
        (education | other).action_set_won()
        self.assertEqual(education.stage_id, self.step("enrolled"))
        self.assertIn(other.stage_id, self.shared)
        self.assertEqual(set((education | other).mapped("won_status")), {"won"})

    def test_the_form_of_a_plain_salesperson_opens(self):
        user = self.make_user("salesperson")
        lead = self.make_prospect(user_id=user.id)
        with Form(lead.with_user(user)) as form:
            form.name = "Seen"
        self.assertEqual(lead.name, "Seen")

    # ------------------------------------------------------------------ team
    def test_a_lead_stays_with_its_team_when_somebody_without_team_takes_it(self):
        lead = self.make_prospect(stage_id=self.step("trial").id, user_id=False)
        lead.user_id = self.make_user("manager")
        self.assertEqual(lead.team_id, self.team())
        self.assertEqual(lead.stage_id, self.step("trial"))

    def test_a_lead_follows_its_owner_to_another_education_team(self):
        lead = self.make_prospect(stage_id=self.step("trial").id, user_id=False)
        agent = self.make_user("agent")
        self.team("career").member_ids = agent
        lead.user_id = agent
        self.assertEqual(lead.team_id, self.team("career"))
        self.assertEqual(lead.stage_id, self.step("trial"))

    def test_the_education_screens_make_leads_of_education_teams(self):
        leads = self.env["crm.lead"].with_user(self.make_user("manager"))
        lead = leads.with_context(edu_pipeline=True).create({"name": "Walk-in"})
        self.assertEqual(lead.team_id, self.team())

    def test_elsewhere_nobody_gets_an_education_team_without_working_there(self):
        self.env["crm.team"].search([("edu_is_education", "=", False)]).active = False
        leads = self.env["crm.lead"].with_user(self.make_user("manager"))
        self.assertFalse(leads.create({"name": "Toner"}).team_id)

    def test_who_works_in_an_education_team_makes_its_leads_everywhere(self):
        agent = self.make_user("agent")
        self.team("career").member_ids = agent
        lead = self.env["crm.lead"].with_user(agent).create({"name": "Design"})
        self.assertEqual(lead.team_id, self.team("career"))

    # ------------------------------------------------------------------ merging
    def test_merging_into_an_education_team_ends_in_one_of_its_stages(self):
        ours = self.make_prospect()
        other = self.make_lead(self.env["res.partner"], team_id=self.sales.id)
        other.stage_id = self.shared[2]
        merged = (ours | other).merge_opportunity(team_id=self.team().id)
        self.assertEqual(merged.team_id, self.team())
        self.assertIn(self.team(), merged.stage_id.team_ids)

    def test_merging_into_another_team_ends_in_a_shared_stage(self):
        ours = self.make_prospect(stage_id=self.step("trial").id)
        other = self.make_lead(self.env["res.partner"], team_id=self.sales.id)
        merged = (ours | other).merge_opportunity(team_id=self.sales.id)
        self.assertIn(merged.stage_id, self.shared)

    # ------------------------------------------------------------------ configuration
    def test_a_new_education_team_gets_the_stages(self):
        team = self.env["crm.team"].create({"name": "North", "edu_is_education": True})
        self.assertEqual(self.stages_of(team).mapped("edu_step"), STEPS)

    def test_a_team_with_stages_of_its_own_keeps_them(self):
        team = self.env["crm.team"].create({"name": "North"})
        own = self.env["crm.stage"].create(
            {"name": "Open", "team_ids": [Command.link(team.id)]}
        )
        team.edu_is_education = True
        self.assertEqual(self.stages_of(team), own)

    def test_an_education_step_without_team_is_refused(self):
        with self.assertRaises(ValidationError):
            self.step("trial").team_ids = [Command.clear()]

    def test_a_plain_sales_manager_cannot_change_our_fields(self):
        user = self.make_user("salesperson")
        user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        team = self.sales.with_user(user)
        self.assertFalse(team.edu_is_education)
        with self.assertRaises(AccessError):
            team.edu_is_education = True
