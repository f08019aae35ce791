from odoo.tests import tagged

from .mail import MailCase


@tagged("post_install", "-at_install")
class TestMailNew(MailCase):
    def test_a_mail_to_the_team_becomes_a_complaint(self):
        complaint = self.receive()
        self.assertEqual(complaint.channel, "email")
        self.assertEqual(complaint.team_id, self.team)
        self.assertEqual(complaint.company_id, self.env.company)
        self.assertEqual(complaint.subject, "My lessons")
        self.assertEqual(complaint.description, "The lesson was canceled.")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.email_from, "wang@example.com")
        self.assertRegex(complaint.name, "^CMP/")

    def test_a_mail_costs_at_most_forty_queries(self):
        self.receive()
        with self.count_queries() as queries:
            self.receive()
        self.assertLessEqual(queries[0], 40)
