from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestSteps(EduCase):
    def test_the_steps_come_in_order_and_say_what_is_missing(self):
        complaint = self.make_complaint()
        complaint.action_next_step()
        self.assertEqual(complaint.state, "record")
        with self.assertRaisesRegex(ValidationError, "the type, what happened"):
            complaint.action_next_step()
        self.bring(complaint, "feedback")
        self.assertEqual(complaint.state, "feedback")

    def test_import_obeys_too(self):
        customer = self.make_customer()
        with self.assertRaisesRegex(ValidationError, "severity"):
            self.env["edu.complaint"].create(
                {
                    "subject": "Import",
                    "partner_id": customer.id,
                    "type_id": self.complaint_type("product_problem").id,
                    "description": "Broken",
                    "state": "plan",
                }
            )

    def test_what_a_step_was_left_with_cannot_be_taken_away(self):
        complaint = self.make_complaint(step="implement")
        with self.assertRaisesRegex(ValidationError, "handling plan"):
            complaint.plan = " "

    def test_nobody_closes_by_writing_the_state(self):
        complaint = self.make_complaint(step="feedback")
        agent = self.make_user("agent")
        complaint.user_id = agent
        with self.assertRaisesRegex(UserError, "buttons"):
            complaint.with_user(agent).state = "closed"

    def test_only_a_leader_goes_back(self):
        agent, leader = self.make_user("agent"), self.make_user("leader")
        team = self.make_complaint_team(agent, leader_id=leader.id)
        complaint = self.make_complaint(step="plan", team_id=team.id, user_id=agent.id)
        with self.assertRaisesRegex(UserError, "leader"):
            complaint.with_user(agent).state = "assess"
        complaint.with_user(leader).state = "assess"
        self.assertEqual(complaint.state, "assess")

    def test_each_step_leaves_its_moment(self):
        complaint = self.make_complaint(step="implement")
        self.assertTrue(complaint.recorded_at)
        self.assertTrue(complaint.planned_at)
        self.assertFalse(complaint.decided_at)
