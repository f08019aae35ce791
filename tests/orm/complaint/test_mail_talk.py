from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .mail import DOMAIN, MailCase

UNREACHED = "edu_crm_addon.mail_activity_type_complaint_unreached"


@tagged("post_install", "-at_install")
class TestMailTalk(MailCase):
    def say(self, complaint, body="We look into it", user=None, **values):
        values.setdefault("subtype_xmlid", "mail.mt_comment")
        complaint = complaint.with_user(user or self.leader)
        return complaint.message_post(body=body, message_type="comment", **values)

    # ------------------------------------------------------------------ who gets it
    def test_what_is_said_reaches_the_customer(self):
        complaint = self.receive()
        self.say(complaint)
        (mail,) = self.send_queue()
        self.assertEqual(mail["email_to"], ['"Wang Fang" <wang@example.com>'])
        self.assertIn(complaint.name, mail["subject"])
        self.assertIn(f"help-me@{DOMAIN}", mail["reply_to"])
        self.assertFalse(complaint.message_partner_ids & self.customer)

    def test_it_reaches_an_address_without_a_contact(self):
        complaint = self.receive(From="zhao@example.com")
        self.say(complaint)
        (mail,) = self.send_queue()
        self.assertEqual(mail["email_to"], ["zhao@example.com"])

    def test_a_note_stays_among_colleagues(self):
        complaint = self.receive()
        self.say(complaint, subtype_xmlid="mail.mt_note")
        self.assertFalse(self.send_queue())

    def test_nobody_is_mailed_twice(self):
        complaint = self.receive(From="zhao@example.com")
        made = self.make_person(email="zhao@example.com")
        self.say(complaint, partner_ids=made.ids)
        self.assertEqual(len(self.send_queue()), 1)
        self.assertEqual(complaint.partner_id, made, "the composer made the contact")

    def test_the_contact_of_an_anonymous_complaint_is_not_taken_over(self):
        complaint = self.receive(From="zhao@example.com")
        complaint.is_anonymous = True
        made = self.make_person(email="zhao@example.com")
        self.say(complaint, partner_ids=made.ids)
        self.assertFalse(complaint.partner_id)

    def test_the_handler_answers_from_a_mail_program(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        first = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.receive("Sorry", From=self.handler.email, In_Reply_To=first.message_id)
        addresses = [
            address for mail in self.send_queue() for address in mail["email_to"]
        ]
        self.assertIn('"Wang Fang" <wang@example.com>', addresses)

    def test_nobody_else_is_named_in_what_the_customer_gets(self):
        complaint = self.receive(Cc="aunt@example.com")
        self.say(complaint)
        (mail,) = self.send_queue()
        self.assertNotIn("aunt@example.com", str(mail["EmailMessage"]))

    def test_the_handler_reads_what_the_customer_writes(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        self.send_queue()
        self.receive("And again", Subject=f"Re: {complaint.name}")
        (mail,) = self.send_queue()
        self.assertIn(self.handler.email, mail["email_to"][0])

    def test_a_reply_costs_at_most_seventy_queries(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        self.receive("And again", Subject=f"Re: {complaint.name}")
        with self.count_queries() as queries:
            self.receive("And again", Subject=f"Re: {complaint.name}")
        self.assertLessEqual(queries[0], 70)

    # ------------------------------------------------------------------ told
    def test_the_customer_was_told_when_the_mail_was_sent(self):
        complaint = self.receive()
        self.say(complaint)
        self.assertFalse(complaint.last_told_at)
        self.assertTrue(complaint.waiting_since)
        self.send_queue()
        self.assertTrue(complaint.last_told_at)
        self.assertFalse(complaint.waiting_since)

    def test_a_report_sent_opens_the_promise_of_the_next(self):
        complaint = self.make_complaint(
            self.customer, complexity="complex", team_id=self.team.id
        )
        self.say(complaint)
        rows = complaint.deadline_ids.filtered(lambda row: row.kind == "progress")
        self.assertFalse(rows.done_at)
        self.send_queue()
        self.assertTrue(rows.done_at)
        self.assertEqual(
            complaint.deadline_ids.filtered(lambda row: row.kind == "progress")._owed(),
            complaint.deadline_ids._owed() - complaint._owed_rows("decide"),
        )

    def test_a_failed_mail_told_nobody(self):
        complaint = self.receive()
        self.say(complaint)
        self.send_queue(fails=True)
        self.assertTrue(complaint._owed_rows("acknowledge"))
        self.assertFalse(complaint.last_told_at)
        self.assertTrue(complaint.waiting_since)

    def test_a_mail_to_a_colleague_tells_the_customer_nothing(self):
        complaint = self.make_complaint(
            self.make_customer(), user_id=self.handler.id, team_id=self.team.id
        )
        self.say(complaint, partner_ids=self.handler.partner_id.ids)
        self.send_queue()
        self.assertFalse(complaint.last_told_at)

    def test_the_result_is_an_answer(self):
        for handler in (self.handler, self.env["res.users"]):
            with self.subTest(handler=handler.login):
                complaint = self.receive(From='"Zhao, Lei" <zhao@example.com>')
                complaint.user_id = handler
                self.bring(complaint, "feedback")
                self.send_queue()
                self.assertTrue(complaint.last_told_at)
                self.assertFalse(complaint.waiting_since)

    def test_the_acknowledgement_is_no_report(self):
        complaint = self.receive()
        self.acknowledge()
        self.assertFalse(complaint.last_told_at)
        self.assertTrue(complaint.waiting_since)

    def test_a_progress_report_counts(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        action = complaint.with_user(self.handler).action_progress_report()
        composer = self.env["mail.compose.message"].with_user(self.handler)
        composer = composer.with_context(**action["context"]).create({})
        self.assertIn(complaint.name, composer.subject)
        self.assertIn("What comes next", composer.body)
        composer._action_send_mail()
        self.send_queue()
        self.assertTrue(complaint.last_told_at)
        message = self.last_message(complaint)
        self.assertFalse(message.subtype_id.internal, "it shows in the portal")

    def test_a_mail_that_came_back_is_told_in_another_way(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        complaint._message_receive_bounce("wang@example.com", self.customer)
        complaint._message_receive_bounce("wang@example.com", self.customer)
        self.assertEqual(
            complaint.activity_ids.activity_type_id, self.env.ref(UNREACHED)
        )
        self.assertEqual(len(complaint.activity_ids), 1)

    # ------------------------------------------------------------------ waiting
    def late(self):
        return self.env["edu.complaint"].search([("is_unanswered_late", "=", True)])

    def test_a_mail_without_answer_is_late_after_a_day(self):
        complaint = self.receive()
        self.assertEqual(complaint.waiting_since, complaint.received_at)
        complaint.waiting_since = self.moment_ago(0.9)
        self.assertFalse(complaint.is_unanswered_late)
        self.assertNotIn(complaint, self.late())
        complaint.waiting_since = self.moment_ago(1)
        self.assertTrue(complaint.is_unanswered_late)
        self.assertIn(complaint, self.late())
        complaint.action_mark_answered()
        self.assertNotIn(complaint, self.late())

    def test_each_company_sets_its_hours(self):
        complaint = self.receive()
        complaint.waiting_since = self.moment_ago(1)
        for hours, late in ((48, False), (24, True), (0, False), (1, True)):
            self.env.company.edu_complaint_answer_hours = hours
            self.assertEqual(complaint.is_unanswered_late, late, hours)
            self.assertEqual(complaint in self.late(), late, hours)

    def test_it_waits_since_the_first_mail_after_our_answer(self):
        complaint = self.receive()
        self.say(complaint)
        self.send_queue()
        self.receive("Still bad", Subject=f"Re: {complaint.name}")
        first = complaint.waiting_since
        self.assertTrue(first)
        self.receive("Hello?", Subject=f"Re: {complaint.name}")
        self.assertEqual(complaint.waiting_since, first)

    def test_a_mail_that_came_in_after_our_answer_was_written_waits(self):
        complaint = self.receive()
        self.say(complaint)
        complaint.waiting_since = Datetime.now() + timedelta(minutes=1)
        self.send_queue()
        self.assertTrue(complaint.waiting_since)

    def test_a_call_does_not_wait_for_a_mail(self):
        self.assertFalse(self.make_complaint(self.customer).waiting_since)

    def test_nobody_waits_after_the_end(self):
        complaint = self.receive()
        complaint.waiting_since = self.moment_ago(2)
        complaint.action_withdraw()
        self.assertFalse(complaint.waiting_since)
        self.assertNotIn(complaint, self.late())

    def test_who_waits_goes_on_waiting_after_a_merge(self):
        old, target = self.receive(), self.make_complaint(self.customer)
        since = old.waiting_since
        old._merge_into(target)
        self.assertEqual(target.waiting_since, since)
        self.assertFalse(old.waiting_since)

    def test_nobody_types_that_the_customer_was_told(self):
        complaint = self.receive()
        complaint.user_id = self.handler
        for name in ("waiting_since", "receipt_state"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "by hand"):
                complaint.with_user(self.handler).write({name: False})
        complaint.with_user(self.handler).action_mark_answered()
        self.assertFalse(complaint.waiting_since)

    def test_the_team_works_on_it_without_the_guards_in_the_way(self):
        old = self.receive()
        target = self.make_complaint(self.customer, team_id=self.team.id)
        (old | target).user_id = self.handler
        old.with_user(self.handler)._merge_into(target.with_user(self.handler))
        self.assertTrue(target.waiting_since)
        self.say(target, user=self.handler)
        target.with_user(self.handler).action_withdraw()
        self.assertFalse(target.waiting_since)

    def test_without_an_address_the_portal_is_the_answer(self):
        complaint = self.make_complaint(
            self.make_customer(), channel="portal", team_id=self.team.id
        )
        self.assertTrue(complaint.waiting_since)
        self.say(complaint)
        self.assertFalse(complaint.waiting_since)
