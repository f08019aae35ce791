"""What the onboarding costs in queries."""

from odoo.fields import Command
from odoo.tests import tagged

from .onboarding import OnboardingCase


@tagged("post_install", "-at_install")
class TestOnboardingQueries(OnboardingCase):
    def batch(self, number, course=None):
        """Return the enrollments of one order with so many learners."""
        course = course or self.make_course_with("identity", "photo")
        learners = self.make_people(number)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.make_family()[0].id,
                "order_line": [
                    Command.create(
                        {"product_id": course.id, "edu_learner_id": learner.id}
                    )
                    for learner in learners
                ],
            }
        )
        order.action_confirm()
        return order.edu_enrollment_ids

    # ------------------------------------------------------------------ confirming
    def confirm(self, products, **line):
        """Return the queries to create and confirm an order of these products."""
        adult = self.make_customer(email=f"adult.{next(self._numbers)}@example.com")
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    **{name: value(product) for name, value in line.items()},
                }
            )
            for product in products
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as queries:
            order = self.env["sale.order"].create(
                {"partner_id": adult.id, "order_line": lines}
            )
            order.action_confirm()
        return queries[0]

    def extra(self, number, **line):
        """Return what courses with documents cost more than other services."""
        kinds = "identity", "photo", "health"
        products = self.env["product.product"]
        plain = products.union(*(self.make_product() for _ in range(number)))
        courses = products.union(
            *(self.make_course_with(*kinds) for _ in range(number))
        )
        self.confirm(plain)  # warms the caches
        self.confirm(courses, **line)
        return self.confirm(courses, **line) - self.confirm(plain)

    def test_three_documents_each_fit_the_budget_of_an_order(self):
        self.assertLessEqual(self.extra(1), 15)
        self.assertLessEqual(self.extra(10), 20)

    def test_limited_seats_fit_the_budget_of_an_order(self):
        def run(product):
            return self.make_run(product, seats=5).id

        self.assertLessEqual(self.extra(1, edu_run_id=run), 15)
        self.assertLessEqual(self.extra(10, edu_run_id=run), 20)

    # ------------------------------------------------------------------ readiness
    def recompute(self, number):
        enrollments = self.batch(number)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as queries:
            self.env.add_to_compute(enrollments._fields["is_ready"], enrollments)
            enrollments.mapped("is_ready")
        return queries[0]

    def test_readiness_of_a_hundred_costs_as_much_as_of_ten(self):
        self.recompute(2)
        self.assertEqual(self.recompute(10), self.recompute(100))

    def change_setting(self, number):
        self.require("account")
        enrollments = self.batch(number)
        self.assertEqual(set(enrollments.mapped("state")), {"onboarding"})
        self.env.flush_all()
        self.env.invalidate_all()
        company = self.env.company.with_context(tracking_disable=True)
        with self.count_queries() as queries:
            company.edu_require_account = False
        self.assertEqual(set(enrollments.mapped("state")), {"active"})
        enrollments._update_state(("active",), "ended")
        return queries[0]

    def test_changing_a_setting_costs_no_query_per_enrollment(self):
        self.change_setting(2)
        few, many = self.change_setting(10), self.change_setting(60)
        self.assertAlmostEqual(few, many, delta=3)

    # ------------------------------------------------------------------ taking over
    def take_over(self, number):
        first = self.batch(number)
        self.hand_in(first.document_ids)
        course = self.make_course_with("identity", "photo")
        lines = [
            Command.create({"product_id": course.id, "edu_learner_id": learner.id})
            for learner in first.learner_id
        ]
        order = self.env["sale.order"].create(
            {"partner_id": first.payer_id.id, "order_line": lines}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.count_queries() as queries:
            order.action_confirm()
        self.assertEqual(
            set(order.edu_enrollment_ids.document_ids.mapped("state")), {"accepted"}
        )
        return queries[0]

    def test_taking_over_documents_costs_no_query_per_learner(self):
        self.take_over(1)
        few, many = self.take_over(2), self.take_over(10)
        self.assertLessEqual(many - few, 5)

    # ------------------------------------------------------------------ the list
    def test_the_list_of_documents_costs_the_same_for_ten_and_for_thirty(self):
        self.batch(30)
        user = self.make_user("manager")
        specification = {
            "learner_id": {"fields": {"display_name": {}}},
            "enrollment_id": {"fields": {"display_name": {}}},
            "document_type_id": {"fields": {"display_name": {}}},
            "state": {},
            "is_expired": {},
            "file": {},
        }
        counts = []
        for limit in (30, 10, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            documents = self.env["edu.enrollment.document"].with_user(user)
            with self.count_queries() as queries:
                documents.with_context(bin_size=True).web_search_read(
                    [], specification, limit=limit
                )
            counts.append(queries[0])
        self.assertAlmostEqual(counts[1], counts[2], delta=2)
