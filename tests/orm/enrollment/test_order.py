"""Confirm, cancel, confirm again: one enrollment per course line, never two."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestOrder(EduCase):
    def all_of(self, order):
        return self.env["edu.enrollment"].search([("order_id", "=", order.id)])

    def test_confirming_enrolls_the_learner_of_each_course_line(self):
        guardian = self.make_person()
        first, second = self.make_learner(guardian), self.make_learner(guardian)
        courses = self.make_course(), self.make_course()
        order = self.env["sale.order"].create(
            {
                "partner_id": guardian.id,
                "order_line": [
                    Command.create({"product_id": courses[0].id}),
                    Command.create({"product_id": courses[1].id}),
                    Command.create({"product_id": self.make_product().id}),
                    Command.create({"display_type": "line_note", "name": "Note"}),
                ],
            }
        )
        order.order_line[0].edu_learner_id = first
        order.order_line[1].edu_learner_id = second
        self.assertFalse(self.all_of(order))
        order.action_confirm()
        enrollments = self.all_of(order).sorted("sale_line_id")
        self.assertEqual(enrollments.learner_id, first | second)
        self.assertEqual(enrollments.payer_id, guardian)
        self.assertEqual(enrollments.sale_line_id, order.order_line[:2])
        self.assertEqual(enrollments.mapped("state"), ["active", "active"])
        self.assertEqual(len(set(enrollments.mapped("name"))), 2)

    def test_an_enrollment_copies_what_was_sold(self):
        course = self.make_course(
            edu_term=3, edu_lessons=24, edu_gift_lessons=2, list_price=900.0
        )
        today = self.env.company._edu_today()
        enrollment = self.make_enrollment(course=course)
        self.assertRecordValues(
            enrollment,
            [
                {
                    "course_id": course.id,
                    "term": 3,
                    "term_unit": "months",
                    "lessons": 24,
                    "gift_lessons": 2,
                    "price_total": 900.0,
                    "date_start": today,
                    "user_id": enrollment.order_id.user_id.id,
                    "company_id": self.env.company.id,
                }
            ],
        )
        course.edu_lessons = 99
        self.assertEqual(enrollment.lessons, 24)

    def test_a_quantity_of_three_is_three_terms(self):
        enrollment = self.make_enrollment(
            product_uom_qty=3, edu_date_start="2024-01-31"
        )
        self.assertEqual(enrollment.term, 3)
        self.assertEqual(enrollment.lessons, 12)
        self.assertEqual(str(enrollment.date_end), "2024-04-29")

    def test_cancel_and_confirm_again_is_still_the_same_one(self):
        enrollment = self.make_enrollment()
        order = enrollment.order_id
        for _round in range(2):
            order._action_cancel()
            self.assertEqual(enrollment.state, "canceled")
            order.action_draft()
            self.assertEqual(enrollment.state, "canceled")
            order.action_confirm()
            self.assertEqual(enrollment.state, "active")
        self.assertEqual(self.all_of(order), enrollment)

    def test_a_state_written_by_import_or_rpc_counts_as_well(self):
        order = self.make_course_order(self.make_person(), confirm=False)
        order.write({"state": "sale"})
        enrollment = self.all_of(order)
        self.assertEqual(enrollment.state, "active")
        order.write({"state": "cancel"})
        self.assertEqual(enrollment.state, "canceled")

    def test_a_copied_order_has_enrollments_of_its_own(self):
        enrollment = self.make_enrollment()
        copy = enrollment.order_id.copy()
        self.assertFalse(self.all_of(copy))
        self.assertEqual(copy.order_line.edu_learner_id, enrollment.learner_id)
        copy.order_line.edu_date_start = enrollment.date_end + timedelta(days=1)
        copy.action_confirm()
        self.assertEqual(len(self.all_of(copy)), 1)
        self.assertNotEqual(self.all_of(copy), enrollment)

    def test_a_changed_quantity_changes_the_one_enrollment(self):
        enrollment = self.make_enrollment()
        order = enrollment.order_id
        order.order_line.product_uom_qty = 5
        self.assertEqual(enrollment.term, 5)
        self.assertEqual(enrollment.lessons, 20)
        self.assertEqual(enrollment.price_total, 500.0)
        order.order_line.product_uom_qty = 0
        self.assertEqual(enrollment.state, "canceled")
        order.order_line.product_uom_qty = 1
        self.assertEqual(enrollment.state, "active")
        self.assertEqual(self.all_of(order), enrollment)

    def test_a_line_added_after_the_confirmation_enrolls_too(self):
        enrollment = self.make_enrollment()
        order = enrollment.order_id
        order.order_line = [Command.create({"product_id": self.make_course().id})]
        self.assertEqual(len(self.all_of(order)), 2)

    def test_deleting_a_canceled_order_leaves_no_orphan(self):
        enrollment = self.make_enrollment()
        order = enrollment.order_id
        order._action_cancel()
        order.unlink()
        self.assertFalse(enrollment.exists())

    def test_an_ended_enrollment_keeps_its_order(self):
        enrollment = self.make_enrollment(edu_date_start="2024-01-01")
        self.assertEqual(enrollment.state, "ended")
        order = enrollment.order_id
        order._action_cancel()
        self.assertEqual(enrollment.state, "ended")
        with self.assertRaises(UserError):
            order.unlink()

    def test_without_a_learner_nothing_is_confirmed(self):
        guardian = self.make_person()
        self.make_learner(guardian)
        self.make_learner(guardian)
        order = self.make_course_order(guardian, confirm=False)
        self.assertFalse(order.order_line.edu_learner_id)
        with self.assertRaisesRegex(UserError, "Who learns"):
            order.action_confirm()

    def test_an_organization_says_who_learns(self):
        order = self.make_course_order(self.make_organization(), confirm=False)
        with self.assertRaisesRegex(UserError, "Who learns"):
            order.action_confirm()

    def test_the_learner_is_the_customer_or_the_only_child(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        adult = self.make_person()
        self.assertEqual(self.make_enrollment(adult).learner_id, adult)
        order = self.make_course_order(guardian)
        self.assertEqual(order.edu_enrollment_ids.learner_id, learner)

    def test_a_minor_does_not_sign_for_itself(self):
        learner = self.make_learner(self.make_person())
        with self.assertRaisesRegex(UserError, "under age"):
            self.make_course_order(learner, learner)

    def test_the_second_enrollment_of_a_line_is_refused_by_the_database(self):
        enrollment = self.make_enrollment()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            enrollment.copy(
                {
                    "sale_line_id": enrollment.sale_line_id.id,
                    "learner_id": self.make_person().id,
                }
            )
            self.env.flush_all()

    def test_the_same_course_twice_from_the_same_day_is_refused(self):
        enrollment = self.make_enrollment()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.make_enrollment(enrollment.learner_id, course=enrollment.course_id)

    def test_the_form_of_an_order_proposes_the_learner(self):
        user = self.make_user("agent")
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        course = self.make_course()
        with Form(self.env["sale.order"].with_user(user)) as order:
            order.partner_id = guardian
            with order.order_line.new() as line:
                line.product_id = course
                self.assertEqual(line.edu_learner_id, learner)
        order.record.action_confirm()
        self.assertEqual(order.record.edu_enrollment_ids.learner_id, learner)

    def test_a_salesperson_without_education_role_sells_courses_too(self):
        user = self.make_user("salesperson")
        partner = self.make_person()
        order = (
            self.env["sale.order"]
            .with_user(user)
            .create(
                {
                    "partner_id": partner.id,
                    "order_line": [
                        Command.create({"product_id": self.make_course().id})
                    ],
                }
            )
        )
        order.action_confirm()
        self.assertEqual(order.sudo().edu_enrollment_ids.learner_id, partner)

    def test_another_product_on_the_line_cancels_the_enrollment(self):
        enrollment = self.make_enrollment()
        line, course = enrollment.sale_line_id, enrollment.course_id
        line.product_id = self.make_product()
        self.assertEqual(enrollment.state, "canceled")
        line.product_id = course
        self.assertEqual(enrollment.state, "active")

    def test_a_course_no_longer_sold_still_has_its_learners(self):
        enrollment = self.make_enrollment()
        course, order = enrollment.course_id, enrollment.order_id
        course.sale_ok = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(course.edu_is_course)
        order._action_cancel()
        self.assertEqual(enrollment.state, "canceled")

    def test_a_course_with_learners_stays_a_course(self):
        enrollment = self.make_enrollment()
        course = enrollment.course_id
        for values in ({"service_tracking": "no"}, {"type": "consu"}):
            with self.subTest(**values), self.assertRaises(ValidationError):
                course.write(values)
        enrollment.order_id._action_cancel()
        course.service_tracking = "no"
        self.assertFalse(course.edu_is_course)
