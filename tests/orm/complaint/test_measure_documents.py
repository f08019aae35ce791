from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestMeasureDocuments(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.edu_measure_agent_limit = 2000

    def test_a_free_course_enrolls_the_learner_at_price_0(self):
        agent = self.make_user("agent")
        complaint = self.make_family_complaint(user_id=agent.id)
        measure = self.make_measure(complaint, "comp_free_course", agent)
        self.assertEqual(measure.course_id, complaint.course_id)
        self.assertEqual(measure.cost, 1000.0)
        measure.action_make_document()
        order = measure.order_id
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_total, 0.0)
        self.assertEqual(order.partner_id, complaint.payer_id)
        enrollment = order.sudo().edu_enrollment_ids
        self.assertEqual(enrollment.learner_id, complaint.learner_id)
        course = complaint.order_id.edu_enrollment_ids
        self.assertGreater(enrollment.date_start, course.date_end)
        self.assertEqual(measure.state, "done")
        self.assertEqual(complaint.cost_total, 1000.0)

    def test_gift_lessons_cost_their_part_of_the_course(self):
        complaint = self.make_family_complaint()
        measure = self.make_measure(complaint, "comp_free_course", quantity=0.25)
        self.assertEqual(measure.cost, 250.0)
        measure.action_make_document()
        self.assertEqual(measure.order_id.edu_enrollment_ids.lessons, 1)

    def test_a_free_course_without_learner_is_refused(self):
        school = self.make_organization(edu_is_customer=True)
        complaint = self.make_complaint(school, "implement")
        course = self.make_course()
        measure = self.make_measure(complaint, "comp_free_course", course_id=course.id)
        with self.assertRaisesRegex(UserError, "the learner"):
            measure.action_make_document()

    def test_a_voucher_is_a_gift_card_of_the_host_with_a_code(self):
        agent = self.make_user("agent")
        complaint = self.make_family_complaint(user_id=agent.id)
        measure = self.make_measure(complaint, "comp_coupon", agent, cost=50.0)
        measure.action_make_document()
        card = measure.card_id
        self.assertTrue(card.code)
        self.assertRecordValues(
            card,
            [
                {
                    "points": 50.0,
                    "partner_id": complaint.partner_id.id,
                    "program_type": "gift_card",
                }
            ],
        )
        self.assertTrue(card.expiration_date)
        self.assertEqual(measure.state, "done")

    def test_the_voucher_pays_for_the_next_course(self):
        complaint = self.make_family_complaint()
        measure = self.make_measure(complaint, "comp_coupon", cost=50.0)
        measure.action_make_document()
        order = self.make_course_order(complaint.partner_id, confirm=False)
        total = order.amount_total
        order._try_apply_code(measure.card_id.code)
        reward = measure.card_id.program_id.reward_ids
        order._apply_program_reward(reward, measure.card_id)
        self.assertEqual(order.amount_total, total - 50.0)

    def test_a_voucher_is_made_once(self):
        measure = self.make_measure(kind="comp_coupon", cost=50.0)
        measure.action_make_document()
        with self.assertRaises(UserError):
            measure.action_make_document()

    def test_another_company_chooses_a_program_of_its_own(self):
        other = self.make_company()
        complaint = self.make_complaint(
            self.make_customer(), company_id=other.id, team_id=False
        )
        measure = self.make_measure(complaint, "comp_coupon", cost=50.0)
        with self.assertRaisesRegex(UserError, "settings"):
            measure.action_make_document()
        program = self.env.company._edu_voucher_program().copy(
            {"company_id": other.id, "name": "Ours"}
        )
        other.edu_voucher_program_id = program
        measure.action_make_document()
        self.assertEqual(measure.card_id.program_id, program)

    def test_points_are_refused_while_nobody_has_any(self):
        with self.assertRaisesRegex(ValidationError, "points"):
            self.make_measure(kind="comp_points", points=100)

    def test_points_are_given_through_the_hook(self):
        model = type(self.env["edu.complaint.measure"])
        given = []
        self.patch(model, "_points_available", lambda measures: True)
        self.patch(model, "_give_points", lambda measure: given.append(measure.points))
        measure = self.make_measure(kind="comp_points", points=100)
        measure.action_make_document()
        self.assertEqual(given, [100])
        self.assertEqual(measure.state, "done")
        with self.assertRaises(UserError):
            measure.action_make_document()

    def test_what_has_a_document_is_not_just_done(self):
        measure = self.make_measure(kind="comp_coupon", cost=50.0)
        with self.assertRaisesRegex(UserError, "document"):
            measure.action_done()
