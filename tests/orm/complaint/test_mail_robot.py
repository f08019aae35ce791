from odoo.tests import tagged

from .mail import MailCase

ROBOTS = [
    {"Auto-Submitted": "auto-replied"},
    {"X-Auto-Response-Suppress": "OOF, AutoReply"},
    {"Precedence": "bulk"},
    {"List-Id": "<parents.example.com>"},
    {"X-Loop": "yes"},
    {"Return-Path": "<>"},
    {"From": "postmaster@example.com"},
]
BOUNCE = """--x
Content-Type: text/plain

It did not arrive.
--x
Content-Type: message/delivery-status

Action: failed

--x
Content-Type: message/rfc822

Subject: lost

text
--x--"""


@tagged("post_install", "-at_install")
class TestMailRobot(MailCase):
    def test_a_robot_is_recorded_but_never_answered(self):
        for headers in ROBOTS:
            with self.subTest(headers=headers):
                complaint = self.receive(headers=headers)
                self.assertEqual(complaint.receipt_state, "robot")
                self.assertFalse(complaint.waiting_since)
                self.assertTrue(self.last_message(complaint).subtype_id.internal)
        self.assertFalse(self.acknowledge())

    def test_a_robot_is_promised_no_acknowledgement(self):
        robot = self.receive(headers={"Precedence": "list"})
        self.assertEqual(robot.deadline_ids.mapped("kind"), ["decide"])
        kinds = self.receive().deadline_ids.mapped("kind")
        self.assertIn("acknowledge", kinds)

    def test_a_person_with_such_a_header_is_answered(self):
        for value in ({"Auto-Submitted": "no"}, {"X-Auto-Response-Suppress": "None"}):
            self.assertEqual(self.receive(headers=value).receipt_state, "waiting")

    def test_a_bounce_makes_no_complaint(self):
        before = self.env["edu.complaint"].search_count([])
        self.receive(From="MAILER-DAEMON@mx.example.com")
        self.receive(BOUNCE, Content_Type="multipart/report; boundary=x")
        self.assertEqual(self.env["edu.complaint"].search_count([]), before)

    def test_an_absence_note_is_only_a_note(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        complaint.waiting_since = False
        sent = complaint.with_user(self.handler).message_post(
            body="We look into it",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.send_queue()
        reply = self.receive(
            "I am on holiday",
            headers={"Auto-Submitted": "auto-replied", "In-Reply-To": sent.message_id},
        )
        self.assertEqual(reply, complaint)
        note = self.last_message(complaint)
        self.assertTrue(note.subtype_id.internal)
        self.assertFalse(note.notification_ids)
        self.assertFalse(complaint.waiting_since)
        self.assertFalse(self.send_queue())

    def test_a_robot_finds_its_complaint_by_number(self):
        complaint = self.receive()
        reply = self.receive(
            Subject=f"Automatic reply: {complaint.name}", Auto_Submitted="auto-replied"
        )
        self.assertEqual(reply, complaint)

    def test_a_robot_reopens_nothing(self):
        complaint = self.receive()
        complaint.action_withdraw()
        robot = {"Auto_Submitted": "auto-replied", "Subject": f"Re: {complaint.name}"}
        self.assertEqual(self.receive(**robot), complaint)
        self.assertFalse(complaint.activity_ids)
        complaint.sudo().reopen_until = self.moment_ago(1)
        self.assertEqual(self.receive(**robot), complaint, "no new complaint either")
        self.assertEqual(complaint.state, "withdrawn")

    def test_our_own_mail_coming_back_is_a_robots(self):
        complaint = self.receive()
        (mail,) = self.acknowledge()
        message = mail["EmailMessage"]
        message.replace_header("To", self.team.alias_id.alias_full_name)
        message.replace_header("Message-Id", f"<copy.{message['Message-Id'][1:]}")
        res_id = self.env["mail.thread"].message_process(None, message.as_string())
        again = self.env["edu.complaint"].browse(res_id)
        self.assertIn(again.receipt_state, ("robot", complaint.receipt_state))
        self.assertFalse(self.acknowledge())
