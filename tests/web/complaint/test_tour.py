"""A complaint from the call to the lesson, with a refund, in a real browser."""

from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestComplaintTour(EduCase, HttpCase):
    def test_from_the_call_to_the_lesson(self):
        agent = self.make_user("agent")
        self.make_complaint_team(agent, sequence=1)
        mother = self.make_customer(
            name="Complaint Mother",
            phone="+86 138 5555 6666",
            email="complaint.mother@example.com",
        )
        child = self.make_learner(mother, name="Complaint Child")
        course = self.make_course(name="Complaint Piano", list_price=300.0)
        order = self.make_course_order(mother, child, course=course)
        order.user_id = order.edu_enrollment_ids.user_id = agent
        invoice = self.make_invoice(order)

        self.start_tour("/odoo", "edu_complaint_call", login=agent.login)
        complaint = self.env["edu.complaint"].search([("partner_id", "=", mother.id)])
        self.assertEqual(complaint.learner_id, child)
        self.assertEqual(complaint.course_id, course)
        self.assertEqual(complaint.phone_step_ids.mapped("code"), ["accept", "calm"])
        note = complaint.measure_ids.credit_note_ids
        self.assertEqual(note.reversed_entry_id, invoice)
        self.assertEqual(note.amount_total, 60.0)
        note.with_user(self.make_user("accountant")).action_post()
        complaint.user_id = agent

        self.start_tour("/odoo", "edu_complaint_result", login=agent.login)
        self.env.invalidate_all()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.verdict, "upheld")
        self.assertEqual(complaint.answer, "accepted")
        self.assertEqual(complaint.answer_by, "staff")
        self.assertEqual(complaint.cost_total, 60.0)
        self.assertEqual(complaint.cause_id.code, "process")
        self.assertTrue(complaint.closed_at)
        kinds = {row.kind for row in complaint.deadline_ids if row.done_at}
        self.assertIn("decide", kinds)
