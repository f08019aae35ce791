"""The file's completeness follows every field that counts, and the calendar."""

from itertools import product

from dateutil.relativedelta import relativedelta

from odoo.fields import Command, Date
from odoo.tests import tagged

from ..common import CRON_UPKEEP, EduCase

PERSON_ITEMS = [
    "contact",
    "address",
    "stage",
    "need",
    "background",
    "interests",
    "birth_date",
]


@tagged("post_install", "-at_install")
class TestCompleteness(EduCase):
    def born(self, years, days=0):
        """Return the birth date of who turned ``years`` as many ``days`` ago."""
        today = Date.context_today(self.env.user)
        return today - relativedelta(years=years, days=days)

    def complete_values(self, **values):
        return {
            "phone": "+86 138 1234 5678",
            "city": "Beijing",
            "edu_stage_ids": self.stage("primary").ids,
            "edu_need_ids": self.need("primary_quality_resources").ids,
            "edu_background": "Primary school, grade 4",
            "edu_interests": "Robots",
            "edu_birth_date": self.born(30),
            **values,
        }

    def make_complete(self, age):
        return self.make_customer(**self.complete_values(edu_birth_date=self.born(age)))

    # ------------------------------------------------------------------ persons
    def test_an_empty_file_lacks_everything(self):
        customer = self.make_customer()
        self.assertMissing(customer, *PERSON_ITEMS)
        self.assertEqual(customer.edu_completeness, 0)

    def test_a_complete_file_lacks_nothing(self):
        customer = self.make_customer(**self.complete_values())
        self.assertMissing(customer)
        self.assertEqual(customer.edu_completeness, 100)
        self.assertFalse(customer.edu_missing)

    def test_each_item_counts_when_it_is_filled_in(self):
        for done, (name, value) in enumerate(self.complete_values().items(), 1):
            with self.subTest(field=name):
                values = dict(list(self.complete_values().items())[:done])
                customer = self.make_customer(**values)
                self.assertMissing(customer, *PERSON_ITEMS[done:])
                self.assertEqual(customer.edu_completeness, 100 * done // 7, value)

    def test_the_value_follows_a_later_change(self):
        customer = self.make_customer(**self.complete_values())
        customer.write({"phone": False, "email": False})
        self.assertMissing(customer, "contact")
        self.assertEqual(customer.edu_completeness, 85)
        customer.email = "a@example.com"
        self.assertEqual(customer.edu_completeness, 100)

    def test_the_list_of_what_is_missing_is_readable(self):
        customer = self.make_customer(**self.complete_values(phone=False, city=False))
        self.assertEqual(customer.edu_missing, "Phone or email, Address")

    def test_a_plain_contact_has_no_file(self):
        contact = self.make_person()
        self.assertEqual(contact.edu_completeness, 0)
        self.assertMissing(contact)
        self.assertFalse(contact.edu_missing)

    def test_a_contact_with_a_lead_has_none_until_it_is_made_a_customer(self):
        contact = self.make_person(phone="+86 138 1234 5678")
        self.make_lead(contact)
        self.assertEqual(contact.edu_completeness, 0)
        contact.edu_is_customer = True
        self.assertEqual(contact.edu_completeness, 14)

    # ------------------------------------------------------------------ organizations
    def test_an_organization_is_asked_for_other_things(self):
        school = self.make_organization(edu_is_customer=True)
        self.assertMissing(
            school,
            "contact",
            "address",
            "nature",
            "type",
            "stage",
            "need",
            "industry",
            "size",
        )
        industry = self.env["res.partner.industry"].create({"name": "Schools"})
        school.write(
            {
                "email": "school@example.com",
                "street": "Main street 1",
                "edu_nature_ids": [Command.set(self.nature("institution").ids)],
                "edu_type_id": self.education_type("public").id,
                "edu_stage_ids": [Command.set(self.stage("primary").ids)],
                "edu_need_ids": [
                    Command.set(self.need("primary_quality_resources").ids)
                ],
                "industry_id": industry.id,
                "edu_learner_count": 300,
            }
        )
        self.assertMissing(school)
        self.assertEqual(school.edu_completeness, 100)

    def test_a_mere_supplier_is_not_asked_for_stage_and_needs(self):
        supplier = self.make_organization(
            edu_nature_ids=self.nature("product_supplier").ids
        )
        self.assertMissing(supplier, "contact", "address", "type", "industry", "size")
        self.assertEqual(supplier.edu_completeness, 16)

    def test_a_supplier_that_is_an_institution_too_is_asked(self):
        natures = self.nature("product_supplier") | self.nature("institution")
        supplier = self.make_organization(edu_nature_ids=natures.ids)
        self.assertIn("stage", supplier._edu_missing_codes())

    # ------------------------------------------------------------------ minors
    def test_a_learner_under_age_without_guardian_is_incomplete(self):
        learner = self.make_customer(
            **self.complete_values(edu_birth_date=self.born(10))
        )
        self.assertMissing(learner, "guardian")
        self.assertEqual(learner.edu_completeness, 87)
        found = self.env["res.partner"].search(
            [("edu_completeness", "<", 100), ("id", "=", learner.id)]
        )
        self.assertEqual(found, learner)

    def test_a_guardian_completes_the_file_and_its_loss_opens_it(self):
        learner = self.make_customer(
            **self.complete_values(edu_birth_date=self.born(10))
        )
        link = self.link(self.make_person(), learner)
        self.assertEqual(learner.edu_completeness, 100)
        link.unlink()
        self.assertEqual(learner.edu_completeness, 87)

    def test_a_learner_is_reached_through_its_guardian(self):
        learner = self.make_customer(
            **self.complete_values(
                edu_birth_date=self.born(10), phone=False, city=False
            )
        )
        mother = self.make_person(email="mother@example.com", city="Beijing")
        self.link(mother, learner)
        self.assertMissing(learner)
        self.assertEqual(learner.edu_completeness, 100)
        mother.write({"email": False, "city": False})
        self.assertMissing(learner, "contact", "address")
        self.assertEqual(learner.edu_completeness, 75)

    def test_of_age_on_the_eighteenth_birthday(self):
        values = self.complete_values(edu_birth_date=self.born(18, days=-1))
        self.assertMissing(self.make_customer(**values), "guardian")
        values["edu_birth_date"] = self.born(18)
        self.assertMissing(self.make_customer(**values))

    def test_the_age_of_majority_is_that_of_the_company(self):
        campus = self.make_company(edu_adult_age=20)
        values = self.complete_values(edu_birth_date=self.born(19))
        self.assertMissing(self.make_customer(**values))
        self.assertMissing(
            self.make_customer(**values, company_id=campus.id), "guardian"
        )

    def test_the_nightly_job_notices_who_came_of_age(self):
        """Yesterday a minor without guardian, today an adult: nothing is missing."""
        learner = self.make_customer(
            **self.complete_values(edu_birth_date=self.born(18))
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET edu_completeness = 87 WHERE id = %s", [learner.id]
        )
        self.env.invalidate_all()
        self.assertEqual(learner.edu_completeness, 87)
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(learner.edu_completeness, 100)

    def test_the_nightly_job_knows_the_age_of_each_company(self):
        campus = self.make_company(edu_adult_age=21)
        learner = self.make_customer(
            **self.complete_values(edu_birth_date=self.born(21, days=3)),
            company_id=campus.id,
        )
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET edu_completeness = 87 WHERE id = %s", [learner.id]
        )
        self.env.invalidate_all()
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(learner.edu_completeness, 100)

    # ------------------------------------------------------------------ agreement
    def test_the_stored_value_is_that_of_the_rule_on_a_grid(self):
        """All combinations of kind, age, contact, stage and guardian, written late."""
        guardian = self.make_person()
        customers, expected = self.env["res.partner"], []
        grid = product((0, 1), (5, 40), (0, 1), (0, 1), (0, 1))
        for is_company, age, contact, stage, guarded in grid:
            customer = self.make_customer(is_company=bool(is_company))
            customer.edu_birth_date = self.born(age)
            customer.phone = "+86 138 1234 5678" if contact else False
            if stage:
                customer.edu_stage_ids = self.stage("primary")
            if guarded and not is_company:
                self.link(guardian, customer)
            customers |= customer
            minor = not is_company and age == 5
            asked = 8 if is_company or minor else 7
            known = contact + stage + (not is_company) + (guarded and minor)
            expected.append(100 * known // asked)
        self.env.flush_all()
        self.assertEqual(customers.mapped("edu_completeness"), expected)
        customers._refresh_completeness()
        self.env.invalidate_all()
        self.assertEqual(customers.mapped("edu_completeness"), expected)

    def test_the_average_over_customers_is_an_average(self):
        customers = self.make_customer(**self.complete_values())
        customers |= self.make_customer()
        ((average,),) = self.env["res.partner"]._read_group(
            [("id", "in", customers.ids)], [], ["edu_completeness:avg"]
        )
        self.assertEqual(average, 50)
