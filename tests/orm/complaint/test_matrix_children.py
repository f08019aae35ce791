from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .measures import MeasureCase

OWN = "edu.complaint"
# Agents may not look for it by complaint.
SCORE = "edu.satisfaction.score"


@tagged("post_install", "-at_install")
class TestMatrixChildren(MeasureCase):
    """What hangs on a complaint as rows of our own goes with it."""

    def setUp(self):
        super().setUp()
        self.agent, self.leader = self.make_user("agent"), self.make_user("leader")
        self.manager = self.make_user("manager")
        team = self.make_complaint_team(
            self.agent, leader_id=self.leader.id, manager_id=self.manager.id
        )
        self.complaint = self.make_family_complaint(
            team_id=team.id, user_id=self.agent.id
        )
        self.measure = self.make_measure(self.complaint, user_id=self.agent.id)
        self.env["edu.complaint.solution"].create(
            {"complaint_id": self.complaint.id, "name": "Repeat the lesson"}
        )
        self.env["edu.complaint.pause"].create(
            {"complaint_id": self.complaint.id, "reason": "A document"}
        )
        self.env["edu.complaint.round"].create(
            {"complaint_id": self.complaint.id, "number": 1}
        )
        self.env["edu.satisfaction.follow.up"].create(
            {**self.about(), "partner_id": self.complaint.partner_id.id, "score": 20}
        )
        self.env.flush_all()

    def about(self):
        return {
            "complaint_id": self.complaint.id,
            "company_id": self.complaint.company_id.id,
            "date": self.env.company._edu_today(),
        }

    def models(self):
        """Return the models whose rows belong to a complaint."""
        complaint = self.env[OWN]
        names = set(complaint._shielded_models()) - {OWN, SCORE}
        return sorted(names | {"edu.complaint.report"})

    def rows(self, name, user):
        domain = [("complaint_id", "=", self.complaint.id)]
        return self.env[name].with_user(user).search(domain)

    def test_who_may_see_the_complaint_sees_its_rows(self):
        for name in self.models():
            for user in (self.agent, self.leader, self.manager):
                with self.subTest(model=name, user=user.login):
                    self.assertTrue(self.rows(name, user))

    def test_whom_it_is_about_sees_no_row(self):
        rows = {name: self.rows(name, self.manager) for name in self.models()}
        for user in (self.agent, self.leader, self.manager):
            self.complaint.accused_partner_ids = [Command.link(user.partner_id.id)]
            self.env.flush_all()
            self.env.invalidate_all()
            for name, row in rows.items():
                with self.subTest(model=name, user=user.login):
                    self.assertFalse(self.rows(name, user))
                    own = self.env[name].with_user(user)
                    groups = own.formatted_read_group(
                        [("complaint_id", "=", self.complaint.id)], [], ["__count"]
                    )
                    self.assertFalse(sum(group["__count"] for group in groups))
                    users = type(self.env["res.users"])
                    with (
                        patch.object(users, "has_group", lambda *_args: True),
                        self.assertRaises(AccessError) as raised,
                    ):
                        row.with_user(user).check_access("read")
                    self.assertNotIn("oneself", str(raised.exception))

    def test_whom_it_is_about_does_not_see_how_it_was_rated(self):
        score = (
            self.env[SCORE]
            .sudo()
            .create(
                {
                    **self.about(),
                    "source": "rating",
                    "dimension": "service",
                    "experience": 20,
                }
            )
        )
        for user in (self.agent, self.leader, self.manager):
            own = self.env[SCORE].with_user(user)
            with self.subTest(user=user.login):
                self.assertTrue(own.search([("id", "=", score.id)]))
                self.complaint.accused_partner_ids = [Command.link(user.partner_id.id)]
                self.env.flush_all()
                self.assertFalse(own.search([("id", "=", score.id)]))

    def test_fields_of_the_host_do_not_count_them(self):
        customer, enrollment = self.complaint.partner_id, self.complaint.enrollment_id
        seen = customer.with_user(self.manager)
        self.assertEqual(seen.edu_complaint_count, 1)
        self.assertTrue(seen.edu_recent_complaint)
        self.complaint.accused_partner_ids = self.manager.partner_id
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(seen.edu_complaint_count, 0)
        self.assertFalse(seen.edu_recent_complaint)
        self.assertFalse(
            seen.search([("edu_recent_complaint", "=", True), ("id", "=", seen.id)])
        )
        self.assertFalse(enrollment.with_user(self.manager).complaint_ids)

    def test_their_measures_go_to_who_handles_it(self):
        self.complaint.accused_partner_ids = self.agent.partner_id
        self.assertEqual(self.measure.user_id, self.leader)
        with self.assertRaises(ValidationError):
            self.measure.user_id = self.agent

    def test_no_letter_is_printed_for_them(self):
        self.complaint.accused_partner_ids = self.manager.partner_id
        self.env.flush_all()
        self.env.invalidate_all()
        for report in self.env["ir.actions.report"].search([("model", "=", OWN)]):
            with self.subTest(report=report.name), self.assertRaises(AccessError):
                report.with_user(self.manager)._render_qweb_html(
                    report.report_name, self.complaint.ids
                )

    def test_a_failed_job_does_not_name_it_to_them(self):
        failure = self.env["edu.job.failure"].create(
            {
                "job": "complaint_acknowledge",
                "res_model": OWN,
                "res_id": self.complaint.id,
                "record_name": self.complaint.display_name,
            }
        )
        own = failure.with_user(self.manager)
        self.assertTrue(own.search([("id", "=", failure.id)]))
        self.complaint.accused_partner_ids = self.manager.partner_id
        self.assertFalse(own.search([("id", "=", failure.id)]))
