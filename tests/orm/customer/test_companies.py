"""What one company keeps, another does not see."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestCompanies(EduCase):
    """Two schools in one database do not see each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campus = cls.make_company()
        cls.here = cls.make_learner(
            guardian=cls.make_person(company_id=cls.env.company.id),
            company_id=cls.env.company.id,
        )
        cls.there = cls.make_learner(
            guardian=cls.make_person(company_id=cls.campus.id),
            company_id=cls.campus.id,
        )
        cls.users = {
            role: cls.make_user(role) for role in ("readonly", "agent", "manager")
        }

    def found(self, user, model, field, value):
        return self.env[model].with_user(user).search([(field, "in", value.ids)])

    def test_customers_of_the_other_school_are_invisible(self):
        people = self.here | self.there
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertEqual(
                    self.found(user, "res.partner", "id", people), self.here
                )
                with self.assertRaises(AccessError):
                    self.there.with_user(user).read(["edu_stage_ids"])

    def test_families_of_the_other_school_are_invisible(self):
        links = (self.here | self.there).edu_guardian_link_ids
        for role, user in self.users.items():
            with self.subTest(role=role):
                found = self.found(user, "edu.guardianship", "id", links)
                self.assertEqual(found, self.here.edu_guardian_link_ids)

    def test_duplicates_of_the_other_school_are_invisible(self):
        for partner in (self.here, self.there):
            self.make_customer(
                email=f"twin{partner.id}@example.com", company_id=partner.company_id.id
            )
            partner.email = f"twin{partner.id}@example.com"
        self.scan()
        groups = self.groups_of(self.here) | self.groups_of(self.there)
        self.assertEqual(len(groups), 2)
        for role, user in self.users.items():
            with self.subTest(role=role):
                found = self.found(user, "edu.duplicate", "id", groups)
                self.assertEqual(found, self.groups_of(self.here))

    def test_the_report_leaves_the_other_school_out(self):
        people = self.here | self.there
        self.env.flush_all()
        for role, user in self.users.items():
            with self.subTest(role=role):
                rows = self.found(user, "edu.customer.report", "partner_id", people)
                self.assertEqual(rows.partner_id, self.here)

    def test_failed_jobs_of_the_other_school_are_invisible(self):
        failures = self.env["edu.job.failure"].create(
            [
                {
                    "job": "customer_relationship",
                    "res_model": "res.partner",
                    "res_id": partner.id,
                    "company_id": partner.company_id.id,
                }
                for partner in (self.here, self.there)
            ]
        )
        found = self.found(self.users["manager"], "edu.job.failure", "id", failures)
        self.assertEqual(found, failures[0])

    def test_a_family_does_not_reach_across_schools(self):
        with self.assertRaises(UserError):
            self.link(self.there, self.here)

    def test_a_shared_guardian_has_learners_in_both(self):
        shared = self.make_person()
        self.link(shared, self.here)
        self.link(shared, self.there)
        for user, learner in (
            (self.users["agent"], self.here),
            (self.make_user("agent", company=self.campus), self.there),
        ):
            self.env.invalidate_all()
            links = shared.with_user(user).edu_learner_link_ids
            self.assertEqual(links.learner_id, learner)

    def test_a_shared_customer_is_seen_by_both(self):
        shared = self.make_customer()
        for company in (self.env.company, self.campus):
            user = self.make_user("agent", company=company)
            self.assertEqual(self.found(user, "res.partner", "id", shared), shared)

    def test_working_for_both_shows_both(self):
        user = self.users["agent"]
        user.company_ids += self.campus
        both = self.env["res.partner"].with_user(user)
        both = both.with_context(allowed_company_ids=user.company_ids.ids)
        people = self.here | self.there
        self.assertEqual(both.search([("id", "in", people.ids)], order="id"), people)
