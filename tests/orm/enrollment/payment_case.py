"""Base of the tests of what is paid of an enrollment."""

from odoo.fields import Command

from ..common import EduCase


class PaymentCase(EduCase):
    def assertAmounts(self, enrollment, state, invoiced=0, paid=0, due=0, overdue=0):
        self.assertRecordValues(
            enrollment,
            [
                {
                    "payment_state": state,
                    "amount_invoiced": invoiced,
                    "amount_paid": paid,
                    "amount_due": due,
                    "amount_overdue": overdue,
                }
            ],
        )

    def siblings(self, *prices):
        """Return enrollments of siblings, each on a line of one order."""
        guardian = self.make_person()
        order = self.env["sale.order"].create(
            {
                "partner_id": guardian.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.make_course(list_price=price).id,
                            "edu_learner_id": self.make_learner(guardian).id,
                        }
                    )
                    for price in prices
                ],
            }
        )
        order.action_confirm()
        return order.edu_enrollment_ids.sorted("sale_line_id")
