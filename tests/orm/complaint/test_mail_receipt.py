from odoo.tests import tagged

from .mail import MailCase

CRON = "edu_crm_addon.ir_cron_complaint_acknowledge"


@tagged("post_install", "-at_install")
class TestMailReceipt(MailCase):
    def acknowledge(self):
        self.run_cron(CRON)
        return self.send_queue()

    def test_a_mail_is_acknowledged_once(self):
        complaint = self.receive()
        self.assertEqual(complaint.receipt_state, "waiting")
        (mail,) = self.acknowledge()
        self.assertEqual(mail["email_to"], ['"Wang Fang" <wang@example.com>'])
        self.assertIn(complaint.name, mail["subject"])
        self.assertIn(complaint.name, mail["body"])
        self.assertIn(f"/my/complaints/{complaint.id}?access_token=", mail["body"])
        self.assertTrue(complaint.acknowledged_at)
        self.assertEqual(complaint.receipt_state, "sent")
        self.assertFalse(self.acknowledge())
        complaint._acknowledge()
        self.assertFalse(self.send_queue())

    def test_it_says_that_a_machine_wrote_it(self):
        self.receive()
        (mail,) = self.acknowledge()
        self.assertEqual(mail["EmailMessage"]["Auto-Submitted"], "auto-replied")
        self.assertEqual(mail["EmailMessage"]["X-Auto-Response-Suppress"], "All")
