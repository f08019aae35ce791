from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestConcerned(EduCase):
    def setUp(self):
        super().setUp()
        self.agent, self.leader = self.make_user("agent"), self.make_user("leader")
        self.manager = self.make_user("manager")
        self.complaints = self.make_complaint_team(
            self.agent, leader_id=self.leader.id, manager_id=self.manager.id
        )

    def about(self, *users, **values):
        """Return a complaint of the team about these users."""
        partners = [user.partner_id.id for user in users]
        return self.make_complaint(
            team_id=self.complaints.id,
            accused_partner_ids=[Command.set(partners)],
            **values,
        )

    def test_about_the_handler_it_goes_to_the_leader(self):
        complaint = self.about(self.agent, user_id=self.agent.id)
        self.assertEqual(complaint.user_id, self.leader)
        self.assertEqual(complaint.level, "team_leader")

    def test_nobody_sees_a_complaint_about_oneself(self):
        complaint = self.about(self.agent)
        with self.assertRaises(AccessError):
            complaint.with_user(self.agent).read(["subject"])

    def test_named_later_one_loses_what_one_had(self):
        complaint = self.make_complaint(
            team_id=self.complaints.id, user_id=self.agent.id
        )
        own = complaint.with_user(self.agent)
        message = own.message_post(
            body="I look into it", subtype_xmlid="mail.mt_comment"
        )
        complaint.message_post(body="Please", partner_ids=self.agent.partner_id.ids)
        activity = own.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.agent.id
        )
        own.message_subscribe(self.agent.partner_id.ids)
        self.assertIn(self.agent.partner_id, complaint.message_partner_ids)
        complaint.accused_partner_ids = self.agent.partner_id
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertNotIn(self.agent.partner_id, complaint.message_partner_ids)
        self.assertEqual(complaint.user_id, self.leader)
        self.assertEqual(activity.sudo().user_id, self.leader)
        with self.assertRaises(AccessError):
            activity.read(["summary"])
        with self.assertRaises(AccessError):
            message.with_user(self.agent).read(["body"])
        found = self.env["mail.message"].with_user(self.agent)
        self.assertFalse(found.search([("model", "=", "edu.complaint")]))
        self.assertFalse(
            self.env["mail.notification"].search_count(
                [("res_partner_id", "=", self.agent.partner_id.id)]
            )
        )
