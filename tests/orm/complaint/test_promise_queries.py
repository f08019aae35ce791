"""Promises cost no query per complaint."""

from odoo.fields import Datetime
from odoo.tests import tagged

from .promises import PromiseCase, at

FEW, MANY = 10, 100
# The host writes in chunks: that may be some queries more for the hundred.
CHUNKS = 4
# Number, promises, tracking and followers included.
MOST_OF_ONE = 20
MOST_PER_RECORD = 3


@tagged("post_install", "-at_install")
class TestPromiseQueries(PromiseCase):
    def values(self, number):
        kinds = self.complaint_type("teaching_quality")
        return [
            {
                "subject": f"Complaint {index}",
                "description": "The lesson was canceled.",
                "partner_id": customer.id,
                "type_id": kinds.id,
                "user_id": self.agent.id,
                "team_id": self.complaint_team.id,
            }
            for index, customer in enumerate(
                self.make_people(number, email="someone@example.com")
            )
        ]

    def create(self, number):
        """Return the queries of creating so many, as an agent does from a form."""
        values = self.values(number)
        env = self.env(user=self.agent, context={"lang": "en_US"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as result:
            env["edu.complaint"].create(values)
            self.env.flush_all()
            self.env.cr.precommit.run()
        return result[0]

    def test_creating_complaints(self):
        self.create(FEW)
        one, few, many = self.create(1), self.create(FEW), self.create(MANY)
        self.assertLessEqual(one, MOST_OF_ONE)
        self.assertLessEqual((many - few) / (MANY - FEW), MOST_PER_RECORD)

    # ------------------------------------------------------------------ flat
    def queries(self, function, *arguments):
        """Return the queries of one call from a cold cache, its writes included."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as result:
            function(*arguments)
            self.env.flush_all()
            self.env.cr.precommit.run()
        return result[0]

    def assertFlat(self, function, make, chunks=CHUNKS):
        """Assert that no query is asked per record, after a warm-up."""
        self.queries(function, make(FEW))
        few = self.queries(function, make(FEW))
        many = self.queries(function, make(MANY))
        self.assertLessEqual(many, few + chunks)

    def complaints(self, number, **values):
        complaints = self.env["edu.complaint"].create(
            [{**vals, **values} for vals in self.values(number)]
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        return complaints

    def test_telling_of_promises(self):
        rows = self.env["edu.complaint.deadline"]

        def make(number):
            received = at(2)
            values = {"received_at": received, "received_note": "Frozen time"}
            return rows.browse(self.complaints(number, **values).deadline_ids.ids)

        def tell(found):
            type(rows)._tell(found)

        # Of each hundred complaints 800 activities are inserted, a hundred at a time.
        self.assertFlat(tell, make, chunks=20)

    def test_keeping_promises(self):
        self.assertFlat(
            lambda complaints: complaints._keep_promise("decide"), self.complaints
        )

    def test_counting_progress(self):
        self.assertFlat(
            lambda complaints: complaints._count_progress(),
            lambda number: self.complaints(number, complexity="complex"),
        )

    def test_explaining_dates(self):
        rows = self.env["edu.complaint.deadline"]
        self.assertFlat(
            lambda found: found.mapped("explanation"),
            lambda number: rows.browse(self.complaints(number).deadline_ids.ids),
        )

    def test_the_job_looks_only_at_what_has_something_to_tell(self):
        complaints = self.complaints(FEW)
        rows = self.env["edu.complaint.deadline"]
        domain = [("next_check_at", "<=", Datetime.now())]
        found = rows.search([*domain, ("complaint_id", "in", complaints.ids)])
        self.assertFalse(found)
