"""Large amounts by hand: a manager decides who did not ask and gets nothing."""

from odoo.exceptions import UserError
from odoo.tests import Form

from .by_hand import ByHandCase


class TestApproval(ByHandCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card(points=1000)
        self.member = self.card.partner_id

    def test_a_large_amount_waits_for_a_manager(self):
        approval = self.ask(self.member, points=501)
        self.assertEqual(approval.state, "waiting")
        self.assertBalance(self.card, 1000)
        activity = approval.sudo().activity_ids
        self.assertTrue(activity.user_id.has_group("edu_crm_addon.group_edu_manager"))
        approval.with_user(self.manager).action_approve()
        self.assertEqual(approval.approved_by_id, self.manager)
        self.assertBalance(self.card, 1501)
        self.assertFalse(approval.sudo().activity_ids)

    def test_many_small_amounts_are_a_large_one(self):
        self.assertEqual(self.ask(self.member, points=300).state, "done")
        self.assertEqual(self.ask(self.member, points=-200).state, "done")
        self.assertEqual(self.ask(self.member, points=1).state, "waiting")
        other = self.make_customer()
        self.assertEqual(self.ask(other, points=500).state, "done")

    def test_small_amounts_for_a_family_in_one_go_are_a_large_one(self):
        guardian = self.make_customer()
        children = [self.make_learner(guardian), self.make_learner(guardian)]
        approvals = self.ask(*children, points=300)
        self.assertEqual(sorted(approvals.mapped("state")), ["done", "waiting"])

    def test_nobody_approves_what_one_asked_for(self):
        approval = self.ask(self.member, user=self.manager, points=501)
        self.assertEqual(approval.state, "waiting")
        with self.assertRaises(UserError):
            approval.action_approve()
        other = self.make_user("manager")
        approval.with_user(other).action_approve()
        self.assertBalance(self.card, 1501)

    def test_nobody_gives_points_to_oneself(self):
        me = self.leader.partner_id
        approval = self.ask(me, points=5)
        self.assertEqual(approval.state, "waiting")
        approval = self.ask(self.manager.partner_id, points=501)
        with self.assertRaises(UserError):
            approval.with_user(self.manager).action_approve()

    def test_leaders_and_agents_approve_nothing(self):
        approval = self.ask(self.member, points=501)
        for role in ("leader", "agent", "readonly"):
            with self.subTest(role), self.assertRaises(UserError):
                approval.with_user(self.make_user(role)).action_approve()

    def test_who_rejects_says_why(self):
        approval = self.ask(self.member, points=501).with_user(self.manager)
        with self.assertRaises(UserError):
            approval.action_reject()
        with Form(approval) as form:
            form.answer = "Too much"
        approval.action_reject()
        self.assertEqual(approval.state, "rejected")
        approval.action_approve()
        self.assertBalance(self.card, 1000)

    def test_who_asked_withdraws(self):
        approval = self.ask(self.member, points=501)
        with self.assertRaises(UserError):
            approval.with_user(self.manager).action_withdraw()
        approval.action_withdraw()
        self.assertEqual(approval.state, "withdrawn")

    def test_it_is_booked_once(self):
        approval = self.ask(self.member, points=501).with_user(self.manager)
        approval.action_approve()
        approval.action_approve()
        self.assertBalance(self.card, 1501)

    def test_what_is_taken_meanwhile_cannot_be_taken_again(self):
        approval = self.ask(self.member, points=-900)
        self.book(self.card, -500)
        with self.assertRaises(UserError), self.cr.savepoint():
            approval.with_user(self.manager).action_approve()
        self.assertBalance(self.card, 500)

    # ------------------------------------------------------------------ rights
    def test_agents_give_nothing(self):
        for role in ("agent", "readonly", "salesperson"):
            with self.subTest(role):
                user = self.make_user(role)
                self.assertRefused(self.ask, self.member, user=user, points=5)
                approvals = self.env["edu.points.approval"].with_user(user)
                values = {"partner_id": self.member.id, "points": 5, "reason": "Me"}
                self.assertRefused(approvals.create, values)

    def test_nobody_forges_who_decided(self):
        approvals = self.env["edu.points.approval"].with_user(self.leader)
        other = self.make_user("manager")
        forged = approvals.with_context(default_state="done").create(
            {
                "partner_id": self.member.id,
                "purpose": "adjust",
                "points": 9,
                "reason": "Me",
                "state": "done",
                "requested_by_id": other.id,
                "approved_by_id": other.id,
            }
        )
        self.assertEqual(forged.state, "waiting")
        self.assertEqual(forged.requested_by_id, self.leader)
        self.assertFalse(forged.approved_by_id)
        for name, value in (("state", "done"), ("points", 1), ("member_id", 1)):
            with self.subTest(name):
                mine = forged.with_user(self.manager)
                self.assertRefused(mine.write, {name: value})
        self.assertRefused(forged.with_user(self.manager).unlink)

    def test_leaders_give_to_members_of_their_team(self):
        stranger = self.make_customer(user_id=self.make_user("agent").id)
        self.assertRefused(self.ask, stranger, points=5)
        self.assertEqual(self.ask(stranger, user=self.manager, points=5).state, "done")

    def test_another_school_sees_nothing(self):
        approval = self.ask(self.member, points=501)
        other = self.make_user("manager", company=self.make_company())
        self.assertRefused(approval.with_user(other).action_approve)
        found = self.env["edu.points.approval"].with_user(other).search([])
        self.assertFalse(found)

    def test_each_role_sees_its_own(self):
        approval = self.ask(self.member, points=501)
        self.member.user_id = self.make_user("agent")
        agent = self.make_user("agent")
        search = self.env["edu.points.approval"].with_user(agent).search
        self.assertFalse(search([("id", "=", approval.id)]))
