from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import EduCase


class TestStaffRecognition(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader, cls.mate = cls.make_user("leader"), cls.make_user("agent")
        cls.stranger = cls.make_user("agent")
        members = (cls.leader | cls.mate).ids
        cls.team().member_ids = [Command.link(key) for key in members]

    def give(self, by, to, **values):
        vals = {"user_id": to.id, "means": "praise", "reason": "Patience", **values}
        return self.env["edu.staff.recognition"].with_user(by).create(vals)

    def test_a_leader_praises_a_colleague(self):
        given = self.give(self.leader, self.mate)
        self.assertEqual(given.given_by_id, self.leader)
        self.assertEqual(given.with_user(self.mate).reason, "Patience")

    def test_who_gave_it_is_not_forged(self):
        given = self.give(self.leader, self.mate, given_by_id=self.mate.id)
        self.assertEqual(given.given_by_id, self.leader)
        with self.assertRaises(UserError):
            given.given_by_id = self.mate

    def test_nobody_praises_oneself(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.give(self.leader, self.leader)

    def test_each_role_has_its_rights(self):
        roles = ("employee", "readonly", "agent", "leader", "manager")
        for role, expected in zip(roles, ("", "", "r", "rwc", "rwcd"), strict=True):
            with self.subTest(role=role):
                user = self.make_user(role)
                found = self.rights(user, "edu.staff.recognition")
                self.assertEqual(found, expected)

    def test_others_see_nothing_of_it(self):
        given = self.give(self.leader, self.mate)
        manager = self.make_user("manager")
        for user, seen in ((self.stranger, False), (manager, True)):
            with self.subTest(user=user.login):
                self.assertEqual(given.with_user(user).has_access("read"), seen)
        self.assertRefused(self.give, self.leader, self.stranger)
        other = self.make_user("manager", company=self.make_company())
        self.assertFalse(given.with_user(other).has_access("read"))
