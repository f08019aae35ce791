"""Classification travels between a lead and its customer, never over what is there."""

from odoo import Command
from odoo.tests import Form, tagged

from ..common import EduCase

AXES = ("edu_stage_ids", "edu_type_id", "edu_nature_ids", "edu_need_ids")


@tagged("post_install", "-at_install")
class TestLeadClassification(EduCase):
    def setUp(self):
        super().setUp()
        self.values = {
            "edu_stage_ids": [Command.set(self.stage("primary").ids)],
            "edu_type_id": self.education_type("private").id,
            "edu_nature_ids": [Command.set(self.nature("institution").ids)],
            "edu_need_ids": [Command.set(self.need("primary_quality_resources").ids)],
        }
        self.nobody = self.env["res.partner"]

    def assertClassified(self, record):
        self.assertEqual(record.edu_stage_ids, self.stage("primary"))
        self.assertEqual(record.edu_type_id, self.education_type("private"))
        self.assertEqual(record.edu_nature_ids, self.nature("institution"))
        self.assertEqual(record.edu_need_ids, self.need("primary_quality_resources"))

    # ------------------------------------------------------------------ to the lead
    def test_a_new_lead_takes_it_from_its_customer(self):
        customer = self.make_customer(**self.values)
        self.assertClassified(self.make_lead(customer))

    def test_so_it_does_on_the_form(self):
        customer = self.make_customer(**self.values)
        leads = self.env["crm.lead"].with_user(self.make_user("agent"))
        form = Form(leads)
        form.partner_id = customer
        form.name = "Course"
        self.assertClassified(form.save())

    def test_a_lead_that_gets_its_customer_later_takes_it_then(self):
        lead = self.make_lead(self.nobody)
        lead.partner_id = self.make_customer(**self.values)
        self.assertClassified(lead)

    def test_what_was_typed_on_the_lead_stays(self):
        customer = self.make_customer(**self.values)
        lead = self.make_lead(customer, edu_type_id=self.education_type("online").id)
        self.assertEqual(lead.edu_type_id, self.education_type("online"))
        self.assertEqual(lead.edu_stage_ids, self.stage("primary"))

    def test_a_later_change_of_the_customer_leaves_the_lead_alone(self):
        customer = self.make_customer(**self.values)
        lead = self.make_lead(customer)
        self.env.flush_all()
        customer.edu_stage_ids = self.stage("higher")
        self.assertClassified(lead)

    def test_a_plain_contact_classifies_nothing(self):
        lead = self.make_lead(self.make_person())
        self.assertFalse(any(lead[name] for name in AXES))

    def test_a_salesperson_without_role_makes_classified_leads(self):
        customer = self.make_customer(**self.values)
        leads = self.env["crm.lead"].with_user(self.make_user("salesperson"))
        lead = leads.create({"name": "Course", "partner_id": customer.id})
        self.assertClassified(lead.sudo())

    # ------------------------------------------------------------------ to the customer
    def convert(self, lead):
        """Convert the lead as its owner does, and return the customer made of it."""
        agent = self.make_user("agent")
        lead.user_id = agent
        wizard = self.env["crm.lead2opportunity.partner"].with_user(agent)
        wizard = wizard.with_context(
            active_model="crm.lead", active_id=lead.id, active_ids=lead.ids
        )
        wizard.create({"name": "convert", "action": "create"}).action_apply()
        return lead.partner_id

    def test_converting_makes_a_customer_of_the_same_classification(self):
        """CLS-19."""
        lead = self.make_lead(
            self.nobody, type="lead", contact_name="Wang", **self.values
        )
        customer = self.convert(lead)
        self.assertEqual(customer.name, "Wang")
        self.assertClassified(customer)
        self.assertRegex(customer.ref, r"^C\d{6}$")

    def test_what_the_customer_has_stays(self):
        customer = self.make_customer(
            email="wang@example.com", edu_type_id=self.education_type("online").id
        )
        lead = self.make_lead(
            self.nobody, type="lead", email_from="wang@example.com", **self.values
        )
        lead._handle_partner_assignment(force_partner_id=customer.id)
        self.assertEqual(customer.edu_type_id, self.education_type("online"))
        self.assertEqual(customer.edu_stage_ids, self.stage("primary"))

    def test_an_unclassified_lead_makes_a_plain_contact(self):
        lead = self.make_lead(self.nobody, type="lead", contact_name="Wang")
        customer = self.convert(lead)
        self.assertFalse(customer.edu_is_customer)
        self.assertFalse(customer.ref)

    # ------------------------------------------------------------------ help
    def test_the_positioning_of_the_stage_is_shown(self):
        self.stage("primary").enrollment_strategy = "Open day"
        self.stage("primary").teaching_plan = "Twice a week"
        lead = self.make_lead(self.nobody, **self.values)
        self.assertEqual(lead.edu_positioning, "Open day\nTwice a week")

    def test_each_stage_offers_its_own_plan_of_activities(self):
        """CLS-17."""
        call = self.env.ref("mail.mail_activity_data_call")
        plans = self.env["mail.activity.plan"].create(
            [
                {
                    "name": name,
                    "res_model": "crm.lead",
                    "template_ids": [
                        Command.create({"activity_type_id": call.id, "summary": name})
                    ],
                }
                for name in ("For primary", "For vocational")
            ]
        )
        for code, plan in zip(("primary", "vocational"), plans, strict=True):
            self.stage(code).lead_plan_id = plan
            lead = self.make_lead(self.nobody, edu_stage_ids=self.stage(code).ids)
            action = lead.action_edu_schedule_plan()
            form = Form(self.env[action["res_model"]].with_context(**action["context"]))
            self.assertEqual(form.plan_id, plan)

    def test_a_salesperson_without_role_sees_none_of_it(self):
        leads = self.env["crm.lead"].with_user(self.make_user("salesperson"))
        seen = [name for name in leads.fields_get() if "edu_" in name]
        self.assertEqual(seen, ["edu_is_education"])
