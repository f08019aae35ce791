from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestNumber(EduCase):
    def test_a_number_has_the_year(self):
        self.assertRegex(self.make_complaint().name, r"^CMP/20\d\d/\d{5}$")

    def test_a_batch_draws_all_numbers_at_once(self):
        customer = self.make_customer()
        self.make_complaint(customer)

        def cost(count):
            with self.count_queries() as queries:
                self.env["edu.complaint"].create(
                    [{"subject": "x", "partner_id": customer.id}] * count
                )
            return queries[0]

        self.assertLessEqual((cost(50) - cost(10)) / 40, 3)

    def test_the_number_cannot_be_chosen(self):
        complaint = self.make_complaint(name="MINE")
        self.assertNotEqual(complaint.name, "MINE")

    def test_received_long_ago_needs_a_reason(self):
        with self.assertRaisesRegex(ValidationError, "more than a day"):
            self.make_complaint(received_at=self.moment_ago(2))
        complaint = self.make_complaint(
            received_at=self.moment_ago(2), received_note="Told on Friday"
        )
        self.assertTrue(complaint.name)

    def test_nothing_is_received_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "future"):
            self.make_complaint(received_at=self.moment_ago(-1))
