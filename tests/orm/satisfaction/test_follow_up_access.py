from odoo.fields import Command
from odoo.tools import mute_logger

from ..public_methods import PublicMethodCalls
from .low_scores import LowScoreCase

MODELS = ("edu.satisfaction.follow.up", "edu.dissatisfied.report")


class TestFollowUpAccess(PublicMethodCalls, LowScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            name="Mrs. Secret", user_id=cls.adviser.id, email="secret@example.com"
        )
        cls.follow_up = cls.follow(cls.customer, words="Hidden words")
        cls.row = cls.env["edu.dissatisfied.report"].search(
            [("partner_id", "=", cls.customer.id)]
        )
        cls.stranger = cls.make_user("agent")
        cls.team("career").member_ids = [Command.link(cls.stranger.id)]

    def test_only_readers_and_more_read_the_figures(self):
        for role in ("readonly", "agent", "leader", "manager"):
            with self.subTest(role=role):
                user = self.make_user(role)
                self.assertEqual(self.rights(user, "edu.dissatisfied.report"), "r")
        for role in ("employee", "salesperson", "portal"):
            user = self.make_user(role)
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    self.assertEqual(self.rights(user, model), "")

    def test_who_only_reads_does_not_learn_who_is_dissatisfied(self):
        reader = self.make_user("readonly")
        follow_ups = self.follow_ups.with_user(reader)
        self.assertFalse(follow_ups.search([]))
        self.assertTrue(self.row.with_user(reader).has_access("read"))
        self.assertFalse(self.follow_ups.with_user(self.stranger).search([]))
        self.assertTrue(self.follow_ups.with_user(self.adviser).search([]))

    def test_an_agent_counts_own_customers_without_their_names(self):
        self.assertTrue(self.row.with_user(self.adviser).has_access("read"))
        self.assertFalse(self.row.with_user(self.stranger).has_access("read"))
        for name in ("partner_id", "learner_id", "follow_up_id"):
            with self.subTest(field=name):
                row = self.row.with_user(self.adviser)
                self.assertRefused(row.read, [name])
                self.assertRefused(row._read_group, [], [name], ["__count"])
                self.assertRefused(row.search, [(name, "!=", False)])

    def test_a_leader_sees_those_of_the_team(self):
        leader = self.make_user("leader")
        own_team = self.team()
        own_team.member_ids = [
            Command.link(leader.id),
            Command.link(self.adviser.id),
        ]
        self.env.flush_all()
        self.assertTrue(self.row.with_user(leader).has_access("read"))
        self.assertEqual(self.row.with_user(leader).partner_id, self.customer)
        other = self.make_user("leader")
        self.assertFalse(self.row.with_user(other).has_access("read"))

    def test_a_line_opens_the_follow_up_of_the_adviser(self):
        action = self.row.with_user(self.adviser).action_open_follow_up()
        self.assertEqual(action["res_id"], self.follow_up.id)
        stranger = self.row.with_user(self.stranger)
        self.assertRefused(stranger.action_open_follow_up)

    def test_nothing_of_another_company_is_seen(self):
        other = self.make_company()
        manager = self.make_user("manager", company=other)
        for record in (self.follow_up, self.row):
            with self.subTest(model=record._name):
                self.assertFalse(record.with_user(manager).has_access("read"))
                found = record.with_user(manager).search([])
                self.assertNotIn(record.id, found.ids)

    def test_a_score_of_another_company_is_judged_by_its_own_threshold(self):
        other = self.make_company()
        campaign = self.make_campaign(company_id=other.id, low_score=10)
        follow_up = self.follow(wave=self.make_wave(campaign))
        self.assertFalse(follow_up)

    def test_contacts_merged_keep_their_follow_ups(self):
        target = self.make_customer(email="secret@example.com")
        self.merge(self.customer, target)
        self.assertEqual(self.follow_up.partner_id, target)

    # ------------------------------------------------------------------ from outside
    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_no_public_method_tells_who_is_dissatisfied(self):
        users = (self.stranger, self.make_user("employee"), self.make_user("portal"))
        for record in (self.follow_up, self.row):
            names = list(self.methods(self.env[record._name]))
            self.assertGreater(len(names), 10)
            for user in users:
                for name in names:
                    text = self.call(name, record.with_user(user))
                    for word in ("Secret", "secret@", "Hidden words"):
                        with self.subTest(method=name, user=user.login):
                            self.assertNotIn(word, text)
        self.assertEqual(self.follow_up.exists().state, "open")
