from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import EduCase

ACTIVITY = "mail.mail_activity_data_todo"
COMMENT = "mail.mt_comment"


@tagged("post_install", "-at_install")
class TestDiscretion(EduCase, MailCase):
    """No word of a complaint reaches whom it is about."""

    def setUp(self):
        super().setUp()
        self.agent, self.leader = self.make_user("agent"), self.make_user("leader")
        self.named = self.make_user("manager")
        team = self.make_complaint_team(
            self.agent, leader_id=self.leader.id, manager_id=self.named.id
        )
        self.complaint = self.make_complaint(
            team_id=team.id,
            subject="Confidential",
            accused_partner_ids=[Command.set(self.named.partner_id.ids)],
        )
        self.led = self.complaint.with_user(self.leader)

    def test_people_are_told_that_they_cannot_be_added(self):
        partner = self.named.partner_id
        for attempt in (
            lambda: self.led.message_post(body="Look", partner_ids=partner.ids),
            lambda: self.led.message_post(body="Look", outgoing_email_to=partner.email),
            lambda: self.led.message_subscribe(partner.ids),
            lambda: self.led.write({"message_partner_ids": [Command.link(partner.id)]}),
        ):
            with self.assertRaisesRegex(UserError, "must not learn"):
                attempt()

    def test_automatic_mail_leaves_them_out(self):
        with self.mock_mail_gateway():
            message = self.complaint.message_post(
                body="Automatic",
                partner_ids=self.named.partner_id.ids,
                outgoing_email_to=self.named.email,
                subtype_xmlid=COMMENT,
            )
            self.complaint.message_notify(
                body="Automatic", partner_ids=self.named.partner_id.ids
            )
        self.assertNotIn(self.named.partner_id, message.partner_ids)
        self.assertNotIn(self.named.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.named.email, str(self._mails))

    def test_nobody_follows_one_about_oneself(self):
        self.complaint.message_subscribe(self.named.partner_id.ids)
        self.assertFalse(self.complaint.message_partner_ids & self.named.partner_id)
        with self.assertRaises(ValidationError):
            self.env["mail.followers"].create(
                {
                    "res_model": "edu.complaint",
                    "res_id": self.complaint.id,
                    "partner_id": self.named.partner_id.id,
                }
            )

    def test_mail_is_not_sent_to_them_as_cc_either(self):
        mail = self.env["mail.mail"].create(
            {
                "model": "edu.complaint",
                "res_id": self.complaint.id,
                "email_to": "customer@example.com",
                "email_cc": f"Boss <{self.named.email}>, other@example.com",
                "recipient_ids": [Command.set(self.named.partner_id.ids)],
                "body_html": "Secret",
            }
        )
        with self.mock_mail_gateway():
            mail.send()
        self.assertEqual(len(self._mails), 1)
        self.assertNotIn(self.named.email, str(self._mails))
        self.assertIn("other@example.com", str(self._mails))

    def test_mail_waiting_when_they_are_named_is_not_sent(self):
        self.complaint.accused_partner_ids = False
        self.complaint.message_post(
            body="Notice", partner_ids=self.named.partner_id.ids, force_send=False
        )
        self.complaint.accused_partner_ids = self.named.partner_id
        with self.mock_mail_gateway():
            self.env["mail.mail"].search([("model", "=", "edu.complaint")]).send()
        self.assertNotIn(self.named.email, str(self._mails))

    def test_they_have_nothing_to_do_there(self):
        with self.assertRaises(ValidationError):
            self.led.activity_schedule(ACTIVITY, user_id=self.named.id)
        planned = self.complaint.activity_schedule(ACTIVITY, user_id=self.named.id)
        self.assertNotEqual(planned.user_id, self.named)
        self.assertEqual(planned.user_id, self.complaint._successor())
        own = self.led.activity_schedule(ACTIVITY, user_id=self.leader.id)
        with self.assertRaises(ValidationError):
            own.user_id = self.named

    def test_no_meeting_is_held_with_them(self):
        values = {
            "name": "Talk",
            "start": "2030-01-01 10:00:00",
            "stop": "2030-01-01 11:00:00",
            "res_model_id": self.env["ir.model"]._get_id("edu.complaint"),
            "res_id": self.complaint.id,
            "partner_ids": [Command.set(self.named.partner_id.ids)],
        }
        with self.assertRaises(ValidationError):
            self.env["calendar.event"].create(values)

    def test_they_are_not_suggested(self):
        self.complaint.accused_partner_ids |= self.complaint.partner_id
        suggested = self.led._message_get_suggested_recipients()
        self.assertNotIn(
            self.complaint.partner_id.id, [data["partner_id"] for data in suggested]
        )

    def test_a_planned_message_is_closed_to_them(self):
        self.complaint.accused_partner_ids = False
        planned = self.env["mail.scheduled.message"].create(
            {
                "model": "edu.complaint",
                "res_id": self.complaint.id,
                "author_id": self.env.user.partner_id.id,
                "partner_ids": [Command.set(self.named.partner_id.ids)],
                "body": "Secret",
                "scheduled_date": "2040-01-01 10:00:00",
            }
        )
        self.complaint.accused_partner_ids = self.named.partner_id
        self.assertFalse(planned.partner_ids)
        found = self.env["mail.scheduled.message"].with_user(self.named)
        self.assertFalse(found.search([("id", "=", planned.id)]))

    def test_the_name_does_not_come_through_another_record(self):
        later = self.make_complaint(team_id=self.complaint.team_id.id)
        self.env.cr.execute(
            "UPDATE edu_complaint SET previous_id = %s WHERE id = %s",
            (self.complaint.id, later.id),
        )
        self.env.invalidate_all()
        seen = later.with_user(self.named)
        shown = str(seen.web_read({"previous_id": {"fields": {"display_name": {}}}}))
        shown += str(seen.read(["previous_id"]))
        shown += str(seen.formatted_read_group([], ["previous_id"], ["__count"]))
        self.assertNotIn("Confidential", shown)
        self.assertFalse(seen.search([("previous_id.subject", "ilike", "Confid")]))

    def test_errors_name_neither_rule_nor_record(self):
        message = self.complaint.message_post(body="x", subject="Confidential")
        rows = [self.complaint, message, message.notification_ids]
        users = type(self.env["res.users"])
        with patch.object(users, "has_group", lambda *_args: True):
            for row in rows:
                for operation in ("read", "write"):
                    if not row:
                        continue
                    with self.assertRaises(AccessError) as raised:
                        row.with_user(self.named).check_access(operation)
                    for word in ("Confidential", "about oneself", "CMP/", "hidden"):
                        self.assertNotIn(word, str(raised.exception))
        foreign = self.make_user("agent")
        texts = []
        for user in (foreign, self.named):
            with self.assertRaises(AccessError) as raised:
                self.complaint.with_user(user).read(["subject"])
            texts.append(str(raised.exception))
        self.assertEqual(*texts)

    def test_a_link_does_not_open_it_to_them(self):
        token = self.complaint._portal_ensure_token()
        threads = self.env["edu.complaint"]
        other = self.make_user("employee")
        number = self.complaint.id
        opened = threads.with_user(other)._get_thread_with_access(number, token=token)
        self.assertTrue(opened)
        closed = threads.with_user(self.named)
        self.assertFalse(closed._get_thread_with_access(number, token=token))

    def test_nothing_is_left_in_the_counters(self):
        self.complaint.accused_partner_ids = False
        self.named.notification_type = "inbox"
        message = self.complaint.message_post(
            body="Notice", partner_ids=self.named.partner_id.ids
        )
        own = message.with_user(self.named)
        self.assertTrue(own.search_count([("needaction", "=", True)]))
        message.starred_partner_ids = self.named.partner_id
        self.complaint.accused_partner_ids = self.named.partner_id
        self.env.invalidate_all()
        for name in ("needaction", "starred"):
            self.assertFalse(own.search_count([(name, "=", True)]))
        self.assertFalse(self.named.partner_id._get_needaction_count())
        self.assertFalse(self.named.with_user(self.named)._get_activity_groups())
