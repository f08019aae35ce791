"""Learner and guardian of a lead: found in the family, or made of what was typed."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestPeople(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.mother = cls.make_customer(name="Wang Fang", email="wang@example.com")
        cls.nobody = cls.env["res.partner"]

    def assertPeople(self, lead, learner, guardian):
        self.assertEqual(lead.edu_learner_id, learner)
        self.assertEqual(lead.edu_guardian_id, guardian)

    # ------------------------------------------------------------------ from the family
    def test_a_guardian_of_one_learner(self):
        child = self.make_learner(self.mother)
        self.assertPeople(self.make_lead(self.mother), child, self.mother)

    def test_a_guardian_of_two_leaves_the_learner_open(self):
        child = self.make_learner(self.mother)
        self.make_learner(self.mother)
        lead = self.make_lead(self.mother)
        self.assertPeople(lead, self.nobody, self.mother)
        lead.edu_learner_id = child
        self.assertPeople(lead, child, self.mother)

    def test_a_learner_with_a_paying_guardian(self):
        child = self.make_learner(self.make_customer(name="Father"))
        self.link(self.mother, child, is_payer=True)
        self.assertPeople(self.make_lead(child), child, self.mother)

    def test_an_adult_learner(self):
        adult = self.make_customer(edu_nature_ids=self.nature("learner").ids)
        self.assertPeople(self.make_lead(adult), adult, self.nobody)

    def test_a_plain_contact_has_neither(self):
        lead = self.make_lead(self.make_person())
        self.assertPeople(lead, self.nobody, self.nobody)

    def test_a_person_of_another_company_is_left_out(self):
        other = self.make_company()
        child = self.make_learner(company_id=other.id)
        self.link(self.mother, child)
        lead = self.make_lead(self.mother, company_id=self.env.company.id)
        self.assertPeople(lead, self.nobody, self.mother)

    def test_what_was_chosen_stays(self):
        child, nephew = self.make_learner(self.mother), self.make_learner()
        lead = self.make_lead(self.mother, edu_learner_id=nephew.id)
        self.assertNotEqual(lead.edu_learner_id, child)
        lead.partner_id = self.make_customer()
        self.assertEqual(lead.edu_learner_id, nephew)

    def test_the_learner_is_asked_before_the_customer(self):
        child = self.make_learner(
            self.mother,
            edu_background="Grade 4",
            edu_stage_ids=[Command.set(self.stage("primary").ids)],
        )
        self.mother.edu_stage_ids = self.stage("higher")
        lead = self.make_lead(self.mother)
        self.assertPeople(lead, child, self.mother)
        self.assertEqual(lead.edu_background, "Grade 4")
        self.assertEqual(lead.edu_stage_ids, self.stage("primary"))
        self.assertEqual(lead.edu_nature_ids, self.nature("guardian"))

    def test_the_background_of_a_guardian_is_not_that_of_the_learner(self):
        self.make_learner(self.mother)
        self.make_learner(self.mother)
        self.mother.edu_background = "Nursing college"
        self.assertFalse(self.make_lead(self.mother).edu_background)
        adult = self.make_customer(edu_background="Nursing college")
        self.assertEqual(self.make_lead(adult).edu_background, "Nursing college")

    def test_a_later_learner_fills_what_is_empty(self):
        child = self.make_learner(edu_background="Grade 4")
        lead = self.make_lead(self.make_customer(), edu_background="Typed")
        other = self.make_lead(self.make_customer())
        (lead | other).write({"edu_learner_id": child.id})
        self.assertEqual(lead.edu_background, "Typed")
        self.assertEqual(other.edu_background, "Grade 4")

    def test_a_salesperson_without_role_makes_such_a_lead(self):
        child = self.make_learner(self.mother)
        leads = self.env["crm.lead"].with_user(self.make_user("salesperson"))
        lead = leads.create({"name": "Course", "partner_id": self.mother.id})
        self.assertPeople(lead.sudo(), child, self.mother)

    # ------------------------------------------------------------------ in one click
    def new_lead(self, customer):
        """Return the lead made by the button of the customer."""
        action = customer.with_user(self.agent).action_edu_new_lead()
        leads = self.env["crm.lead"].with_user(self.agent)
        form = Form(leads.with_context(**action["context"]))
        form.name = "Robots course"
        return form.save()

    def test_the_lead_of_a_learner_is_billed_to_the_payer(self):
        """LEAD-19."""
        child = self.make_learner(edu_stage_ids=self.stage("primary").ids)
        self.link(self.mother, child, is_payer=True)
        lead = self.new_lead(child)
        self.assertPeople(lead, child, self.mother)
        self.assertEqual(lead.partner_id, self.mother)
        self.assertEqual(lead.edu_stage_ids, self.stage("primary"))

    def test_the_lead_of_a_guardian(self):
        child = self.make_learner(self.mother)
        lead = self.new_lead(self.mother)
        self.assertPeople(lead, child, self.mother)
        self.assertEqual(lead.partner_id, self.mother)

    # ------------------------------------------------------------------ at conversion
    def prospect(self, **values):
        return self.make_lead(
            self.nobody,
            **{
                "contact_name": "Li Na",
                "email_from": "li.na@example.com",
                "edu_learner_name": "Li Lei",
                "edu_learner_birth_date": "2016-05-01",
                "edu_relation": "mother",
                "edu_background": "Grade 4",
                "edu_stage_ids": [Command.set(self.stage("primary").ids)],
                **values,
            },
        )

    def convert(self, lead):
        """Convert the lead as its owner does."""
        lead.user_id = self.agent
        wizard = self.env["crm.lead2opportunity.partner"].with_user(self.agent)
        wizard = wizard.with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        wizard.create({"name": "convert", "action": "create"}).action_apply()
        self.env.invalidate_all()

    def test_converting_makes_guardian_and_learner(self):
        lead = self.prospect(type="lead")
        self.convert(lead)
        child = lead.edu_learner_id
        self.assertPeople(lead, child, lead.partner_id)
        self.assertEqual(lead.partner_id.name, "Li Na")
        self.assertRecordValues(
            child,
            [
                {
                    "name": "Li Lei",
                    "edu_background": "Grade 4",
                    "edu_stage_ids": self.stage("primary").ids,
                    "user_id": self.agent.id,
                    "edu_payer_id": lead.partner_id.id,
                }
            ],
        )
        self.assertEqual(str(child.edu_birth_date), "2016-05-01")
        self.assertEqual(child.edu_guardian_link_ids.relation, "mother")
        self.assertFalse(lead.partner_id.edu_background)

    def test_converting_twice_makes_them_once(self):
        lead = self.prospect()
        for _time in range(2):
            lead._handle_partner_assignment()
        self.assertEqual(len(lead.partner_id.edu_learner_link_ids), 1)

    def test_a_second_lead_finds_the_learner(self):
        first = self.prospect()
        first._handle_partner_assignment()
        second = self.prospect(edu_learner_name=" li lei ")
        second.partner_id = first.partner_id
        second.edu_learner_id = False
        second._handle_partner_assignment()
        self.assertEqual(second.edu_learner_id, first.edu_learner_id)

    def test_the_same_name_born_another_day_is_another_child(self):
        child = self.make_learner(self.mother, name="Li Lei")
        lead = self.prospect(edu_learner_birth_date="2011-01-01")
        lead._handle_partner_assignment(force_partner_id=self.mother.id)
        lead.edu_learner_id = False
        lead._handle_partner_assignment()
        self.assertNotEqual(lead.edu_learner_id, child)
        self.assertIn(lead.edu_learner_id.name, "Li Lei")

    def test_who_learns_oneself_is_customer_and_learner(self):
        lead = self.prospect(
            edu_learner_name="Li Na", edu_learner_birth_date="1996-05-01"
        )
        lead._handle_partner_assignment()
        self.assertPeople(lead, lead.partner_id, self.nobody)
        self.assertEqual(str(lead.partner_id.edu_birth_date), "1996-05-01")
        self.assertEqual(lead.partner_id.edu_background, "Grade 4")

    def test_the_learner_of_an_organization_is_its_contact(self):
        school = self.make_organization()
        lead = self.prospect()
        lead._handle_partner_assignment(force_partner_id=school.id)
        self.assertEqual(lead.edu_learner_id.parent_id, school)
        self.assertFalse(lead.edu_learner_id.edu_guardian_link_ids)

    def test_the_button_does_it_for_a_customer_that_was_chosen(self):
        lead = self.prospect(user_id=self.agent.id)
        lead.partner_id = self.mother
        lead.with_user(self.agent).action_edu_make_learner()
        self.assertEqual(lead.edu_learner_id.name, "Li Lei")
        self.assertPeople(lead, lead.edu_learner_id, self.mother)

    def test_nobody_is_born_in_the_future(self):
        with self.assertRaises(ValidationError):
            self.prospect(edu_learner_birth_date=self.days_ago(-1))

    # ------------------------------------------------------------------ prospects
    def test_a_lead_is_compared_with_the_customer_portrait(self):
        """LEAD-07."""
        lead = self.make_prospect(
            edu_learner_birth_date=self.days_ago(365 * 9),
            edu_stage_ids=[Command.set(self.stage("primary").ids)],
        )
        self.assertEqual(lead.edu_portrait_fit, "fits")
        lead.edu_stage_ids = self.stage("higher")
        self.assertEqual(lead.edu_portrait_fit, "too_young")
        lead.edu_learner_id = self.make_customer(edu_birth_date="1990-01-01")
        self.assertEqual(lead.edu_portrait_fit, "fits")
        lead.edu_stage_ids = False
        self.assertFalse(lead.edu_portrait_fit)

    def test_the_prospect_database_exports_its_four_fields(self):
        """LEAD-05, LEAD-18."""
        lead = self.prospect(
            user_id=self.agent.id,
            phone="+86 138 0000 0000",
            source_id=self.env.ref("edu_crm_addon.utm_source_reverse_search").id,
            edu_need_ids=[Command.set(self.need("primary_quality_resources").ids)],
        )
        self.agent.group_ids |= self.env.ref("base.group_allow_export")
        names = ["contact_name", "phone", "edu_background", "edu_need_ids/name"]
        row = lead.with_user(self.agent).export_data([*names, "source_id"])["datas"][0]
        self.assertEqual(row[:2], ["Li Na", lead.phone])
        self.assertEqual(row[2], "Grade 4")
        self.assertEqual(row[3], self.need("primary_quality_resources").name)
        self.assertEqual(row[4], "Reverse search")
