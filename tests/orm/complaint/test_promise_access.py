"""Promises and pauses are seen by those who see the complaint, and by nobody else."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .promises import PromiseCase


@tagged("post_install", "-at_install")
class TestPromiseAccess(PromiseCase):
    def records(self, complaint):
        pause = self.env["edu.complaint.pause"].create(
            {"complaint_id": complaint.id, "reason": "Receipt missing"}
        )
        return [complaint.deadline_ids, pause]

    def assertSees(self, user, records, sees=True):
        for record in records:
            mine = record.with_user(user)
            with self.subTest(user=user.login, model=record._name):
                found = mine.search([("id", "in", record.ids)])
                self.assertEqual(bool(found), sees)
                self.assertEqual(mine.has_access("read"), sees)

    def make_now(self, **values):
        return self.make_complaint(
            team_id=self.complaint_team.id, user_id=self.agent.id, **values
        )

    def test_each_role(self):
        complaint = self.make_now()
        complaint.recorded_by_id = self.manager
        records = self.records(complaint)
        for user in (self.agent, self.leader, self.manager, self.make_user("readonly")):
            self.assertSees(user, records)
        self.assertSees(self.make_user("agent"), records, False)
        self.assertSees(self.make_user("leader"), records, False)

    def test_who_it_is_about_sees_none(self):
        for user in (self.agent, self.leader, self.manager):
            complaint = self.make_now()
            records = self.records(complaint)
            complaint.accused_partner_ids = user.partner_id
            self.env.flush_all()
            self.assertSees(user, records, False)

    def test_another_company_sees_none(self):
        stranger = self.make_user("manager", company=self.make_company())
        self.assertSees(stranger, self.records(self.make_now()), False)

    def test_others_have_no_access(self):
        rows = self.make_now().deadline_ids
        for role in ("employee", "portal"):
            with self.assertRaises(AccessError):
                rows.with_user(self.make_user(role)).read(["due_at"])

    def test_nobody_makes_promises_by_hand(self):
        complaint = self.make_now()
        row = complaint.deadline_ids[:1].copy_data()[0]
        for user in (self.agent, self.leader, self.manager):
            with self.assertRaises(AccessError):
                self.env["edu.complaint.deadline"].with_user(user).create(row)

    def test_nobody_pauses_what_is_none_of_ones_business(self):
        complaint = self.make_now()
        pauses = self.env["edu.complaint.pause"].with_user(self.make_user("agent"))
        with self.assertRaises(AccessError):
            pauses.create({"complaint_id": complaint.id, "reason": "Later"})

    def test_an_agent_makes_promises_by_recording(self):
        complaint = (
            self.env["edu.complaint"]
            .with_user(self.agent)
            .create(
                {
                    "subject": "The lesson was canceled",
                    "partner_id": self.make_customer().id,
                    "team_id": self.complaint_team.id,
                }
            )
        )
        self.assertEqual(len(complaint.deadline_ids), 2)
        self.assertTrue(complaint.due_at)
