"""A customer calls and is recorded on the keyboard alone, in a real browser."""

from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestPhoneTour(EduCase, HttpCase):
    def test_a_call_is_recorded_without_the_mouse(self):
        agent = self.make_user("agent")
        mother = self.make_customer(name="Calling Mother", phone="+86 138 2222 4444")
        child = self.make_learner(mother, name="Calling Child")
        self.start_tour(
            "/odoo/new-complaint", "edu_complaint_phone_tour", login=agent.login
        )
        complaint = self.env["edu.complaint"].search([("partner_id", "=", mother.id)])
        self.assertEqual(complaint.learner_id, child)
        self.assertEqual(complaint.channel, "phone")
        self.assertEqual(complaint.matter_id.code, "course_setting")
        self.assertEqual(complaint.subject, complaint.matter_id.name)
        self.assertEqual(complaint.recorded_by_id, agent)
