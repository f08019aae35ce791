"""The family's account: invited by a button, linked when it exists, never two."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .onboarding import OnboardingCase


@tagged("post_install", "-at_install")
class TestAccount(OnboardingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.require("account")
        cls.agent = cls.make_user("agent")

    def enroll(self, learner, payer=None, **values):
        enrollment = self.make_enrollment(learner, payer, **values)
        enrollment.user_id = self.agent
        return enrollment

    def invite(self, enrollment):
        enrollment.with_user(self.agent).action_invite_account()
        self.env.invalidate_all()

    @contextmanager
    def invitations(self):
        """Yield the contacts to whom the host sends its invitation."""
        wizard = self.env.registry["portal.wizard.user"]
        sent = []

        def send(line):
            sent.append(line.partner_id)
            return True

        with patch.object(wizard, "_send_email", send):
            yield sent

    def users_of(self, partner):
        return partner.with_context(active_test=False).user_ids

    # ------------------------------------------------------------------ who
    def test_an_adult_with_email_has_an_account_of_its_own(self):
        guardian = self.make_customer(email="parent.of.adult@example.com")
        learner = self.make_customer(
            email="adult@example.com", edu_birth_date="2000-01-01"
        )
        self.link(guardian, learner)
        enrollment = self.enroll(learner, guardian)
        self.assertEqual(enrollment.contact_id, learner)

    def test_a_minor_is_reached_at_the_guardian_who_pays(self):
        first, payer = (
            self.make_customer(email=f"{name}@example.com") for name in ("a", "b")
        )
        learner = self.make_learner(first)
        self.link(payer, learner, is_payer=True)
        self.assertEqual(self.enroll(learner, payer).contact_id, payer)
        organization = self.make_organization(email="pays@example.com")
        self.assertEqual(self.enroll(learner, organization).contact_id, payer)

    def test_else_the_first_guardian_is(self):
        mother, learner = self.make_family()
        self.link(self.make_person(email="second@example.com"), learner)
        organization = self.make_organization(email="pays@example.com")
        self.assertEqual(self.enroll(learner, organization).contact_id, mother)

    def test_a_guardian_with_an_address_goes_before_one_without(self):
        mother, learner = self.make_family()
        father = self.make_person()
        self.link(father, learner, is_payer=True)
        self.assertEqual(self.enroll(learner, father).contact_id, mother)

    def test_a_child_without_birth_date_counts_as_a_child(self):
        mother, _learner = self.make_family()
        learner = self.make_customer(email="child@example.com")
        self.link(mother, learner)
        self.assertEqual(self.enroll(learner, mother).contact_id, mother)

    def test_a_learner_who_pays_is_its_own_contact(self):
        learner = self.make_customer(email="self@example.com")
        self.assertEqual(self.enroll(learner).contact_id, learner)

    # ------------------------------------------------------------------ the button
    def test_an_agent_invites_the_family_and_the_date_is_stamped(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        self.assertFalse(enrollment.has_account)
        self.invite(enrollment)
        user = self.users_of(mother)
        self.assertEqual(len(user), 1)
        self.assertEqual(user.login, mother.email)
        self.assertTrue(user.has_group("base.group_portal"))
        self.assertEqual(enrollment.account_user_id, user)
        self.assertTrue(enrollment.account_invited_at)
        self.assertTrue(enrollment.has_account)
        self.assertEqual(enrollment.state, "active")

    def test_the_invitation_is_a_mail_of_the_host(self):
        mother, learner = self.make_family()
        with self.invitations() as sent:
            self.invite(self.enroll(learner, mother))
        self.assertEqual(sent, [mother])

    def test_siblings_share_the_guardians_account(self):
        mother, first = self.make_family()
        second = self.make_learner(mother)
        one, other = self.enroll(first, mother), self.enroll(second, mother)
        self.invite(one)
        self.invite(other)
        self.assertEqual(len(self.users_of(mother)), 1)
        self.assertEqual(one.account_user_id, other.account_user_id)
        third = self.enroll(self.make_learner(mother), mother)
        self.assertEqual(third.account_user_id, one.account_user_id)
        self.assertEqual(third.state, "active")

    def test_both_siblings_at_once_make_one_account(self):
        mother, first = self.make_family()
        one = self.enroll(first, mother)
        other = self.enroll(self.make_learner(mother), mother)
        self.invite(one | other)
        self.assertEqual(len(self.users_of(mother)), 1)
        self.assertEqual((one | other).mapped("state"), ["active", "active"])

    def test_pressing_again_invites_again_and_makes_no_second_user(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        with self.invitations() as sent:
            self.invite(enrollment)
            self.invite(enrollment)
        self.assertEqual(len(self.users_of(mother)), 1)
        self.assertEqual(sent, [mother, mother])

    def test_whoever_has_logged_in_is_not_invited_again(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        self.invite(enrollment)
        self.env["res.users.log"].with_user(self.users_of(mother)).sudo().create({})
        self.env.invalidate_all()
        with self.invitations() as sent:
            self.invite(enrollment)
        self.assertFalse(sent)

    # ------------------------------------------------------------------ who exists
    def test_an_employee_who_learns_is_linked(self):
        employee = self.make_user("employee")
        enrollment = self.enroll(employee.partner_id)
        self.assertEqual(enrollment.account_user_id, employee)
        self.invite(enrollment)
        self.assertEqual(self.users_of(employee.partner_id), employee)
        self.assertTrue(employee.has_group("base.group_user"))

    def test_a_portal_user_is_linked_without_being_asked(self):
        user = self.make_user("portal")
        learner = self.make_learner(user.partner_id)
        enrollment = self.enroll(learner, user.partner_id)
        self.assertEqual(enrollment.account_user_id, user)
        self.assertFalse(enrollment.account_invited_at)

    def test_a_login_that_somebody_else_has_is_named(self):
        other = self.make_customer(name="Aunt Mei", email="shared@example.com")
        self.env["res.users"].with_context(no_reset_password=True).create(
            {"login": "Shared@example.com", "partner_id": other.id}
        )
        mother, learner = self.make_family()
        mother.email = "shared@example.com"
        enrollment = self.enroll(learner, mother)
        with self.assertRaisesRegex(UserError, "Aunt Mei"):
            self.invite(enrollment)
        self.assertFalse(self.users_of(mother))
        self.assertFalse(enrollment.account_user_id)

    def test_a_similar_login_is_no_clash(self):
        self.env["res.users"].with_context(no_reset_password=True).create(
            {"login": "wangxlin@example.com", "name": "Somebody else"}
        )
        mother, learner = self.make_family()
        mother.email = "wang_lin@example.com"
        enrollment = self.enroll(learner, mother)
        self.invite(enrollment)
        self.assertEqual(enrollment.account_user_id.login, "wang_lin@example.com")

    def test_an_archived_account_is_not_revived_by_an_agent(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        self.invite(enrollment)
        self.users_of(mother).active = False
        self.assertFalse(enrollment.has_account)
        self.assertFalse(enrollment.is_ready)
        with self.assertRaisesRegex(UserError, "archived"):
            self.invite(enrollment)

    def test_without_an_address_nobody_is_invited(self):
        enrollment = self.enroll(self.make_customer(name="No Mail"))
        with self.assertRaisesRegex(UserError, "No Mail has no email"):
            self.invite(enrollment)

    # ------------------------------------------------------------------ rights
    def test_an_agent_invites_no_other_family(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        enrollment.user_id = self.make_user("agent")
        with self.assertRaises(AccessError):
            self.invite(enrollment)
        with self.assertRaises(AccessError):
            enrollment.with_user(self.make_user("readonly")).action_invite_account()

    def test_an_agent_still_makes_no_users(self):
        mother, _learner = self.make_family()
        with self.assertRaises(AccessError):
            self.env["res.users"].with_user(self.agent).create(
                {"login": "x", "partner_id": mother.id}
            )

    def test_the_account_is_not_set_by_import_or_rpc(self):
        enrollment = self.enroll(self.make_customer())
        for name, value in (
            ("account_user_id", self.agent.id),
            ("account_invited_at", "2026-01-01 00:00:00"),
            ("schedule_sent_at", "2026-01-01 00:00:00"),
            ("is_waived", True),
            ("is_ready", True),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                enrollment.with_user(self.agent).write({name: value})

    # ------------------------------------------------------------------ companies
    def test_the_account_of_another_company_is_admitted_by_the_button(self):
        user = self.make_user("portal")
        company = self.make_company(edu_require_account=True)
        agent = self.make_user("agent", company=company)
        learner = self.make_learner(user.partner_id)
        enrollment = self.make_enrollment(
            learner, user.partner_id, company_id=company.id
        )
        enrollment.user_id = agent
        self.assertFalse(enrollment.account_user_id)
        enrollment.with_user(agent).action_invite_account()
        self.assertEqual(enrollment.account_user_id, user)
        self.assertIn(company, user.company_ids)

    def test_an_employees_companies_stay_as_they_are(self):
        employee = self.make_user("employee")
        companies = employee.company_ids
        company = self.make_company()
        enrollment = self.make_enrollment(employee.partner_id, company_id=company.id)
        enrollment.action_invite_account()
        self.assertEqual(employee.company_ids, companies)

    def test_another_learner_has_another_account(self):
        mother, learner = self.make_family()
        enrollment = self.enroll(learner, mother)
        self.invite(enrollment)
        child = self.make_learner(mother)
        self.link(self.make_person(email="father@example.com"), child, is_payer=True)
        enrollment.order_id.order_line.edu_learner_id = child
        self.assertFalse(enrollment.account_invited_at)
