"""Promises cost no query per complaint."""

from odoo.tests import tagged

from .promises import PromiseCase

FEW, MANY = 10, 100
# The host writes in chunks: that may be some queries more for the hundred.
CHUNKS = 4
# Number, promises, tracking and followers included.
MOST_OF_ONE = 24
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
