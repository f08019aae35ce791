"""Base of the tests of withdrawals."""

from ..common import EduCase


class WithdrawalCase(EduCase):
    def make_course_of(self, price, lessons=20, **values):
        return self.make_course(list_price=price, edu_lessons=lessons, **values)

    def bill(self, price=1000.0, paid=None, term=None, course=None, **line):
        """Return enrollment and posted invoice, of which ``paid`` is paid."""
        course = course or self.make_course_of(price)
        enrollment = self.make_enrollment(course=course, **line)
        invoice = self.make_invoice(enrollment.order_id, term=term)
        if paid:
            self.pay(invoice, paid)
        return enrollment, invoice

    def withdraw(self, enrollment, lessons_used=6, **values):
        return enrollment._withdraw_and_refund(
            enrollment.company_id._edu_today(),
            **{
                "reason": "Moves away",
                "method": "lessons",
                "lessons_used": lessons_used,
                **values,
            },
        )

    def assertCredited(self, note, invoice, amount):
        self.assertRecordValues(
            note,
            [
                {
                    "state": "draft",
                    "move_type": "out_refund",
                    "reversed_entry_id": invoice.id,
                    "amount_total": amount,
                    "currency_id": invoice.currency_id.id,
                    "company_id": invoice.company_id.id,
                }
            ],
        )
