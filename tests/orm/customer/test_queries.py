"""What is done for 100 records takes as many queries as for 10."""

from odoo import Command
from odoo.tests import tagged

from ..common import EduCase

FEW, MANY = 10, 100
# The host writes and reads in chunks: that may be some queries more for the hundred.
CHUNKS = 4
LIST = {
    "ref": {},
    "complete_name": {},
    "edu_stage_ids": {"fields": {"display_name": {}, "color": {}}},
    "edu_nature_ids": {"fields": {"display_name": {}, "color": {}}},
    "edu_type_id": {"fields": {"display_name": {}}},
    "edu_tier_id": {"fields": {"display_name": {}}},
    "edu_relationship": {},
    "edu_age": {},
    "edu_completeness": {},
    "edu_missing": {},
    "edu_to_verify": {},
    "edu_verified_on": {},
    "edu_purchase_count": {},
    "edu_purchase_amount": {},
    "edu_last_purchase_on": {},
    "user_id": {"fields": {"display_name": {}}},
}


@tagged("post_install", "-at_install")
class TestQueries(EduCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.classified = {
            "edu_stage_ids": [Command.set(self.stage("primary").ids)],
            "edu_need_ids": [Command.set(self.need("primary_quality_resources").ids)],
            "edu_nature_ids": [Command.set(self.nature("institution").ids)],
            "edu_type_id": self.education_type("public").id,
            "edu_tier_id": self.tier("vip").id,
        }

    def assertFlat(self, function, few, many):
        """Assert that no query is asked per record, after a warm-up."""
        self.queries(function, few())
        cost_of_few = self.queries(function, few())
        cost_of_many = self.queries(function, many())
        self.assertLessEqual(cost_of_many, cost_of_few + CHUNKS)

    # ------------------------------------------------------------------ writing
    def test_creating_customers(self):
        partners = self.env["res.partner"].with_user(self.agent)
        self.assertFlat(
            partners.create,
            lambda: [{"name": f"N{i}", **self.classified} for i in range(FEW)],
            lambda: [{"name": f"N{i}", **self.classified} for i in range(MANY)],
        )

    def test_creating_plain_contacts(self):
        partners = self.env["res.partner"].with_user(self.agent)
        self.assertFlat(
            partners.create,
            lambda: [{"name": f"N{i}"} for i in range(FEW)],
            lambda: [{"name": f"N{i}"} for i in range(MANY)],
        )

    def test_classifying_contacts(self):
        def classify(partners):
            partners.with_user(self.agent).write(self.classified)

        # One UPDATE for each hundred numbers drawn, not one for each contact.
        self.assertFlat(
            classify, lambda: self.make_people(FEW), lambda: self.make_people(MANY)
        )

    def test_creating_leads(self):
        leads = self.env["crm.lead"].with_user(self.agent)
        # The host searches team and stage of each lead that comes without.
        team = self.env["crm.team"].create({"name": "North"})
        stage = self.env["crm.stage"].create({"name": "New", "sequence": 0})
        given = {"team_id": team.id, "stage_id": stage.id, "user_id": self.agent.id}

        def values(number):
            return [
                {"name": "Lead", "partner_id": customer.id, **given}
                for customer in self.make_people(number, edu_is_customer=True)
            ]

        self.assertFlat(leads.create, lambda: values(FEW), lambda: values(MANY))

    def test_linking_families(self):
        links = self.env["edu.guardianship"].with_user(self.agent)

        def values(number):
            guardians, learners = self.make_people(number), self.make_people(number)
            return [
                {"guardian_id": g.id, "learner_id": p.id, "is_payer": True}
                for g, p in zip(guardians, learners, strict=True)
            ]

        self.assertFlat(links.create, lambda: values(FEW), lambda: values(MANY))

    # ------------------------------------------------------------------ reading
    def test_reading_the_list_of_customers(self):
        customers = self.make_people(MANY, **self.classified)
        for customer in customers[::7]:
            self.make_lead(customer)
        mother = self.make_person()
        for learner in customers[1::7]:
            self.link(mother, learner)

        def read(number):
            here = self.env["res.partner"].with_user(self.agent)
            domain = [("id", "in", customers.ids)]
            rows = here.web_search_read(domain, LIST, limit=number)["records"]
            self.assertEqual(len(rows), number)

        self.assertFlat(read, lambda: FEW, lambda: MANY)

    def test_reading_the_hosts_list_of_contacts(self):
        contacts = self.make_people(MANY)
        fields = {"complete_name": {}, "phone": {}, "email": {}}

        def read(number):
            here = self.env["res.partner"].with_user(self.agent)
            here.web_search_read([("id", "in", contacts.ids)], fields, limit=number)

        self.assertFlat(read, lambda: FEW, lambda: MANY)

    def test_payers_and_siblings_of_many(self):
        mother = self.make_person()
        learners = self.make_people(MANY)
        for learner in learners:
            self.link(mother, learner)

        def read(number):
            here = learners[:number].with_user(self.agent)
            here.mapped("edu_payer_id.name")
            here.mapped("edu_sibling_ids.name")

        self.assertFlat(read, lambda: FEW, lambda: MANY)

    # ------------------------------------------------------------------ recomputing
    def test_recomputing_completeness(self):
        customers = self.make_people(MANY, **self.classified)
        self.assertFlat(
            lambda batch: batch._refresh_completeness(),
            lambda: customers[:FEW],
            lambda: customers,
        )

    def test_recomputing_relationships(self):
        customers = self.make_people(MANY)
        for customer in customers[::9]:
            self.make_lead(customer)
        self.assertFlat(
            lambda batch: batch._refresh_relationship(),
            lambda: customers[:FEW],
            lambda: customers,
        )

    def test_asking_owners_to_verify(self):
        def schedule(customers):
            customers._schedule_verification()

        self.assertFlat(
            schedule,
            lambda: self.make_people(FEW, user_id=self.agent.id, edu_is_customer=True),
            lambda: self.make_people(MANY, user_id=self.agent.id, edu_is_customer=True),
        )

    def test_the_scan_for_duplicates_is_one_pass(self):
        """However many contacts there are: nothing new to list, nothing to query."""
        scan = self.env["edu.duplicate"]._scan

        def pairs(number):
            self.env["res.partner"].create(
                [
                    {"name": f"D{i}", "email": f"pair{number}.{i // 2}@example.com"}
                    for i in range(number)
                ]
            )
            scan()
            self.env.flush_all()

        pairs(FEW)
        few = self.queries(scan)
        pairs(MANY)
        many = self.queries(scan)
        self.assertLessEqual(many, few)
