from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from ..common import EduCase

SECRETS = ("Mrs. Secret", "Confidential matter", "CMP/")


@tagged("post_install", "-at_install")
class TestStatement(EduCase, MailCase):
    def setUp(self):
        super().setUp()
        self.leader = self.make_user("leader")
        self.agent = self.make_user("agent")
        self.teacher = self.make_user("employee")
        team = self.make_complaint_team(self.agent, leader_id=self.leader.id)
        self.complaint = self.make_complaint(
            self.make_customer(name="Mrs. Secret"),
            subject="Confidential matter",
            team_id=team.id,
            accused_partner_ids=[Command.set(self.teacher.partner_id.ids)],
        )

    def ask(self, user=None, partner=None):
        complaint = self.complaint.with_user(user or self.leader)
        partner = partner or self.teacher.partner_id
        statement = complaint._ask_statement(partner, "What happened on Tuesday?")
        self.env.flush_all()
        self.env.invalidate_all()
        return statement

    def test_the_person_reads_the_points_and_nothing_of_the_complaint(self):
        with self.mock_mail_gateway():
            statement = self.ask().with_user(self.teacher)
        self.assertEqual(statement.points, "What happened on Tuesday?")
        with self.assertRaises(AccessError):
            statement.read(["complaint_id"])
        for domain in (
            [("complaint_id", "=", self.complaint.id)],
            [("complaint_id.subject", "ilike", "Confidential")],
        ):
            with self.assertRaises(AccessError):
                statement.search(domain)
        shown = str(statement.web_read({name: {} for name in statement.fields_get()}))
        activity = self.env["mail.activity"].with_user(self.teacher).search([])
        shown += str(activity.read(["res_name", "summary", "note"]))
        messages = (
            self.env["mail.message"]
            .with_user(self.teacher)
            .search([("model", "=", statement._name)])
        )
        shown += str(messages.read(["subject", "body", "record_name"]))
        shown += str(self._mails) + str(self._new_mails.mapped("body_html"))
        self.assertTrue(activity)
        self.assertTrue(messages)
        for secret in SECRETS:
            self.assertNotIn(secret, shown)
        self.assertNotIn("accused", shown)

    def test_only_a_leader_asks_and_only_those_it_is_about(self):
        self.complaint.user_id = self.agent
        with self.assertRaisesRegex(UserError, "leader"):
            self.ask(self.agent)
        with self.assertRaises(ValidationError):
            self.ask(partner=self.make_person())
        with self.assertRaises(AccessError):
            self.env["edu.complaint.statement"].with_user(self.leader).create(
                {
                    "complaint_id": self.complaint.id,
                    "partner_id": self.teacher.partner_id.id,
                    "points": "Forged",
                    "due_date": "2030-01-01",
                }
            )

    def test_the_person_answers_once(self):
        statement = self.ask().with_user(self.teacher)
        with self.assertRaises(UserError):
            statement.points = "Something else"
        with self.assertRaisesRegex(UserError, "first"):
            statement.action_answer()
        statement.answer = "I was ill."
        statement.action_answer()
        self.assertEqual(statement.state, "answered")
        self.assertEqual(statement.answered_by_id, self.teacher)
        with self.assertRaisesRegex(UserError, "stays"):
            statement.answer = "I was not."
        with self.assertRaisesRegex(UserError, "stays"):
            statement.with_user(self.leader).answer = "Nothing"
        leads = self.complaint.with_user(self.leader)
        self.assertEqual(leads.statement_ids.answer, "I was ill.")
        self.assertIn("Read the statement", leads.activity_ids.mapped("summary"))

    def test_a_colleague_writes_down_what_somebody_without_login_says(self):
        teacher = self.make_person(email="teacher@example.com")
        self.complaint.accused_partner_ids = teacher
        statement = self.ask(partner=teacher).with_user(self.leader)
        statement.answer = "By telephone: the train was late."
        statement.action_answer()
        self.assertEqual(statement.answered_by_id, self.leader)

    def test_the_mail_of_the_person_is_the_answer(self):
        statement = self.ask()
        statement.sudo().message_update(
            {
                "author_id": self.teacher.partner_id.id,
                "body": "<p>I was <b>ill</b>.</p>",
            }
        )
        self.assertEqual(statement.sudo().state, "answered")
        self.assertIn("ill", statement.sudo().answer)

    def test_nobody_else_reads_it(self):
        statement = self.ask()
        other = self.make_user("employee")
        others = (
            other,
            self.agent,
            self.make_user("readonly"),
            self.make_user("leader"),
            self.make_user("manager", company=self.make_company()),
        )
        for user in others:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                statement.with_user(user).read(["points"])
        self.complaint.user_id = self.agent
        self.assertTrue(statement.with_user(self.agent).points)
        followers = self.env["mail.followers"].with_user(other)
        self.assertFalse(followers.search([("res_model", "=", statement._name)]))

    def test_another_person_concerned_reads_no_statement(self):
        manager = self.make_user("manager")
        self.complaint.accused_partner_ids |= manager.partner_id
        statement = self.ask()
        with self.assertRaises(AccessError):
            statement.with_user(manager).read(["points"])

    def test_nobody_answers_for_somebody_with_a_login(self):
        statement = self.ask()
        with self.assertRaisesRegex(UserError, "answers alone"):
            statement.with_user(self.leader).answer = "I am sorry"
