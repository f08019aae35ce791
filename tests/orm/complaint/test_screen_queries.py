"""List, board and columns cost the same, however many complaints there are."""

from lxml import etree

from odoo.tests import tagged

from ..common import MODULE, EduCase

LIMIT = 12
# Each column with complaints is a search of the host's.
COLUMNS = 3


@tagged("post_install", "-at_install")
class TestScreenQueries(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager")
        cls.team = cls.make_complaint_team(*[cls.make_user("agent") for _ in range(3)])

    def make_complaints(self, number):
        agents = self.team.member_ids
        for index in range(number):
            guardian = self.make_customer()
            self.make_complaint(
                guardian,
                step=("receive", "assess", "plan")[index % 3],
                type="after_sales",
                learner_id=self.make_learner(guardian).id,
                team_id=self.team.id,
                user_id=agents[index % 3].id,
            )

    def shown(self, view_type):
        """Return what the web client asks for of each record of the view."""
        view = self.env.ref(f"{MODULE}.edu_complaint_view_{view_type}")
        model = self.env["edu.complaint"].with_user(self.manager)
        arch = etree.fromstring(model.get_view(view.id)["arch"])
        fields = model._fields
        return {
            name: {"fields": {"display_name": {}}} if fields[name].relational else {}
            for name in {node.get("name") for node in arch.iter("field")}
        }

    def assertConstant(self, read, limit=LIMIT):
        def cost():
            self.env.invalidate_all()
            self.env.registry.clear_cache("templates")
            with self.count_queries() as queries:
                read(self.env["edu.complaint"].with_user(self.manager))
            return queries[0]

        self.make_complaints(4)
        cost()
        few = cost()
        self.make_complaints(12)
        self.assertLessEqual(cost(), few)
        self.assertLessEqual(few, limit)

    def test_the_list(self):
        shown = self.shown("list")
        self.assertConstant(
            lambda model: model.web_search_read(
                [("team_id", "=", self.team.id)], shown, order="due_at, id", limit=80
            )
        )

    def test_the_board_of_the_leader(self):
        shown = self.shown("list")
        domain = [
            ("team_id", "=", self.team.id),
            "|",
            ("deadline_state", "in", ["late", "soon"]),
            ("user_id", "!=", False),
        ]
        self.assertConstant(
            lambda model: model.web_search_read(
                domain, shown, order="due_at, id", limit=80
            )
        )

    def test_the_columns(self):
        shown = self.shown("kanban")
        self.assertConstant(
            lambda model: model.with_context(read_group_expand=True).web_read_group(
                [("team_id", "=", self.team.id)],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=shown,
            ),
            limit=LIMIT - 1 + COLUMNS,
        )
