"""Who sees what in the analysis: as much as of the complaints behind it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import EduCase

COUNT = "complaint_count:sum"


@tagged("post_install", "-at_install")
class TestComplaintReportAccess(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.colleague = cls.make_user("agent"), cls.make_user("agent")
        cls.leader, cls.manager = cls.make_user("leader"), cls.make_user("manager")
        cls.complaint_team = cls.make_complaint_team(
            cls.agent, leader_id=cls.leader.id, manager_id=cls.manager.id
        )
        other_team = cls.make_complaint_team()
        cls.mine = cls.make_complaint(
            user_id=cls.agent.id, team_id=cls.complaint_team.id
        )
        cls.free = cls.make_complaint(user_id=False, team_id=cls.complaint_team.id)
        cls.theirs = cls.make_complaint(
            user_id=cls.colleague.id, team_id=cls.complaint_team.id
        )
        cls.far = cls.make_complaint(user_id=cls.colleague.id, team_id=other_team.id)
        cls.complaints = cls.mine | cls.free | cls.theirs | cls.far

    def seen(self, user):
        """Return what the analysis shows: by rows, and by its sums alike."""
        report = self.env["edu.complaint.report"].with_user(user)
        domain = [("complaint_id", "in", self.complaints.ids)]
        found = report.search(domain).complaint_id
        ((count,),) = report._read_group(domain, (), [COUNT])
        self.assertEqual(count or 0, len(found))
        complaints = self.env["edu.complaint"].with_user(user)
        self.assertEqual(found, complaints.search([("id", "in", self.complaints.ids)]))
        return found.with_env(self.env).sorted("id")

    def test_an_agent_sees_own_ones_and_open_ones_of_the_team(self):
        self.assertEqual(self.seen(self.agent), self.mine | self.free)

    def test_a_leader_sees_those_of_the_team(self):
        self.assertEqual(self.seen(self.leader), self.mine | self.free | self.theirs)

    def test_a_manager_and_who_only_reads_see_all(self):
        for user in (self.manager, self.make_user("readonly")):
            self.assertEqual(self.seen(user), self.complaints)

    def test_whom_it_is_about_sees_nothing_in_whatever_role(self):
        for role in ("readonly", "agent", "leader", "manager"):
            with self.subTest(role=role):
                accused = self.make_user(role)
                self.complaints.sudo().write(
                    {"accused_partner_ids": [(6, 0, accused.partner_id.ids)]}
                )
                self.complaint_team.leader_id = accused
                self.env.flush_all()
                self.assertFalse(self.seen(accused))

    def test_another_companys_complaints_are_invisible(self):
        campus = self.make_company()
        there = self.make_user("manager", company=campus)
        self.assertFalse(self.seen(there))

    def test_without_education_role_there_is_no_analysis(self):
        for role in ("employee", "salesperson", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                report = self.env["edu.complaint.report"]
                report.with_user(self.make_user(role)).search([])
