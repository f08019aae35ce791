"""What enrolling costs in queries."""

from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestQueries(EduCase):
    def confirm(self, make, number, customer=None, **line):
        """Return the queries to create and confirm an order of so many products."""
        adult = customer or self.make_person()
        products = self.env["product.product"].union(*(make() for _ in range(number)))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as queries:
            order = self.env["sale.order"].create(
                {
                    "partner_id": adult.id,
                    "order_line": [
                        Command.create({"product_id": product.id, **line})
                        for product in products
                    ],
                }
            )
            order.action_confirm()
        return queries[0]

    def test_a_course_line_costs_at_most_15_queries_and_ten_at_most_20(self):
        for number, limit in ((1, 15), (10, 20)):
            self.confirm(self.make_course, number)  # warms the caches
            plain = self.confirm(self.make_product, number)
            courses = self.confirm(self.make_course, number)
            self.assertLessEqual(courses - plain, limit)

    def test_a_course_for_a_minor_costs_as_little(self):
        def enroll():
            guardian = self.make_person()
            learner = self.make_learner(guardian)
            return self.confirm(
                self.make_course, 1, guardian, edu_learner_id=learner.id
            )

        enroll()  # warms the caches
        self.confirm(self.make_product, 1)
        plain = self.confirm(self.make_product, 1)
        self.assertLessEqual(enroll() - plain, 15)

    def roll(self, number):
        guardian = self.make_person()
        course = self.make_course()
        learners = self.make_people(number)
        order = self.env["sale.order"].create(
            {
                "partner_id": guardian.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": course.id,
                            "edu_learner_id": learner.id,
                            "edu_date_start": self.days_ago(-5),
                        }
                    )
                    for learner in learners
                ],
            }
        )
        order.action_confirm()
        enrollments = order.edu_enrollment_ids
        self.assertEqual(set(enrollments.mapped("state")), {"onboarding"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE edu_enrollment SET date_start = %s WHERE id IN %s",
            [self.days_ago(1), tuple(enrollments.ids)],
        )
        self.env.invalidate_all()
        quiet = self.env["edu.enrollment"].with_context(tracking_disable=True)
        enrollments = quiet.browse(enrollments.ids)
        with self.count_queries() as queries:
            enrollments._roll()
        self.assertEqual(set(enrollments.mapped("state")), {"active"})
        return queries[0]

    def test_rolling_a_hundred_costs_as_much_as_rolling_ten(self):
        self.roll(2)
        self.assertAlmostEqual(self.roll(10), self.roll(100), delta=2)

    def test_the_list_costs_the_same_for_ten_and_for_a_hundred(self):
        user = self.make_user("manager")
        for _ in range(30):
            self.make_enrollment()
        specification = {
            "name": {},
            "state": {},
            "date_end": {},
            "price_total": {},
            "is_waiting": {},
            "learner_id": {"fields": {"display_name": {}}},
            "payer_id": {"fields": {"display_name": {}}},
            "course_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }
        counts = []
        for limit in (30, 10, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.count_queries() as queries:
                self.env["edu.enrollment"].with_user(user).web_search_read(
                    [], specification, limit=limit
                )
            counts.append(queries[0])
        self.assertEqual(counts[1], counts[2])
