"""Staff makes contacts members by a button."""

from odoo.exceptions import UserError

from ..common import EduCase


class TestMakeMember(EduCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program()
        self.agent = self.make_user("agent")

    def make_members(self, partners, user=None):
        return partners.with_user(user or self.agent).action_edu_make_members()

    def test_an_agent_makes_members_once(self):
        people = self.make_people(3, edu_is_customer=True)
        self.make_members(people)
        self.make_members(people)
        self.assertEqual(len(people.edu_card_ids), 3)
        self.assertEqual(people.edu_card_ids.program_id, self.program)

    def test_the_card_of_a_child_is_the_guardian_s(self):
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        action = self.make_members(learner)
        self.assertEqual(action["res_id"], guardian.edu_card_ids.id)
        self.assertFalse(learner.edu_card_ids)

    def test_a_program_is_needed(self):
        self.env.company.edu_member_program_id = False
        with self.assertRaises(UserError):
            self.make_members(self.make_customer())

    def test_others_make_no_members(self):
        customer = self.make_customer()
        for role in ("readonly", "salesperson"):
            with self.subTest(role):
                self.assertRefused(self.make_members, customer, self.make_user(role))
