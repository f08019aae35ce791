"""Each change of what a rule gives is a version; entries keep theirs."""

from odoo.exceptions import UserError

from ..common import EduCase


class TestRuleVersion(EduCase):
    def setUp(self):
        super().setUp()
        self.earning = self.make_points_rule("trial", 50)

    def test_a_change_of_what_it_gives_is_a_new_version(self):
        stage = self.stage("primary")
        for number, (name, value) in enumerate(
            {
                "points": 60,
                "hold": "days",
                "hold_days": 3,
                "expiry_months": 6,
                "member_limit": 100,
                "use_multiplier": True,
                "stage_ids": stage.ids,
                "date_to": "2030-01-01",
            }.items(),
            2,
        ):
            with self.subTest(name):
                self.earning.write({name: value})
                self.assertEqual(self.earning.version, number)

    def test_the_same_values_and_the_name_are_no_new_version(self):
        self.earning.write({"points": 50, "name": "Other", "sequence": 3})
        self.assertEqual(self.earning.version, 1)

    def test_nobody_types_a_version(self):
        manager = self.make_user("manager")
        mine = self.earning.with_user(manager)
        mine.write({"version": 9})
        self.assertEqual(mine.version, 1)
        self.assertEqual(self.make_points_rule("trial", 5, version=7).version, 1)
        mine.points = 55
        self.assertEqual(mine.copy().version, 1)

    def test_entries_keep_their_version(self):
        customer = self.make_customer()
        first = self.award("trial", self.claim(customer, "1"))
        self.earning.points = 70
        second = self.award("trial", self.claim(customer, "2"))
        self.assertEqual((first.rule_version, second.rule_version), (1, 2))
        self.assertEqual((first.points, second.points), (50, 70))

    def test_a_rule_that_gave_points_keeps_its_event_and_stays(self):
        self.award("trial", self.claim(self.make_customer()))
        with self.assertRaises(UserError):
            self.earning.event = "survey"
        with self.assertRaises(UserError):
            self.earning.unlink()
        self.earning.active = False

    def test_agents_and_leaders_do_not_change_rules(self):
        for role in ("readonly", "agent", "leader"):
            with self.subTest(role):
                user = self.make_user(role)
                self.assertEqual(self.rights(user, "edu.points.rule"), "r")
        manager = self.make_user("manager")
        self.assertEqual(self.rights(manager, "edu.points.rule"), "rwcd")

    def test_rules_of_another_school_are_not_seen(self):
        other = self.make_company()
        manager = self.make_user("manager", company=other)
        self.assertRefused(self.earning.with_user(manager).read, ["points"])
