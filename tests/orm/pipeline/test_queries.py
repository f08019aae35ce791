"""Leads cost as many queries for a hundred as for ten, and nothing for other teams."""

from odoo.tests import tagged

from ..common import MODULE, EduCase

FEW, MANY = 10, 100
# The host writes and reads in chunks: that may be some queries more for the hundred.
CHUNKS = 4


@tagged("post_install", "-at_install")
class TestQueries(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.team().member_ids = cls.agent

    def assertFlat(self, function, make):
        """Assert that no query is asked per record, after a warm-up."""
        self.queries(function, make(FEW))
        cost_of_few = self.queries(function, make(FEW))
        cost_of_many = self.queries(function, make(MANY))
        self.assertLessEqual(cost_of_many, cost_of_few + CHUNKS)

    def values(self, customers, **given):
        # The host searches the team of each lead that comes without.
        common = {"team_id": self.team().id, "user_id": self.agent.id, **given}
        return [
            {"name": "Lead", "partner_id": customer.id, **common}
            for customer in customers
        ]

    def families(self, number):
        guardians = self.make_people(number, edu_is_customer=True)
        learners = self.make_people(number, edu_stage_ids=self.stage("primary").ids)
        self.env["edu.guardianship"].create(
            [
                {"guardian_id": g.id, "learner_id": p.id, "is_payer": True}
                for g, p in zip(guardians, learners, strict=True)
            ]
        )
        return guardians

    def leads(self, number):
        return self.env["crm.lead"].create(self.values(self.make_people(number)))

    # ------------------------------------------------------------------ creating
    def test_creating_leads_of_families(self):
        leads = self.env["crm.lead"].with_user(self.agent)
        self.assertFlat(leads.create, lambda n: self.values(self.families(n)))

    def test_creating_leads_of_plain_contacts(self):
        user = self.make_user("salesperson")
        team = self.env["crm.team"].create({"name": "North"})
        stage = self.env["crm.stage"].create({"name": "New", "sequence": 0})
        given = {"team_id": team.id, "user_id": user.id, "stage_id": stage.id}
        leads = self.env["crm.lead"].with_user(user)
        self.assertFlat(
            leads.create, lambda n: self.values(self.make_people(n), **given)
        )

    def test_contact_and_company_of_a_new_lead_are_read_once(self):
        """The lists of what is asked of them are complete, whatever the host adds."""
        contact = self.make_person(email="new@example.com", phone="+86 138 0000 0000")
        user = self.make_user("salesperson")
        leads = self.env["crm.lead"].with_user(user)
        leads.create({"name": "Warms the caches", "phone": contact.phone})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertLogs("odoo.sql_db", "DEBUG") as log:
            leads.create({"name": "Lead", "partner_id": contact.id})
            self.env.flush_all()
        for record in (contact, user.company_id):
            table = record._table
            read = f'FROM "{table}" WHERE "{table}"."id" IN ({record.id})'
            self.assertEqual(sum(read in line for line in log.output), 1, read)

    def test_creating_leads_of_an_education_team_finds_their_stage_once(self):
        leads = self.env["crm.lead"].with_user(self.agent)
        self.assertFlat(leads.create, lambda n: self.values(self.make_people(n)))

    # ------------------------------------------------------------------ changing
    def test_moving_leads_to_an_education_team(self):
        other = self.env["crm.team"].create({"name": "North"})

        def make(number):
            leads = self.leads(number)
            leads.team_id = other
            return leads

        def move(leads):
            leads.team_id = self.team()

        self.assertFlat(move, make)

    def test_moving_leads_into_signing(self):
        def make(number):
            leads = self.leads(number)
            leads.edu_has_wish = True
            return leads

        def move(leads):
            leads.stage_id = self.step("signing")

        self.assertFlat(move, make)

    # ------------------------------------------------------------------ reading
    def test_reading_the_prospect_database(self):
        guardians = self.families(MANY)
        self.env["crm.lead"].create(self.values(guardians))
        action = self.env.ref(f"{MODULE}.crm_lead_action_prospects")
        view = action.view_ids.filtered(lambda view: view.view_mode == "list").view_id
        leads = self.env["crm.lead"].with_user(self.agent)
        fields = leads.get_views([(view.id, "list")])["models"]["crm.lead"]["fields"]
        relational = ("many2one", "many2many", "one2many")
        spec = {
            name: {"fields": {"display_name": {}}}
            if fields[name]["type"] in relational
            else {}
            for name in fields
            if name.startswith("edu_") or name in ("name", "phone", "stage_id")
        }
        self.assertIn("edu_need_ids", spec)
        domain = [("partner_id", "in", guardians.ids)]

        def read(number):
            rows = leads.web_search_read(domain, spec, limit=number)["records"]
            self.assertEqual(len(rows), number)

        self.assertFlat(read, lambda number: number)
