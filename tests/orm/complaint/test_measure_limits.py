"""Ways around the limits up to which an amount needs nobody's approval."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestMeasureLimits(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {"edu_measure_agent_limit": 100, "edu_measure_leader_limit": 1000}
        )
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)

    def make(self, partner=None, step="implement", **values):
        return self.make_complaint(
            partner,
            step,
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            **values,
        )

    def compensate(self, complaint, cost=100):
        return self.make_measure(complaint, "comp_other", self.agent, cost=cost)

    def test_asked_for_together_they_count_together(self):
        complaint = self.make()
        both = self.compensate(complaint) | self.compensate(complaint)
        both.mapped("approval_level")
        both.action_request()
        self.assertEqual(sorted(both.mapped("state")), ["approved", "to_approve"])

    def test_what_was_merged_into_it_counts(self):
        mother = self.make_customer()
        first, second = self.make(mother), self.make(mother)
        self.compensate(first).action_done()
        first._merge_into(second)
        measure = self.compensate(second)
        measure.action_request()
        self.assertEqual(measure.state, "to_approve")

    def test_what_a_complaint_follows_from_counts(self):
        first = self.make()
        self.compensate(first).action_done()
        second = self.make(first.partner_id, previous_id=first.id)
        measure = self.compensate(second)
        measure.action_request()
        self.assertEqual(measure.state, "to_approve")

    def test_one_invoice_is_not_refunded_in_small_complaints(self):
        first = self.make_family_complaint(
            team_id=self.complaint_team.id, user_id=self.agent.id
        )
        measure = self.make_refund(100, self.agent, first)
        measure.action_request()
        self.assertEqual(measure.state, "approved")
        second = self.make(first.partner_id, invoice_id=first.invoice_id.id)
        measure = self.make_refund(100, self.agent, second)
        measure.action_request()
        self.assertEqual(measure.state, "to_approve")

    def test_the_limits_are_those_of_the_company_of_the_complaint(self):
        other = self.make_company()
        other.write(
            {"edu_measure_leader_limit": 90000, "edu_measure_agent_limit": 9000}
        )
        self.agent.company_ids |= other
        measure = self.compensate(self.make(), 5000).with_context(
            allowed_company_ids=self.agent.company_ids.ids
        )
        with self.assertRaises(UserError):
            measure.company_id = other
        forged = measure.create(
            {
                "complaint_id": measure.complaint_id.id,
                "kind": "comp_other",
                "cost": 5000,
                "company_id": other.id,
            }
        )
        forged.action_request()
        self.assertEqual(forged.state, "to_approve")

    def test_what_made_a_document_is_not_deleted_with_the_complaint(self):
        complaint = self.make()
        measure = self.make_measure(complaint, "comp_coupon", self.agent, cost=50)
        measure.action_make_document()
        complaint.action_withdraw()
        with self.assertRaisesRegex(UserError, "document"):
            complaint.with_user(self.make_user("manager")).unlink()
