"""A complaint in the portal, from the form to the refusal to opening it again."""

from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestComplaintPortalTour(EduCase, HttpCase):
    def test_from_the_form_to_the_refusal_to_opening_again(self):
        user = self.make_user("portal", name="Tour Mother", tz="Asia/Shanghai")
        child = self.make_learner(user.partner_id, name="Tour Child")
        self.tour("edu_complaint_portal_new_tour", user, "/my/home")
        complaint = self.env["edu.complaint"].search(
            [("partner_id", "=", user.partner_id.id)]
        )
        self.assertEqual(complaint.channel, "portal")
        self.assertEqual(complaint.learner_id, child)
        self.assertEqual(complaint.remedy, "apology")
        self.assertEqual(complaint.description, "Nobody was at the desk")
        self.assertIn("It was on Monday", complaint.message_ids[0].body)

        self.decide(complaint, "We are sorry")
        self.tour("edu_complaint_portal_refuse_tour", user)
        self.assertEqual(complaint.state, "plan")
        self.assertEqual(complaint.verdict, "not_accepted")
        self.assertEqual(complaint.answer_note, "An apology is not enough")

        self.decide(complaint, "Two people sit there now")
        complaint._accept()
        complaint.write({"cause_id": self.cause().id, "lesson": "Two at the desk"})
        complaint.action_close()
        self.tour("edu_complaint_portal_reopen_tour", user)
        self.assertEqual((complaint.state, complaint.round), ("plan", 2))
        self.assertEqual(complaint.reopen_reason, "The desk is empty again")
        self.assertEqual(complaint.reopened_by, "customer")

    def tour(self, name, user, url="/my/complaints"):
        self.env.flush_all()
        self.start_tour(url, name, login=user.login)
        self.env.invalidate_all()

    def decide(self, complaint, reason):
        """The school goes on to the result."""
        self.bring(complaint, "implement")
        complaint.write({"verdict": "partly", "verdict_reason": reason})
        complaint.state = "feedback"
