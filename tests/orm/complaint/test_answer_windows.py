"""The small windows in which staff answer, solve, close and open again."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase

CRON = f"{MODULE}.ir_cron_complaint_close_unanswered"


@tagged("post_install", "-at_install")
class TestWindows(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)

    def handled(self, step, **values):
        complaint = self.make_complaint(
            step=step,
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            **{"type": "product_problem", **values},
        )
        return complaint.with_user(self.agent)

    def open(self, action):
        self.assertEqual(action["target"], "new")
        model = self.env[action["res_model"]].with_user(self.agent)
        return Form(model.with_context(**action["context"]))

    def test_a_spoken_answer_is_marked_as_the_staffs(self):
        complaint = self.handled("feedback")
        form = self.open(complaint.action_reply())
        form.answer = "refused"
        form.note = "Said on the phone"
        form.save().action_log()
        self.assertEqual((complaint.state, complaint.answer_by), ("plan", "staff"))
        self.assertEqual(complaint.answer_note, "Said on the phone")
        with self.assertRaisesRegex(UserError, "does not wait"):
            self.handled("plan").action_reply()

    def test_one_window_closes_what_was_solved(self):
        complaint = self.handled(None, want="excellent_service")
        form = self.open(complaint.action_solve())
        self.assertEqual(form.want, "excellent_service")
        form.solution = "Sent a book"
        form.cause_id = self.cause()
        form.satisfied = "yes"
        form.save().action_solve()
        self.assertEqual(complaint.state, "closed")
        self.assertTrue(complaint.is_first_contact)

    def test_closing_a_call_asks_whether_the_customer_is_satisfied(self):
        complaint = self.handled("feedback", want="attention", channel="phone")
        complaint._accept(by="staff")
        form = self.open(complaint.action_close())
        self.assertEqual(complaint.state, "summarise")
        self.assertEqual(form.want, "attention")
        form.satisfied = "yes"
        form.cause_id = self.cause()
        form.lesson = "Call back"
        form.save().action_close()
        self.assertEqual((complaint.state, complaint.satisfied), ("closed", "yes"))

    def test_what_came_by_mail_is_closed_without_the_question(self):
        complaint = self.handled(
            "feedback", channel="email", cause_id=self.cause().id, lesson="x"
        )
        complaint._accept()
        complaint.action_next_step()
        self.assertEqual(complaint.state, "closed")

    def test_opening_again_asks_why(self):
        complaint = self.handled(None)
        complaint._close_at_first_contact("Sent a book", self.cause())
        form = self.open(complaint.action_reopen())
        self.assertTrue(form.can_reopen)
        form.reason = "The wrong book"
        form.save().action_reopen()
        self.assertRecordValues(
            complaint.sudo(),
            [{"state": "plan", "round": 2, "reopened_by": "staff"}],
        )

    def test_no_window_opens_on_what_one_may_not_see(self):
        hidden = self.handled("feedback").sudo()
        hidden.user_id = self.leader
        hidden.recorded_by_id = self.leader
        accused = self.make_user("manager")
        own = self.handled("feedback").sudo()
        own.accused_partner_ids = accused.partner_id
        values = {
            "reply": {"answer": "accepted"},
            "solve": {
                "type_id": own.type_id.id,
                "solution": "x",
                "cause_id": self.cause().id,
                "satisfied": "yes",
            },
            "reopen": {"reason": "x"},
            "close": {
                "cause_id": self.cause().id,
                "lesson": "x",
                "satisfied": "yes",
            },
        }
        for user, complaint in ((self.agent, hidden), (accused, own)):
            for model, vals in values.items():
                wizard = self.env[f"edu.complaint.{model}"].with_user(user)
                with (
                    self.subTest(model=model, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    wizard.create({**vals, "complaint_id": complaint.id})

    def test_the_job_goes_on_with_silent_customers(self):
        silent, waiting = self.handled("feedback"), self.handled("feedback")
        silent.sudo().answer_due_at = self.moment_ago(1)
        self.run_cron(CRON)
        self.assertEqual((silent.state, silent.answer), ("summarise", "no_answer"))
        self.assertEqual(waiting.state, "feedback")

    def test_readers_change_nothing(self):
        complaint = self.handled("feedback").with_user(self.make_user("readonly"))
        for method in ("_accept", "_refuse"):
            with self.assertRaises(AccessError):
                getattr(complaint, method)()


@tagged("post_install", "-at_install")
class TestRoundAccess(EduCase):
    def reopened(self, **values):
        complaint = self.make_complaint(type="product_problem", **values)
        complaint._close_at_first_contact("Sent a book", self.cause())
        complaint._reopen("Again")
        return complaint

    def test_a_round_is_seen_like_its_complaint(self):
        agent, manager = self.make_user("agent"), self.make_user("manager")
        leader, stranger = self.make_user("leader"), self.make_user("leader")
        team = self.make_complaint_team(agent, leader_id=leader.id)
        complaint = self.reopened(team_id=team.id)
        complaint.user_id = agent
        rounds = self.env["edu.complaint.round"]
        for user, count in ((agent, 1), (leader, 1), (manager, 1), (stranger, 0)):
            with self.subTest(user=user.login):
                self.assertEqual(rounds.with_user(user).search_count([]), count)

    def test_the_person_concerned_sees_no_round(self):
        manager = self.make_user("manager")
        self.reopened(accused_partner_ids=manager.partner_id.ids)
        rounds = self.env["edu.complaint.round"].with_user(manager)
        self.assertFalse(rounds.search_count([]))

    def test_another_company_sees_no_round(self):
        self.reopened()
        other = self.make_user("manager", company=self.make_company())
        self.assertFalse(
            self.env["edu.complaint.round"].with_user(other).search_count([])
        )
