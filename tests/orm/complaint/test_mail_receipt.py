from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import format_date

from .mail import MailCase

CRON = "edu_crm_addon.ir_cron_complaint_acknowledge"
TEMPLATE = "edu_crm_addon.mail_template_edu_complaint_acknowledgement"


@tagged("post_install", "-at_install")
class TestMailReceipt(MailCase):
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

    def test_it_is_written_in_the_language_of_the_customer(self):
        self.customer.lang = "zh_CN"
        template = self.env.ref(TEMPLATE)
        template.with_context(lang="zh_CN").subject = "{{ object.name }}：已收到"
        self.receive()
        (mail,) = self.acknowledge()
        self.assertIn("：已收到", mail["subject"])

    def test_it_names_the_promised_day(self):
        complaint = self.receive()
        promised = complaint._promised_on()
        (mail,) = self.acknowledge()
        self.assertTrue(promised)
        self.assertIn(format_date(self.env, promised, lang_code="en_US"), mail["body"])

    def test_a_stranger_gets_it_by_address(self):
        complaint = self.receive(From="zhao@example.com")
        (mail,) = self.acknowledge()
        self.assertEqual(mail["email_to"], ["zhao@example.com"])
        self.assertFalse(complaint.message_partner_ids)

    def test_without_an_address_it_is_skipped_and_marked(self):
        nobody = self.make_customer()
        complaint = self.make_complaint(nobody, channel="portal")
        self.assertFalse(self.acknowledge())
        self.assertEqual(complaint.receipt_state, "no_address")
        self.assertFalse(complaint.acknowledged_at)

    def test_portal_and_web_are_acknowledged_as_well(self):
        for channel in ("portal", "web"):
            self.make_complaint(self.customer, channel=channel)
            self.assertEqual(len(self.acknowledge()), 1)

    def test_the_job_is_called_at_once_for_who_looks_at_a_page(self):
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref(CRON)
        self.make_complaint(self.customer)
        self.receive()
        self.assertFalse(triggers.search([("cron_id", "=", cron.id)]))
        self.make_complaint(self.customer, channel="portal")
        self.assertTrue(triggers.search([("cron_id", "=", cron.id)]))

    def test_who_calls_gets_it_by_the_button(self):
        complaint = self.make_complaint(self.customer, user_id=self.handler.id)
        self.assertEqual(complaint.receipt_state, "none")
        self.assertFalse(self.acknowledge())
        complaint.with_user(self.handler).action_send_acknowledgement()
        self.assertEqual(len(self.send_queue()), 1)
        complaint.with_user(self.handler).action_send_acknowledgement()
        self.assertFalse(self.send_queue())

    def test_the_button_says_that_there_is_no_address(self):
        complaint = self.make_complaint(self.make_customer(), user_id=self.handler.id)
        with self.assertRaisesRegex(UserError, "no email address"):
            complaint.with_user(self.handler).action_send_acknowledgement()

    def test_only_who_may_write_sends_it(self):
        complaint = self.make_complaint(self.customer)
        with self.assertRaises(AccessError):
            complaint.with_user(
                self.make_user("readonly")
            ).action_send_acknowledgement()

    def test_the_promise_is_kept_when_it_is_sent(self):
        complaint = self.receive()
        self.run_cron(CRON)
        row = complaint.deadline_ids.filtered(lambda d: d.kind == "acknowledge")
        self.assertFalse(row.done_at)
        self.send_queue()
        self.assertTrue(row.done_at)

    def test_what_cannot_be_sent_is_marked(self):
        complaint = self.receive()
        self.run_cron(CRON)
        self.send_queue(fails=True)
        self.assertEqual(complaint.receipt_state, "failed")
        self.assertFalse(complaint.acknowledged_at)
        self.env["mail.mail"].search([("state", "=", "exception")]).mark_outgoing()
        self.send_queue()
        self.assertEqual(complaint.receipt_state, "sent")

    def test_the_handler_is_not_mailed_about_it(self):
        complaint = self.receive()
        complaint.message_subscribe(self.handler.partner_id.ids)
        mails = self.acknowledge()
        self.assertEqual(len(mails), 1)

    def test_many_are_acknowledged_by_one_run(self):
        for number in range(3):
            self.receive(From=f"c{number}@example.com")
        self.assertEqual(len(self.acknowledge()), 3)

    def test_what_failed_is_sent_again_by_the_button(self):
        complaint = self.receive()
        self.run_cron(CRON)
        self.send_queue(fails=True)
        complaint.action_send_acknowledgement()
        self.assertEqual(len(self.send_queue()), 1)
        self.assertEqual(complaint.receipt_state, "sent")

    def test_old_complaints_that_are_imported_are_not_acknowledged(self):
        for context in ({"import_file": True}, {"install_mode": True}):
            complaints = self.env["edu.complaint"].with_context(**context)
            old = complaints.create(
                {"subject": "x", "partner_id": self.customer.id, "channel": "email"}
            )
            self.assertEqual(old.receipt_state, "none")
            self.assertFalse(old.waiting_since)
        self.assertFalse(self.acknowledge())
