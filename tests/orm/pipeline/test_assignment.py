"""Leads without team are assigned by the host's rules, on the stage of education."""

from ast import literal_eval

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import EduCase

QUIET = mute_logger("odoo.addons.crm.models.crm_team")


@tagged("post_install", "-at_install")
class TestAssignment(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team"].search([]).crm_team_member_ids.assignment_max = 0
        cls.agents = {}
        for code in ("school", "career"):
            agent = cls.agents[code] = cls.make_user("agent")
            cls.env["crm.team.member"].create(
                {
                    "crm_team_id": cls.team(code).id,
                    "user_id": agent.id,
                    "assignment_max": 300,
                }
            )

    def free_lead(self, code):
        return self.make_lead(
            self.env["res.partner"],
            team_id=False,
            user_id=False,
            edu_stage_ids=[Command.set(self.stage(code).ids)] if code else False,
        )

    def assign(self, user=None):
        teams = self.team() | self.team("career")
        with QUIET:
            teams.with_user(user or self.env.user).action_assign_leads()
        self.env.invalidate_all()

    def test_leads_go_to_the_team_that_serves_their_stage(self):
        """PIPE-29."""
        primary, vocational = self.free_lead("primary"), self.free_lead("vocational")
        neither = self.free_lead(None)
        self.assign()
        self.assertEqual(primary.team_id, self.team())
        self.assertEqual(primary.user_id, self.agents["school"])
        self.assertEqual(primary.stage_id, self.step("prospect"))
        self.assertEqual(vocational.team_id, self.team("career"))
        self.assertFalse(neither.team_id)

    def test_a_sales_manager_without_education_role_may_assign(self):
        user = self.make_user("salesperson")
        user.group_ids |= self.env.ref("sales_team.group_sale_manager")
        lead = self.free_lead("primary")
        self.assign(user)
        self.assertEqual(lead.team_id, self.team())

    def test_the_domain_follows_the_stages_of_the_team(self):
        self.team().edu_stage_ids = self.stage("primary")
        self.assertEqual(
            literal_eval(self.team().assignment_domain),
            [("edu_stage_ids", "in", self.stage("primary").ids)],
        )

    def test_a_domain_written_by_hand_stays(self):
        written = "[('city', '=', 'Shanghai')]"
        self.team().assignment_domain = written
        self.team().edu_stage_ids = self.stage("primary")
        self.assertEqual(self.team().assignment_domain, written)

    def test_a_team_shows_the_share_of_leads_in_its_target(self):
        """LEAD-17."""
        self.env["crm.lead"].search([("team_id", "=", self.team().id)]).unlink()
        for code in ("primary", "primary", "secondary", "higher"):
            self.make_prospect(edu_stage_ids=[Command.set(self.stage(code).ids)])
        self.assertEqual(self.team().edu_target_share, 0.75)
        self.assertEqual(self.team("career").edu_target_share, 0)
