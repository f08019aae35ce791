from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestReopen(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.leader = cls.make_user("agent"), cls.make_user("leader")
        cls.complaint_team = cls.make_complaint_team(cls.agent, leader_id=cls.leader.id)

    def closed(self, **values):
        complaint = self.make_complaint(
            step="feedback",
            team_id=self.complaint_team.id,
            user_id=self.agent.id,
            cause_id=self.cause().id,
            lesson="Call back",
            **values,
        )
        complaint._accept()
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        return complaint

    def test_a_new_round_begins_one_level_higher_and_the_first_is_frozen(self):
        complaint = self.closed()
        decided_at, closed_at = complaint.decided_at, complaint.closed_at
        promise = complaint.deadline_ids.filtered(lambda row: row.kind == "decide")
        self.assertEqual(complaint._reopen("It happened again"), complaint)
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "plan",
                    "round": 2,
                    "level": "team_leader",
                    "user_id": self.leader.id,
                    "verdict": False,
                    "answer": False,
                    "decided_at": False,
                    "closed_at": False,
                    "reopen_reason": "It happened again",
                    "reopened_by": "customer",
                }
            ],
        )
        self.assertRecordValues(
            complaint.round_ids,
            [
                {
                    "number": 1,
                    "opened_at": complaint.received_at,
                    "decided_at": decided_at,
                    "closed_at": closed_at,
                    "verdict": "upheld",
                    "answer": "accepted",
                    "user_id": self.agent.id,
                    "level": "agent",
                    "in_time": "yes",
                    "due_at": promise.due_at,
                }
            ],
        )

    def test_two_clicks_open_one_round(self):
        complaint = self.closed()
        complaint._reopen("Again")
        self.assertFalse(complaint._reopen("Again"))
        self.assertEqual(complaint.round, 2)

    def test_frozen_figures_stay(self):
        complaint = self.closed()
        complaint._reopen("Again")
        manager = self.make_user("manager")
        for user in (self.env.user, manager):
            with self.assertRaises(UserError):
                complaint.round_ids.with_user(user).verdict = "not_upheld"
            with self.assertRaises(UserError):
                complaint.round_ids.with_user(user).unlink()

    def test_after_the_window_a_later_complaint_names_the_first(self):
        accused = self.make_person()
        complaint = self.closed(accused_partner_ids=accused.ids)
        with freeze_time(complaint.reopen_until + timedelta(seconds=1)):
            self.assertFalse(complaint._reopen("Again"))
            later = complaint._come_back("Again")
        self.assertNotEqual(later, complaint)
        self.assertEqual(later.previous_id, complaint)
        self.assertEqual(later.partner_id, complaint.partner_id)
        self.assertEqual(later.type_id, complaint.type_id)
        self.assertEqual(later.accused_partner_ids, accused, "hidden from them as well")
        self.assertEqual((later.state, later.description), ("receive", "Again"))
        self.assertEqual(complaint.state, "closed")

    def test_the_window_is_the_companys(self):
        self.env.company.edu_complaint_reopen_days = 0
        complaint = self.closed()
        self.assertFalse(complaint._can_reopen())

    def test_what_was_withdrawn_is_not_opened_again(self):
        complaint = self.make_complaint(step="plan")
        complaint.action_withdraw()
        self.assertFalse(complaint._reopen("Again"))

    def test_nobody_writes_rounds(self):
        complaint = self.closed().with_user(self.agent)
        with self.assertRaisesRegex(UserError, "by hand"):
            complaint.round = 7
        with self.assertRaisesRegex(UserError, "buttons"):
            complaint.state = "plan"
