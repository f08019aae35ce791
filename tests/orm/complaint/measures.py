"""Base of the tests of measures: a family with a posted invoice that complains."""

from ..common import EduCase


class MeasureCase(EduCase):
    def make_family_complaint(self, step="implement", price=1000.0, **values):
        """Return a complaint of a mother about the course that she paid."""
        mother = self.make_customer(email="mother@example.com")
        child = self.make_learner(mother)
        course = self.make_course(list_price=price)
        order = self.make_course_order(mother, child, course=course)
        invoice = self.make_invoice(order)
        return self.make_complaint(
            mother,
            step,
            learner_id=child.id,
            payer_id=mother.id,
            course_id=course.id,
            order_id=order.id,
            invoice_id=invoice.id,
            **values,
        )

    def make_measure(self, complaint=None, kind="rectify", user=None, **values):
        complaint = complaint or self.make_complaint(step="implement")
        measures = self.env["edu.complaint.measure"].with_user(user or self.env.user)
        measure = measures.create(
            {"complaint_id": complaint.id, "kind": kind, **values}
        )
        self.env.flush_all()
        return measure

    def make_refund(self, amount=100.0, user=None, complaint=None, **values):
        complaint = complaint or self.make_family_complaint()
        return self.make_measure(complaint, "comp_refund", user, cost=amount, **values)

    def finish(self, complaint):
        """Take it from the implementation to the moment before it is closed."""
        self.bring(complaint, "feedback")
        complaint._accept("Fine")
        complaint.write({"cause_id": self.cause().id, "lesson": "Tell earlier"})
        self.env.flush_all()
        return complaint
