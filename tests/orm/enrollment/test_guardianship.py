"""Whom an agent may make a guardian: guardians see the learner's pages."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestGuardianship(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.colleague = cls.make_user("agent"), cls.make_user("agent")
        cls.login = cls.make_user("portal").partner_id
        cls.nobody = cls.make_person()

    def make_link(self, guardian, learner, user=None):
        links = self.env["edu.guardianship"].with_user(user or self.agent)
        return links.create({"guardian_id": guardian.id, "learner_id": learner.id})

    def enrolled(self, adviser):
        """Return a learner with an enrollment that ``adviser`` looks after."""
        enrollment = self.make_enrollment()
        enrollment.user_id = adviser
        self.env.flush_all()
        return enrollment.learner_id

    def assertRefused(self, guardian, learner, user=None):
        with self.assertRaisesRegex(AccessError, "sees the enrollments"):
            self.make_link(guardian, learner, user)

    def test_an_agent_opens_no_pages_of_others(self):
        self.assertRefused(self.login, self.enrolled(self.colleague))
        self.assertRefused(self.nobody, self.enrolled(self.colleague))

    def test_an_agent_prepares_no_login_for_later(self):
        self.assertRefused(self.login, self.make_learner())

    def test_a_login_that_is_archived_counts(self):
        self.login.user_ids.action_archive()
        self.assertRefused(self.login, self.make_learner())

    def test_a_change_is_a_new_link(self):
        link = self.make_link(self.nobody, self.make_learner())
        for values in (
            {"guardian_id": self.login.id},
            {"learner_id": self.enrolled(self.colleague).id},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                link.write(values)

    def test_on_the_form_of_the_contact_it_is_the_same(self):
        learner = self.enrolled(self.colleague).with_user(self.agent)
        with self.assertRaises(AccessError):
            learner.edu_guardian_link_ids = [(0, 0, {"guardian_id": self.login.id})]

    def test_who_looks_after_the_learner_may(self):
        free = self.enrolled(self.env["res.users"])
        by_lead = self.enrolled(self.colleague)
        self.make_prospect(edu_learner_id=by_lead.id, user_id=self.agent.id)
        customer = self.enrolled(self.colleague)
        customer.user_id = self.agent
        made = self.env["res.partner"].with_user(self.agent).create({"name": "New"})
        for learner in (self.enrolled(self.agent), free, by_lead, customer, made):
            self.assertTrue(self.make_link(self.login, learner))

    def test_a_leader_may(self):
        learner = self.enrolled(self.colleague)
        self.assertTrue(self.make_link(self.login, learner, self.make_user("leader")))

    def test_people_without_login_and_pages_are_linked_by_anybody(self):
        self.assertTrue(self.make_link(self.nobody, self.make_learner()))

    def test_the_lead_still_makes_the_family(self):
        lead = self.make_prospect(
            partner_id=self.login.id,
            user_id=self.agent.id,
            edu_learner_name="Mei",
            edu_relation="mother",
        )
        lead.with_user(self.agent)._make_learners()
        self.assertEqual(
            lead.edu_learner_id.edu_guardian_link_ids.guardian_id, self.login
        )
