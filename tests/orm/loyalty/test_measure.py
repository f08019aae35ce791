"""The five signs of loyalty: from orders, leads, agents and answers."""

from datetime import timedelta

from odoo.fields import Command

from odoo.addons.edu_crm_addon.logic import loyalty_measure as rule

from ..common import EduCase


class TestLoyaltyMeasure(EduCase):
    def row(self, customer):
        self.env.flush_all()
        report = self.env["edu.loyalty.measure"]
        return report.search([("partner_id", "=", customer.id)])

    def make_chosen(self, customer, days):
        """Return an order made ``days`` after its lead."""
        lead = self.make_lead(customer)
        created_at = lead.create_date
        order = self.make_order(
            customer,
            opportunity_id=lead.id,
            ordered_at=created_at + timedelta(days=days),
        )
        self.env.flush_all()
        return order

    def test_a_second_purchase_is_a_repeat(self):
        customer = self.make_customer()
        self.make_order(customer)
        self.assertEqual((customer.edu_order_count, customer.edu_repeat_rate), (1, 0))
        self.make_order(customer)
        self.make_order(customer, confirm=False)
        customer.invalidate_recordset()
        self.assertEqual((customer.edu_order_count, customer.edu_repeat_rate), (2, 0.5))
        self.assertRelationship(customer, "repeat")

    def test_the_time_to_choose_is_from_the_lead_to_its_order(self):
        customer = self.make_customer()
        self.make_chosen(customer, 10)
        self.make_chosen(customer, 20)
        self.make_order(customer)
        self.assertAlmostEqual(customer.edu_choosing_days, 15, 2)

    def test_what_is_unknown_is_no_zero(self):
        customer = self.make_customer()
        self.assertEqual(customer.edu_loyalty_known, 0)
        self.assertFalse(customer.edu_has_choosing_days)
        customer.edu_price_sensitivity = "5"
        self.assertEqual(
            (customer.edu_loyalty_known, customer.edu_loyalty_score), (1, 100)
        )

    def test_a_report_leaves_out_a_choice_that_is_unknown(self):
        customer = self.make_customer()
        self.assertFalse(self.row(customer))
        self.make_order(customer)
        self.make_order(customer)
        row = self.row(customer)
        self.assertEqual((row.known, row.score), (1, 50))
        self.assertEqual(customer.edu_loyalty_score, row.score)

    def test_an_order_taken_on_the_spot_is_a_known_choice(self):
        customer = self.make_customer()
        self.make_chosen(customer, 0)
        self.assertTrue(customer.edu_has_choosing_days)
        self.assertEqual(customer.edu_loyalty_known, 2)

    def test_report_and_contact_agree(self):
        customer = self.make_customer(
            edu_price_sensitivity="2", edu_attitude_competitor="4"
        )
        self.make_chosen(customer, 12)
        self.make_chosen(customer, 30)
        row = self.row(customer)
        self.assertAlmostEqual(row.score, customer.edu_loyalty_score, delta=0.05)
        self.assertAlmostEqual(row.choosing_days, customer.edu_choosing_days, 1)
        self.assertEqual(row.known, customer.edu_loyalty_known)
        self.assertAlmostEqual(row.repeat_rate, customer.edu_repeat_rate)
        signs = rule.scores(2, 21, {rule.PRICE: 2, rule.COMPETITOR: 4})
        self.assertAlmostEqual(row.score, rule.total(signs), 2)

    def test_the_rate_of_a_group_is_of_all_its_purchases(self):
        many, one = self.make_customer(), self.make_customer()
        for _number in range(3):
            self.make_order(many)
        self.make_order(one)
        self.env.flush_all()
        [(rate,)] = self.env["edu.loyalty.measure"]._read_group(
            [("partner_id", "in", (many | one).ids)], [], ["repeat_rate:avg"]
        )
        self.assertEqual(rate, 0.5)

    def test_who_is_no_customer_has_no_row(self):
        person = self.make_person(edu_price_sensitivity="3")
        self.assertFalse(self.row(person))

    def test_orders_of_another_company_are_not_counted(self):
        customer = self.make_customer()
        self.make_order(customer)
        other = self.env["res.company"].create({"name": "Other school"})
        self.env.user.company_ids |= other
        self.assertEqual(customer.with_company(other).edu_order_count, 0)

    def test_the_price_of_many_contacts_is_that_of_one(self):
        people = self.make_people(20, edu_is_customer=True)
        for person in people:
            self.make_order(person)
        one = self.queries(people[:1].mapped, "edu_loyalty_score")
        self.assertLessEqual(self.queries(people.mapped, "edu_loyalty_score"), one + 1)


class TestAttitudeAnswers(EduCase):
    def ask(self, partner, value, **values):
        survey = self.env.ref("edu_crm_addon.survey_survey_loyalty")
        answer = survey._create_answer(partner=partner, **values)
        for question in survey.question_ids:
            answer._save_lines(question, str(value))
        answer._mark_done()
        return answer

    def test_an_answer_sets_the_attitudes(self):
        customer = self.make_customer(edu_attitude_quality="1")
        self.ask(customer, 4)
        self.assertEqual(customer.edu_price_sensitivity, "4")
        self.assertEqual(customer.edu_attitude_quality, "4")
        self.assertEqual(customer.edu_attitude_competitor, "4")

    def test_a_test_sets_nothing(self):
        customer = self.make_customer()
        self.ask(customer, 4, test_entry=True)
        self.assertFalse(customer.edu_price_sensitivity)

    def test_another_scale_is_the_nearest_step(self):
        customer = self.make_customer()
        survey = self.make_questionnaire(
            question_and_page_ids=[
                Command.create(
                    {
                        "title": "Price?",
                        "question_type": "scale",
                        "scale_min": 0,
                        "scale_max": 10,
                        "edu_loyalty_measure": "price_sensitivity",
                    }
                )
            ]
        )
        answer = survey._create_answer(partner=customer)
        answer._save_lines(survey.question_ids, "8")
        answer._mark_done()
        self.assertEqual(customer.edu_price_sensitivity, "4")
