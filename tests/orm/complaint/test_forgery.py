from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase

FORGED = {
    "level": "agent",
    "name": "CMP/1999/00001",
    "closed_at": "2020-01-01 00:00:00",
    "decided_at": "2020-01-01 00:00:00",
    "recorded_at": "2020-01-01 00:00:00",
    "acknowledged_at": "2020-01-01 00:00:00",
    "last_told_at": "2020-01-01 00:00:00",
    "recorded_by_id": False,
    "merged_into_id": False,
}


@tagged("post_install", "-at_install")
class TestForgery(EduCase):
    def setUp(self):
        super().setUp()
        self.agent, self.leader = self.make_user("agent"), self.make_user("leader")
        self.complaints = self.make_complaint_team(self.agent, leader_id=self.leader.id)

    def make(self, **values):
        return self.make_complaint(
            team_id=self.complaints.id, user_id=self.agent.id, **values
        )

    def test_what_follows_from_the_handling_is_typed_by_nobody(self):
        complaint = self.make()
        for user in (self.agent, self.leader):
            for name, value in FORGED.items():
                with (
                    self.subTest(user=user.login, field=name),
                    self.assertRaisesRegex(UserError, "by hand"),
                ):
                    complaint.with_user(user).write({name: value})

    def test_neither_values_nor_defaults_forge_a_new_one(self):
        values = {"subject": "New", "partner_id": self.make_customer().id}
        for name, value in FORGED.items():
            if name == "name":
                continue
            complaints = self.env["edu.complaint"].with_user(self.agent)
            with self.subTest(field=name), self.assertRaises(UserError):
                complaints.create({**values, name: value})
            with self.subTest(default=name), self.assertRaises(UserError):
                complaints.with_context({f"default_{name}": value}).create(values)

    def test_an_agent_cannot_lower_the_level_to_close_it(self):
        complaint = self.make(type="service_attitude", step="record")
        self.assertEqual(complaint.level, "team_leader")
        complaint.user_id = self.agent
        with self.assertRaises(UserError):
            complaint.with_user(self.agent).level = "agent"
        with self.assertRaisesRegex(UserError, "escalated"):
            complaint.with_user(self.agent).action_withdraw()

    def test_an_agent_takes_no_safety_matter_back(self):
        complaint = self.make(is_safety=True)
        complaint.user_id = self.agent
        with self.assertRaisesRegex(UserError, "safety"):
            complaint.with_user(self.agent).is_safety = False
        complaint.with_user(self.leader).is_safety = False

    def test_the_steps_of_an_agent_still_leave_their_moments(self):
        complaint = self.make()
        self.bring(complaint.with_user(self.agent), "plan")
        self.assertTrue(complaint.assessed_at)

    def test_a_copy_is_hidden_from_the_same_people(self):
        teacher = self.make_user("agent")
        self.complaints.member_ids |= teacher
        complaint = self.make(accused_partner_ids=[Command.set(teacher.partner_id.ids)])
        copy = complaint.copy()
        self.assertEqual(copy.accused_partner_ids, teacher.partner_id)
        self.assertFalse(copy.with_user(teacher).search_count([("id", "=", copy.id)]))

    def test_what_follows_and_what_it_is_merged_into_are_hidden_too(self):
        teacher = self.make_person()
        complaint = self.make(accused_partner_ids=[Command.set(teacher.ids)])
        later = self.make(previous_id=complaint.id)
        self.assertEqual(later.accused_partner_ids, teacher)
        other = self.make_person()
        complaint.accused_partner_ids |= other
        self.assertEqual(later.accused_partner_ids, teacher | other)
