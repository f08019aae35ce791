"""Who sees what in the reports on leads: as much as of the leads behind them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import EduCase

COUNT = "lead_count:count_distinct"


@tagged("post_install", "-at_install")
class TestReportAccess(EduCase):
    model = "edu.pipeline.report"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.mine = cls.make_prospect(user_id=cls.agent.id)
        cls.free = cls.make_prospect(user_id=False)
        cls.others = cls.make_prospect(user_id=cls.make_user("agent").id)
        cls.leads = cls.mine | cls.free | cls.others

    def seen(self, user, field="lead_id"):
        lines = self.env[self.model].with_user(user)
        rows = lines._read_group(
            [("lead_id", "in", self.leads.ids)], ["lead_id"], [COUNT]
        )
        self.assertTrue(all(count == 1 for _lead, count in rows))
        ids = [lead.id for lead, _count in rows]
        return self.env["crm.lead"].browse(ids)

    def test_an_agent_sees_own_leads_and_those_without_owner(self):
        self.assertEqual(self.seen(self.agent), self.mine | self.free)

    def test_an_agent_sees_as_many_leads_as_the_host_shows(self):
        shown = self.env["crm.lead"].with_user(self.agent)
        self.assertEqual(
            self.seen(self.agent).ids,
            shown.search([("id", "in", self.leads.ids)], order="id").ids,
        )

    def test_a_manager_and_who_only_reads_see_all(self):
        for role in ("manager", "readonly"):
            with self.subTest(role=role):
                self.assertEqual(self.seen(self.make_user(role)), self.leads)

    def test_another_companys_leads_are_invisible(self):
        campus = self.make_company()
        self.others.user_id = False
        self.others.company_id = campus
        manager = self.make_user("manager")
        self.assertEqual(self.seen(manager), self.mine | self.free)
        there = self.make_user("manager", company=campus)
        self.assertIn(self.others, self.seen(there))

    def test_without_education_role_there_is_no_report(self):
        for role in ("employee", "salesperson", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env[self.model].with_user(self.make_user(role)).search([])

    def test_nobody_changes_a_line(self):
        line = self.env[self.model].search([("lead_id", "=", self.mine.id)], limit=1)
        for action in (
            lambda rec: rec.write({"user_id": False}),
            lambda rec: rec.unlink(),
        ):
            with self.assertRaises(AccessError):
                action(line.with_user(self.make_user("manager")))

    def test_each_role_groups_by_every_column(self):
        for role in ("readonly", "agent", "leader", "manager"):
            lines = self.env[self.model].with_user(self.make_user(role))
            for name, field in lines.fields_get().items():
                if field.get("groupable"):
                    group = f"{name}:month" if "date" in field["type"] else name
                    with self.subTest(role=role, field=name):
                        lines.formatted_read_group([], [group], [COUNT])

    def test_the_cost_of_a_report_does_not_grow_with_its_leads(self):
        lines = self.env[self.model].with_user(self.agent)

        def read():
            self.env.invalidate_all()
            with self.count_queries() as queries:
                lines.formatted_read_grouping_sets([], [[], ["source_id"]], [COUNT])
                lines.web_search_read([], {"lead_id": {"fields": {"display_name": {}}}})
            return queries[0]

        read()
        few = read()
        for _number in range(10):
            self.make_prospect(user_id=self.agent.id)
        self.assertEqual(read(), few)


@tagged("post_install", "-at_install")
class TestSourceReportAccess(TestReportAccess):
    model = "edu.source.report"


@tagged("post_install", "-at_install")
class TestPipelineReportOfLeaders(EduCase):
    def test_a_leader_sees_the_leads_of_the_team(self):
        leader, stranger = self.make_user("leader"), self.make_user("leader")
        self.team("career").user_id = leader
        agent = self.make_user("agent")
        ours = self.make_prospect(team_id=self.team("career").id, user_id=agent.id)
        theirs = self.make_prospect(user_id=agent.id)
        lines = self.env["edu.pipeline.report"]
        domain = [("lead_id", "in", (ours | theirs).ids)]
        self.assertEqual(lines.with_user(leader).search(domain).lead_id, ours)
        self.assertFalse(lines.with_user(stranger).search(domain))
