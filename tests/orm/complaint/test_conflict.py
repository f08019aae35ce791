from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestConflict(EduCase):
    """Nobody handles a complaint about oneself: it goes one up."""

    def setUp(self):
        super().setUp()
        self.agent, self.leader = self.make_user("agent"), self.make_user("leader")
        self.manager, self.officer = (
            self.make_user("manager"),
            self.make_user("manager"),
        )
        self.complaints = self.make_complaint_team(
            self.agent, leader_id=self.leader.id, manager_id=self.manager.id
        )
        self.env.company.edu_compliance_user_id = self.officer

    def vals(self, *about, **values):
        return {
            "accused_partner_ids": [Command.set([u.partner_id.id for u in about])],
            "team_id": self.complaints.id,
            "user_id": self.agent.id,
            **values,
        }

    def test_it_goes_up_the_ladder(self):
        everybody = (self.agent, self.leader, self.manager, self.officer)
        cases = [
            ((self.agent,), self.leader),
            ((self.leader,), self.manager),
            ((self.agent, self.leader), self.manager),
            ((self.agent, self.leader, self.manager), self.officer),
            (everybody, self.env["res.users"]),
        ]
        for about, handler in cases:
            with self.subTest(about=len(about)):
                complaint = self.make_complaint(
                    **self.vals(*about, type="service_attitude")
                )
                self.assertEqual(complaint.user_id, handler)

    def test_about_the_leader_only_the_handler_may_stay(self):
        complaint = self.make_complaint(**self.vals(self.leader))
        self.assertNotEqual(complaint.user_id, self.leader)
        self.assertFalse(
            complaint.with_user(self.leader).search([("id", "=", complaint.id)])
        )

    def test_with_nobody_left_another_manager_sees_it(self):
        everybody = (self.agent, self.leader, self.manager, self.officer)
        complaint = self.make_complaint(**self.vals(*everybody))
        self.assertFalse(complaint.user_id)
        other = self.make_user("manager")
        self.assertTrue(complaint.with_user(other).search([("id", "=", complaint.id)]))

    def test_it_holds_for_import_rpc_and_mass_edit(self):
        boss = self.make_user("manager")
        complaints = self.make_complaint(**self.vals())
        complaints |= self.make_complaint(**self.vals())
        complaints.with_user(boss).write(
            {"accused_partner_ids": [Command.link(self.agent.partner_id.id)]}
        )
        self.assertEqual(complaints.user_id, self.leader)
        row = {
            "subject": "Import",
            "partner_name": "Ms. Li",
            "phone": "13800138000",
            "team_id/.id": str(self.complaints.id),
            "user_id/.id": str(self.agent.id),
            "accused_partner_ids/.id": str(self.agent.partner_id.id),
        }
        records = self.env["edu.complaint"].with_user(boss)
        result = records.load(list(row), [list(row.values())])
        imported = self.env["edu.complaint"].browse(result["ids"])
        self.assertEqual(imported.user_id, self.leader)

    def test_a_new_leader_of_the_team_sees_nothing_about_oneself(self):
        complaint = self.make_complaint(**self.vals(self.agent))
        self.agent.group_ids |= self.env.ref("edu_crm_addon.group_edu_leader")
        self.complaints.leader_id = self.agent
        self.assertFalse(
            complaint.with_user(self.agent).search([("id", "=", complaint.id)])
        )
        complaint._escalate("team_leader")
        self.assertEqual(complaint.user_id, self.manager)

    def test_nobody_is_given_one_about_oneself(self):
        complaint = self.make_complaint(**self.vals(self.agent))
        for name in ("user_id", "delegate_id", "improvement_user_id"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                complaint.with_user(self.manager).write({name: self.agent.id})
                complaint.flush_recordset()
        complaint.user_id = self.agent
        self.assertEqual(complaint.user_id, self.leader)

    def test_delegates_go_when_they_are_named(self):
        helper = self.make_user("agent")
        complaint = self.make_complaint(**self.vals())
        complaint.write({"delegate_id": helper.id, "improvement_user_id": helper.id})
        complaint.accused_partner_ids = helper.partner_id
        self.assertFalse(complaint.delegate_id | complaint.improvement_user_id)

    def test_nobody_records_one_about_oneself(self):
        values = {
            "subject": "About me",
            "partner_id": self.make_customer().id,
            **self.vals(self.agent, user_id=False),
        }
        with self.assertRaisesRegex(UserError, "colleague"):
            self.env["edu.complaint"].with_user(self.agent).create(values)
        complaint = self.make_complaint(**self.vals())
        with self.assertRaisesRegex(UserError, "colleague"):
            complaint.with_user(self.agent).accused_partner_ids = self.agent.partner_id

    def test_only_a_leader_clears_somebody(self):
        teacher = self.make_person()
        complaint = self.make_complaint(**self.vals(accused_partner_ids=teacher.ids))
        complaint.user_id = self.agent
        with self.assertRaisesRegex(UserError, "leader"):
            complaint.with_user(self.agent).accused_partner_ids = False
        complaint.with_user(self.leader).accused_partner_ids = False
        self.assertFalse(complaint.accused_partner_ids)

    def test_findings_about_the_staff_are_the_leaders(self):
        """CMP-33: only leaders see and fill them."""
        complaint = self.make_complaint(**self.vals())
        found = {"staff_finding": "Late", "staff_action": "Talk"}
        complaint.with_user(self.leader).write(found)
        for name, text in found.items():
            with self.subTest(name=name):
                self.assertEqual(complaint.with_user(self.leader)[name], text)
                with self.assertRaisesRegex(UserError, name):
                    complaint.with_user(self.agent).read([name])
                with self.assertRaisesRegex(UserError, name):
                    complaint.with_user(self.agent).write({name: "Nothing"})
                with self.assertRaisesRegex(UserError, name):
                    complaint.with_user(self.agent).search([(name, "!=", False)])
