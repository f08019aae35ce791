"""Who sees which contract, and what a family may read of its enrollments."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.models.enrollment.edu_enrollment_portal import (
    PORTAL_FIELDS,
)

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestContractAccess(EduCase):
    def test_rights_of_each_role(self):
        for role in ("readonly", "agent", "leader", "manager"):
            contracts = self.env["edu.contract"].with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertTrue(contracts.has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(contracts.has_access(operation))
        for role in ("employee", "salesperson", "portal"):
            contracts = self.env["edu.contract"].with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertFalse(contracts.has_access("read"))

    def test_an_agent_sees_the_contracts_of_its_orders(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        order = self.make_course_order(self.make_person())
        order.user_id = agent
        contract = self.sign(order)
        found = self.env["edu.contract"].with_user(agent).search([])
        self.assertIn(contract, found)
        found = self.env["edu.contract"].with_user(other).search([])
        self.assertNotIn(contract, found)
        self.assertTrue(order.edu_enrollment_ids.with_user(agent).contract_id)
        order.edu_enrollment_ids.user_id = other
        self.assertFalse(order.edu_enrollment_ids.with_user(other).contract_id)

    def test_the_other_company_does_not_see_it(self):
        contract = self.sign(self.make_course_order(self.make_person()))
        there = self.make_user("manager", company=self.make_company())
        self.assertFalse(contract.with_user(there).has_access("read"))

    def test_customer_and_learner_show_their_contracts(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        contract = self.sign(self.make_course_order(guardian, learner))
        contracts = self.env["edu.contract"]
        for partner in (guardian, learner):
            with self.subTest(partner=partner.name):
                self.assertEqual(partner.edu_contract_count, 1)
                action = partner.action_edu_open_contracts()
                self.assertEqual(contracts.search(action["domain"]), contract)
        adult = self.make_person()
        self.sign(self.make_course_order(adult))
        self.assertEqual(adult.edu_contract_count, 1)

    # ------------------------------------------------------------------ portal
    def portal_user(self):
        user = self.make_user("portal")
        return user, user.partner_id

    def enrollments_of(self, user):
        return self.env["edu.enrollment"].with_user(user).search([])

    def test_learner_guardian_and_payer_see_it_and_nobody_else(self):
        users = [self.portal_user() for _index in range(4)]
        (_u, learner), (_u, guardian), (_u, payer), (_u, _stranger) = users
        self.link(guardian, learner)
        enrollment = self.make_enrollment(learner, payer)
        for user, _partner in users[:3]:
            with self.subTest(user=user.login):
                self.assertEqual(self.enrollments_of(user), enrollment)
                domain = enrollment.with_user(user)._portal_domain()
                found = self.env["edu.enrollment"].with_user(user).search(domain)
                self.assertEqual(found, enrollment)
        self.assertFalse(self.enrollments_of(users[3][0]))

    def test_a_guardian_sees_each_child_but_not_a_half_sibling_of_others(self):
        user, mother = self.portal_user()
        father = self.make_person()
        both, hers, his = (self.make_learner() for _index in range(3))
        self.link(mother, both)
        self.link(father, both, relation="father")
        self.link(mother, hers)
        self.link(father, his, relation="father")
        mine = self.make_enrollment(both, father) | self.make_enrollment(hers, mother)
        self.make_enrollment(his, father)
        self.assertEqual(self.enrollments_of(user), mine)

    def test_a_guardianship_that_ends_ends_the_view_at_once(self):
        user, mother = self.portal_user()
        learner = self.make_learner()
        father = self.make_person()
        self.link(father, learner, relation="father")
        link = self.link(mother, learner)
        self.make_enrollment(learner, father)
        self.assertTrue(self.enrollments_of(user))
        link.unlink()
        self.assertFalse(self.enrollments_of(user))

    def test_the_staff_of_an_organization_sees_what_it_pays(self):
        user, clerk = self.portal_user()
        clerk.parent_id = self.make_organization()
        enrollment = self.make_enrollment(self.make_customer(), clerk.parent_id)
        self.assertEqual(self.enrollments_of(user), enrollment)

    def test_the_other_company_stays_hidden_in_the_portal(self):
        user, partner = self.portal_user()
        other = self.make_company()
        enrollment = self.make_enrollment(partner, company_id=other.id)
        self.assertEqual(enrollment.company_id, other)
        self.assertFalse(self.enrollments_of(user))

    def test_a_family_reads_the_fields_meant_for_it_only(self):
        user, partner = self.portal_user()
        enrollment = self.make_enrollment(partner).with_user(user)
        [values] = enrollment.read(sorted(PORTAL_FIELDS))
        self.assertIn(partner.name, values["display_name"])
        shown = set(enrollment.fields_get())
        self.assertFalse(shown - PORTAL_FIELDS)
        for name in ("goal", "lead_id", "pause_ids", "access_token", "message_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                enrollment.read([name])

    def test_a_family_changes_nothing(self):
        user, partner = self.portal_user()
        enrollment = self.make_enrollment(partner).with_user(user)
        for operation in ("write", "create", "unlink"):
            self.assertFalse(enrollment.has_access(operation))

    def test_a_stranger_is_not_given_the_link_that_opens_an_enrollment(self):
        user, partner = self.portal_user()
        own, other = self.make_enrollment(partner), self.make_enrollment()
        self.assertIn("access_token", own.with_user(user).get_portal_url())
        for role in ("portal", "salesperson"):
            stranger = self.make_user(role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                other.with_user(stranger).get_portal_url()
