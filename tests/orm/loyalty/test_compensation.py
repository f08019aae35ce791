"""A complaint is compensated in points: once, and what was decided."""

from odoo.exceptions import UserError, ValidationError

from ..complaint.measures import MeasureCase


class TestCompensation(MeasureCase):
    def setUp(self):
        super().setUp()
        self.make_program(earns=False)

    def make_points(self, points=300, **values):
        complaint = self.make_family_complaint(**values)
        return self.make_measure(complaint, "comp_points", points=points)

    def carry_out(self, measure):
        measure.action_request()
        measure.action_make_document()

    def card_of(self, measure):
        return self.make_card(measure.complaint_id.partner_id)

    def test_without_members_nobody_is_compensated_in_points(self):
        self.env.company.edu_member_program_id = False
        with self.assertRaises(ValidationError):
            self.make_points()

    def test_the_customer_gets_the_points(self):
        measure = self.make_points()
        self.carry_out(measure)
        self.assertEqual(measure.state, "done")
        card = self.card_of(measure)
        self.assertBalance(card, 300)
        self.assertEqual(card.edu_entry_ids.res_model, "edu.complaint")
        self.assertEqual(card.edu_entry_ids.text, "Compensation of a complaint")
        self.assertTrue(card.edu_entry_ids.expires_on)

    def test_a_rule_says_when_they_can_be_spent_but_not_how_many(self):
        self.make_points_rule("complaint", 10, hold="days", hold_days=5)
        measure = self.make_points()
        self.carry_out(measure)
        self.assertBalance(self.card_of(measure), 0, pending=300)

    def test_what_a_limit_refuses_is_not_promised(self):
        self.make_points_rule("complaint", 10, member_limit=200)
        measure = self.make_points()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.carry_out(measure)
        self.assertEqual(measure.state, "planned")
        self.assertBalance(self.card_of(measure), 0)
