from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestMeasureApproval(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {"edu_measure_agent_limit": 100, "edu_measure_leader_limit": 1000}
        )
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.manager = cls.make_user("manager")
        cls.complaint_team = cls.make_complaint_team(
            cls.agent, leader_id=cls.leader.id, manager_id=cls.manager.id
        )

    def ask(self, cost, user=None, **values):
        """Return a compensation that ``user`` made and asked to be approved."""
        complaint = self.make_complaint(
            step="implement",
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            **values,
        )
        measure = self.make_measure(
            complaint, "comp_other", user or self.agent, cost=cost
        )
        measure.action_request()
        return measure

    def test_a_small_amount_needs_nobody(self):
        measure = self.ask(100)
        self.assertEqual(measure.state, "approved")
        self.assertFalse(measure.approved_by_id)
        measure.action_done()
        self.assertEqual(measure.state, "done")

    def test_a_middle_amount_needs_the_leader(self):
        measure = self.ask(100.01)
        self.assertEqual(measure.state, "to_approve")
        self.assertEqual(measure.approval_level, "team_leader")
        with self.assertRaises(UserError):
            measure.action_done()
        measure.with_user(self.leader).action_approve()
        self.assertRecordValues(
            measure,
            [
                {
                    "state": "approved",
                    "requested_by_id": self.agent.id,
                    "approved_by_id": self.leader.id,
                }
            ],
        )
        self.assertTrue(measure.approved_at)
        measure.action_done()

    def test_a_large_amount_needs_the_manager(self):
        measure = self.ask(1001)
        with self.assertRaisesRegex(UserError, "Supervisor"):
            measure.with_user(self.leader).action_approve()
        measure.with_user(self.manager).action_approve()
        self.assertEqual(measure.approved_by_id, self.manager)

    def test_an_agent_approves_nothing(self):
        other = self.make_user("agent")
        measure = self.ask(500)
        self.complaint_team.member_ids += other
        with self.assertRaises(UserError):
            measure.with_user(other).action_approve()
        with self.assertRaises(UserError):
            measure.with_user(self.agent).action_approve()

    def test_nobody_approves_what_one_asked_for(self):
        for user in (self.leader, self.manager):
            measure = self.ask(500, user)
            self.assertEqual(measure.state, "to_approve")
            with self.assertRaisesRegex(UserError, "oneself"):
                measure.action_approve()

    def test_nor_what_one_made_for_another_to_ask(self):
        complaint = self.make_complaint(
            step="implement", team_id=self.complaint_team.id, user_id=self.agent.id
        )
        measure = self.make_measure(complaint, "comp_other", self.leader, cost=500)
        measure.with_user(self.agent).action_request()
        with self.assertRaisesRegex(UserError, "oneself"):
            measure.action_approve()

    def test_whom_it_is_about_approves_nothing(self):
        measure = self.ask(500)
        measure.complaint_id.accused_partner_ids = self.leader.partner_id
        with self.assertRaises(AccessError):
            measure.with_user(self.leader).action_approve()
        # Not even past the rules of access.
        with self.assertRaises(UserError):
            measure.with_user(self.leader).sudo().action_approve()

    def test_the_leader_is_called_and_let_go(self):
        measure = self.ask(500)
        activity = measure.sudo().complaint_id.activity_ids
        self.assertEqual(activity.user_id, self.leader)
        measure.with_user(self.leader).action_approve()
        self.assertFalse(activity.exists())

    def test_whom_it_is_about_is_not_called(self):
        measure = self.ask(
            500, self.manager, accused_partner_ids=self.leader.partner_id
        )
        self.assertNotIn(self.leader, measure.sudo().complaint_id.activity_ids.user_id)

    def test_what_was_asked_for_stays_as_it_is(self):
        measure = self.ask(500)
        for vals in ({"cost": 1}, {"kind": "rectify"}, {"is_repair": True}):
            with self.assertRaises(UserError):
                measure.write(vals)
        measure.write({"cost": 500, "description": "Books"})
        measure.with_user(self.leader).action_approve()
        with self.assertRaises(UserError):
            measure.cost = 5000
        measure.action_take_back()
        self.assertFalse(measure.approved_by_id)
        measure.cost = 5000
        with self.assertRaises(UserError):
            measure.action_done()

    def test_a_large_amount_does_not_go_through_in_small_ones(self):
        complaint = self.ask(100).complaint_id
        second = self.make_measure(complaint, "comp_other", self.agent, cost=50)
        self.assertEqual(second.approval_level, "team_leader")
        apology = self.make_measure(complaint, "apologise", self.agent)
        self.assertEqual(apology.approval_level, "agent")

    def test_a_free_course_counts_at_its_list_price(self):
        complaint = self.make_family_complaint(
            price=3000, user_id=self.agent.id, team_id=self.complaint_team.id
        )
        measure = self.make_measure(complaint, "comp_free_course", self.agent)
        measure.cost = 1
        self.assertEqual(measure.approval_level, "supervisor")
        with self.assertRaisesRegex(UserError, "approve"):
            measure.action_make_document()

    def test_the_limits_are_in_order(self):
        company = self.env.company
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            company.edu_measure_agent_limit = 5000
            company.flush_recordset()
