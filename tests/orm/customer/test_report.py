"""The classification report counts each customer once per group and in the total."""

from odoo.fields import Domain
from odoo.tests import tagged

from ..common import EduCase

COUNT = "customer_count:count_distinct"


@tagged("post_install", "-at_install")
class TestReport(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.primary, cls.secondary = cls.stage("primary"), cls.stage("secondary")
        both = cls.primary | cls.secondary
        natures = cls.nature("institution") | cls.nature("investment")
        cls.several = cls.make_organization(
            edu_stage_ids=both.ids,
            edu_nature_ids=natures.ids,
            edu_type_id=cls.education_type("public").id,
            user_id=cls.agent.id,
        )
        cls.one = cls.make_customer(
            edu_stage_ids=cls.primary.ids,
            edu_tier_id=cls.tier("vip").id,
            user_id=cls.agent.id,
        )
        cls.unclassified = cls.make_customer()
        cls.ours = cls.several | cls.one | cls.unclassified
        cls.env.flush_all()

    def counts(self, *groupby, user=None, domain=()):
        """Return ``{group: customers}`` of the customers made here."""
        report = self.env["edu.customer.report"].with_user(user or self.env.user)
        domain = [("partner_id", "in", self.ours.ids), *domain]
        rows = report._read_group(domain, groupby, [COUNT])
        return {tuple(v.id if hasattr(v, "id") else v for v in k): n for *k, n in rows}

    # ------------------------------------------------------------------ counting
    def test_a_customer_of_two_stages_counts_once_in_each(self):
        self.assertEqual(
            self.counts("stage_id"),
            {(self.primary.id,): 2, (self.secondary.id,): 1, (False,): 1},
        )

    def test_every_customer_counts_once_in_the_total(self):
        self.assertEqual(self.counts(), {(): 3})

    def test_stage_by_nature_counts_once_in_each_cell(self):
        cells = self.counts("stage_id", "nature_id")
        institution = self.nature("institution").id
        self.assertEqual(cells[self.primary.id, institution], 1)
        self.assertEqual(cells[self.secondary.id, institution], 1)
        self.assertEqual(cells[self.primary.id, False], 1)
        # Five cells, three customers.
        self.assertEqual(sum(cells.values()), 6)

    def test_the_pivots_own_call_counts_the_same(self):
        """The pivot asks for each level and the grand total in one go."""
        report = self.env["edu.customer.report"]
        domain = [("partner_id", "in", self.ours.ids)]
        total, stages = report.formatted_read_grouping_sets(
            domain, [[], ["stage_id"]], [COUNT]
        )
        self.assertEqual(total[0][COUNT], 3)
        self.assertEqual(
            {row["stage_id"] and row["stage_id"][0]: row[COUNT] for row in stages},
            {self.primary.id: 2, self.secondary.id: 1, False: 1},
        )

    def test_the_measure_counts_customers_without_being_told(self):
        field = self.env["edu.customer.report"]._fields["customer_count"]
        self.assertEqual(field.aggregator, "count_distinct")

    def test_it_agrees_with_the_list_of_customers(self):
        report = self.env["edu.customer.report"]
        partners = self.env["res.partner"]
        customers = partners._edu_customer_domain()
        ((total,),) = report._read_group([], [], [COUNT])
        self.assertEqual(total, partners.search_count(customers))
        for stage, count in report._read_group([], ["stage_id"], [COUNT]):
            with self.subTest(stage=stage.name):
                self.assertEqual(
                    count,
                    partners.search_count(
                        customers & Domain("edu_stage_ids", "=", stage.id or False)
                    ),
                )

    def test_a_change_shows_at_once(self):
        self.unclassified.edu_stage_ids = self.secondary
        self.assertEqual(self.counts("stage_id")[(self.secondary.id,)], 2)

    def test_archived_customers_and_plain_contacts_are_left_out(self):
        self.one.action_archive()
        self.ours |= self.make_person()
        self.assertEqual(self.counts(), {(): 2})

    def test_a_contact_with_a_lead_is_counted(self):
        prospect = self.make_person()
        self.make_lead(prospect)
        self.ours |= prospect
        self.assertEqual(self.counts(), {(): 4})
        self.assertEqual(self.counts("relationship")[("potential",)], 1)

    def test_by_owner_company_and_month(self):
        self.assertEqual(self.counts("user_id"), {(self.agent.id,): 2, (False,): 1})
        self.assertEqual(self.counts("company_id"), {(False,): 3})
        self.assertEqual(list(self.counts("create_date:month").values()), [3])

    # ------------------------------------------------------------------ rights
    def test_an_agent_sees_own_customers_and_those_without_owner(self):
        other = self.make_user("agent")
        self.assertEqual(self.counts(user=self.agent), {(): 3})
        self.assertEqual(self.counts(user=other), {(): 1})

    def test_a_leader_sees_those_of_the_team(self):
        leader, stranger = self.make_user("leader"), self.make_user("leader")
        team = self.env["crm.team"].create({"name": "North", "user_id": leader.id})
        for member in (leader, self.agent):
            self.env["crm.team.member"].create(
                {"crm_team_id": team.id, "user_id": member.id}
            )
        self.assertEqual(self.counts(user=leader), {(): 3})
        self.assertEqual(self.counts(user=stranger), {(): 1})

    def test_a_manager_sees_all(self):
        self.assertEqual(self.counts(user=self.make_user("manager")), {(): 3})

    def test_who_only_reads_sees_all_of_own_companies(self):
        self.assertEqual(self.counts(user=self.make_user("readonly")), {(): 3})

    def test_another_companys_customers_are_invisible(self):
        campus = self.make_company()
        self.one.company_id = campus
        self.assertEqual(self.counts(user=self.make_user("manager")), {(): 2})
        there = self.make_user("manager", company=campus)
        self.assertEqual(self.counts(user=there), {(): 3})

    def test_a_line_opens_its_customer(self):
        customer = self.make_customer(edu_stage_ids=self.stage("primary").ids)
        self.env.flush_all()
        line = self.env["edu.customer.report"].search(
            [("partner_id", "=", customer.id)]
        )
        action = line.action_open_customer()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", customer.id)
        )
