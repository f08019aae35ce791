"""Many complain about one incident: one decision, and each stays for itself."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestIncident(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)
        cls.main = cls.complain("Anna", step="plan", severity="serious", scope="group")
        cls.others = cls.complain("Ben") | cls.complain("Clara", severity="minor")
        cls.others.incident_id = cls.main

    @classmethod
    def complain(cls, name, **values):
        return cls.make_complaint(
            cls.make_customer(name=name, email=f"{name.lower()}@example.com"),
            type="product_problem",
            description=f"{name} could not log in",
            team_id=cls.complaint_team.id,
            user_id=cls.agent.id,
            **values,
        )

    def decide(self):
        self.bring(self.main, "implement")
        self.main.write(
            {"verdict": "partly", "verdict_reason": "The server was down on Monday."}
        )
        self.main.state = "feedback"
        return self.main.with_user(self.agent).action_decide_incident()

    def mails(self, complaint):
        return self.env["mail.mail"].search(
            [("model", "=", complaint._name), ("res_id", "=", complaint.id)]
        )

    def test_one_decision_goes_to_all(self):
        self.assertEqual(self.decide(), self.others)
        for complaint in self.others:
            self.assertEqual(complaint.state, "feedback")
            self.assertEqual(complaint.verdict, "partly")
            self.assertEqual(complaint.verdict_reason, "The server was down on Monday.")
        self.assertEqual(self.others.mapped("severity"), ["serious", "minor"])

    def test_each_keeps_its_number_its_promise_and_its_letter(self):
        self.decide()
        self.assertEqual(len(set((self.main | self.others).mapped("name"))), 3)
        for complaint in self.others:
            decide = complaint.deadline_ids.filtered(lambda row: row.kind == "decide")
            self.assertTrue(decide.done_at)
            self.assertTrue(self.mails(complaint))

    def test_nobody_learns_of_the_others(self):
        self.decide()
        bodies = "".join(self.mails(self.others[0]).mapped("body_html"))
        for secret in ("Anna", "Clara", self.main.name, self.others[1].name):
            self.assertNotIn(secret, bodies)

    def test_who_withdrew_is_left_alone(self):
        self.others[1].action_withdraw()
        self.assertEqual(self.decide(), self.others[0])
        self.assertEqual(self.others[1].state, "withdrawn")

    def test_twice_tells_nobody_twice(self):
        self.decide()
        letters = len(self.mails(self.others[0]))
        self.assertFalse(self.main.action_decide_incident())
        self.assertEqual(len(self.mails(self.others[0])), letters)

    def test_there_is_nothing_to_pass_on_before_the_decision(self):
        with self.assertRaisesRegex(UserError, "Decide"):
            self.main.action_decide_incident()

    def test_one_that_lacks_something_is_named(self):
        self.others[1].type_id = False
        with self.assertRaisesRegex(ValidationError, self.others[1].name):
            self.decide()

    def test_no_chains_and_no_circles(self):
        other = self.complain("Dora")
        with self.assertRaises(ValidationError):
            other.incident_id = self.others[0]
        with self.assertRaises(ValidationError):
            self.main.incident_id = other

    def test_who_may_not_change_a_member_does_not_decide_it(self):
        self.others[1].write(
            {"user_id": self.leader.id, "recorded_by_id": self.leader.id}
        )
        with self.assertRaises(AccessError):
            self.others.with_user(self.agent)._decide_as(self.main)

    def test_the_count_is_one_query_for_many(self):
        complaints = self.main | self.others
        complaints.invalidate_recordset()
        with self.count_queries() as queries:
            counts = complaints.mapped("incident_count")
        self.assertEqual(counts, [2, 0, 0])
        self.assertLessEqual(queries[0], 2)
