from odoo.fields import Command
from odoo.tests import tagged

from .matrix import MatrixCase

LOOK = {
    "read",
    "web_read",
    "search",
    "name_search",
    "search_count",
    "read_group",
    "chatter",
    "chatter_count",
    "chatter_read",
    "thread",
    "attachment",
    "attachment_read",
    "activity",
    "activity_read",
    "rating",
    "rating_read",
    "follower",
    "event",
    "event_read",
}
# Read-only people export and post notes as they read.
READ = LOOK | {"export", "post"}
WORK = READ | {"write"}
# What others decide: whoever is not concerned may be told.
TOLD = {"mail", "mention"}


@tagged("post_install", "-at_install")
class TestMatrix(MatrixCase):
    def assertSees(self, complaint, user, ways):
        seen = self.sees(complaint, user)
        self.assertEqual(seen - ways, set(), f"{user.login} sees too much")
        self.assertEqual(ways - seen, set(), f"{user.login} sees too little")

    def test_an_agent_works_on_own_ones(self):
        self.assertSees(self.make_case(), self.handler, WORK | TOLD)

    def test_an_agent_sees_nothing_of_a_colleagues(self):
        colleague = self.make_user("agent")
        self.complaints.member_ids |= colleague
        self.assertSees(self.make_case(), colleague, TOLD)

    def test_an_agent_works_on_what_nobody_has(self):
        colleague = self.make_user("agent")
        self.complaints.member_ids |= colleague
        self.assertSees(self.make_case(user_id=False), colleague, WORK | TOLD)

    def test_an_agent_sees_nothing_of_another_team(self):
        stranger = self.make_user("agent")
        self.assertSees(self.make_case(user_id=False), stranger, TOLD)

    def test_a_leader_works_on_those_of_the_team(self):
        self.assertSees(self.make_case(), self.leader, WORK | TOLD)

    def test_a_leader_sees_nothing_of_another_team(self):
        stranger = self.make_user("leader")
        self.make_complaint_team(leader_id=stranger.id)
        self.assertSees(self.make_case(), stranger, TOLD)

    def test_a_manager_works_on_all(self):
        self.assertSees(self.make_case(), self.manager, WORK | TOLD)

    def test_a_read_only_user_changes_nothing(self):
        self.assertSees(self.make_case(), self.make_user("readonly"), READ | TOLD)

    def test_a_manager_of_another_company_sees_nothing(self):
        other = self.make_user("manager", company=self.make_company())
        self.assertSees(self.make_case(), other, TOLD)

    def test_an_employee_without_a_role_sees_nothing(self):
        self.assertSees(self.make_case(), self.make_user("employee"), TOLD)

    def test_customers_see_nothing_but_by_their_pages(self):
        guardian, learner = self.make_user("portal"), self.make_learner()
        self.link(guardian.partner_id, learner)
        owner, stranger = self.make_user("portal"), self.make_user("portal")
        complaint = self.make_case(owner.partner_id, learner_id=learner.id)
        for user in (owner, guardian, stranger):
            with self.subTest(user=user.login):
                self.assertSees(complaint, user, TOLD)


@tagged("post_install", "-at_install")
class TestMatrixAccused(MatrixCase):
    """Whoever it is about: nothing, in no role and on no way."""

    def administrator(self):
        user = self.make_user("manager")
        user.group_ids |= self.env.ref("base.group_system")
        return user

    def roles(self):
        """Yield users of each role, each of whom would see it otherwise."""
        agent, readonly = self.make_user("agent"), self.make_user("readonly")
        leader = self.make_user("leader")
        self.complaints.member_ids |= agent | leader
        yield from (agent, readonly, leader, self.make_user("manager"))
        yield from (self.administrator(), self.make_user("employee"))
        yield self.make_user("portal")

    def test_whoever_is_named_from_the_start_sees_nothing(self):
        for user in self.roles():
            complaint = self.make_case(user.partner_id, about=[user])
            with self.subTest(user=user.login):
                self.assertEqual(self.sees(complaint, user), set())

    def test_whoever_is_named_later_sees_nothing_any_more(self):
        for user in self.roles():
            complaint = self.make_complaint(team_id=self.complaints.id)
            if user.has_group("edu_crm_addon.group_edu_agent"):
                complaint.user_id = user
                self.furnish(complaint)
                self.assertIn("read", self.sees(complaint, user))
                complaint.with_user(user).message_post(body="Mine")
            else:
                self.furnish(complaint)
            complaint.accused_partner_ids = [Command.link(user.partner_id.id)]
            with self.subTest(user=user.login):
                self.assertEqual(self.sees(complaint, user), set())
                self.assertNotEqual(complaint.user_id, user)
                self.assertNotEqual(self.activity.sudo().user_id, user)
                self.assertNotEqual(self.event.sudo().user_id, user)
                self.assertNotIn(user.partner_id, complaint.message_partner_ids)

    def test_whoever_is_cleared_sees_it_again(self):
        complaint = self.make_case(about=[self.manager])
        self.assertFalse(self.sees(complaint, self.manager))
        complaint.accused_partner_ids = [Command.clear()]
        self.assertIn("read", self.sees(complaint, self.manager))

    def test_a_colleague_of_whom_it_is_about_sees_it(self):
        complaint = self.make_case(about=[self.handler])
        self.assertEqual(complaint.user_id, self.leader)
        self.assertIn("write", self.sees(complaint, self.leader))
