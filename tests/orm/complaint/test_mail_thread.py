from odoo.tests import tagged

from .mail import DOMAIN, MailCase


@tagged("post_install", "-at_install")
class TestMailThread(MailCase):
    def test_a_reply_is_found_by_its_headers(self):
        complaint = self.receive()
        sent = complaint.with_user(self.leader).message_post(
            body="We look into it",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        reply = self.receive("Thank you", In_Reply_To=sent.message_id, Subject="Re: x")
        self.assertEqual(reply, complaint)
        self.assertIn("Thank you", self.last_message(complaint).body)

    def test_a_reply_without_headers_is_found_by_number_and_sender(self):
        complaint = self.receive()
        reply = self.receive(Subject=f"回复：【{complaint.name}】")
        self.assertEqual(reply, complaint)

    def test_a_stranger_with_the_number_makes_a_new_complaint(self):
        complaint = self.receive()
        reply = self.receive(Subject=f"Re: {complaint.name}", From="x@example.com")
        self.assertTrue(reply)
        self.assertNotEqual(reply, complaint)
        self.assertFalse(reply.previous_id)

    def test_nobody_in_copy_reads_it(self):
        teacher = self.make_user("employee")
        aunt = self.make_person(email="aunt@example.com")
        complaint = self.receive(
            To=f"help-me@{DOMAIN}, {teacher.email}", Cc="aunt@example.com"
        )
        people = teacher.partner_id | aunt | self.customer
        self.assertFalse(complaint.message_partner_ids & people)
        self.assertFalse(complaint.message_ids.partner_ids)
