"""A leader gives more time: the customer is told, the original date stays."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestExtension(PromiseCase):
    def extend(self, complaint, due_at, user=None, kind="decide"):
        row = self.promise(complaint, kind).with_user(user or self.leader)
        row._extend(due_at, "The publisher has not answered yet")
        return row.sudo()

    def test_the_original_date_stays(self):
        complaint = self.receive(2)
        with freeze_time(at(4)):
            row = self.extend(complaint, at(11, "12:00"))
            self.assertStates(complaint, decide="open")
        self.assertEqual(row.due_at, at(11, "12:00"))
        self.assertEqual(row.original_due_at, at(5, "18:00"))
        self.assertEqual(row.extended_by_id, self.leader)
        self.assertIn("extended to", row.explanation)
        self.assertIn("publisher", row.explanation)

    def test_the_customer_is_told_in_the_own_language(self):
        customer = self.make_customer(email="family@example.com", lang="zh_CN")
        complaint = self.receive(2, partner=customer)
        with freeze_time(at(4)):
            self.extend(complaint, at(11))
        message = complaint.message_ids.filtered(
            lambda m: "publisher" in m.body and m.subtype_id == self.comment()
        )
        self.assertEqual(len(message), 1)
        self.assertIn(customer, message.notified_partner_ids)

    def comment(self):
        return self.env.ref("mail.mt_comment")

    def test_a_pause_after_it_keeps_the_later_date(self):
        complaint = self.receive(2)
        with freeze_time(at(4)):
            row = self.extend(complaint, at(20))
            self.env["edu.complaint.pause"].with_user(self.agent).create(
                {"complaint_id": complaint.id, "reason": "Receipt missing"}
            )
        self.assertEqual(row.due_at, at(20))
        self.assertGreater(row.original_due_at, at(5, "18:00"))

    def test_what_was_missed_before_stays_missed(self):
        complaint = self.receive(2)
        with freeze_time(at(6)):
            row = self.extend(complaint, at(11))
            self.assertStates(complaint, decide="missed")
        self.assertEqual(row.missed_at, at(5, "18:00"))

    def test_only_a_leader_to_a_later_date_with_a_reason(self):
        complaint = self.receive(2)
        row = self.promise(complaint, "decide")
        with freeze_time(at(4)):
            with self.assertRaisesRegex(UserError, "Only a leader"):
                self.extend(complaint, at(11), self.agent)
            with self.assertRaisesRegex(UserError, "later"):
                self.extend(complaint, at(5))
            with self.assertRaisesRegex(UserError, "why"):
                row.with_user(self.leader)._extend(at(11), " ")
            complaint._keep_promise("decide")
            with self.assertRaisesRegex(UserError, "Nothing is owed"):
                self.extend(complaint, at(11))

    def test_nobody_edits_a_date(self):
        row = self.promise(self.receive(2), "decide")
        for user in (self.agent, self.leader, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).due_at = at(20)
            with self.assertRaises(AccessError):
                row.with_user(user).unlink()

    def test_the_wizard(self):
        complaint = self.receive(2)
        with freeze_time(at(3, "19:00")):
            complaint._keep_promise("acknowledge")
            action = complaint.with_user(self.leader).action_extend()
            wizard = (
                self.env[action["res_model"]]
                .with_user(self.leader)
                .with_context(**action["context"])
                .create({"due_at": at(12), "reason": "Illness"})
            )
            self.assertEqual(wizard.deadline_id, self.promise(complaint, "decide"))
            wizard.action_extend()
        self.assertEqual(self.promise(complaint, "decide").due_at, at(12))
