"""Users are made and copied as without the addon: a user is a contact too."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestUsers(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.make_user("employee")
        cls.admin.group_ids = [
            Command.link(cls.env.ref("base.group_erp_manager").id),
            Command.link(cls.env.ref("base.group_partner_manager").id),
        ]

    def test_an_administrator_without_role_creates_a_user(self):
        users = self.env["res.users"].with_user(self.admin)
        user = users.create({"name": "New", "login": "new@staff.example"})
        self.assertEqual(user.sudo().edu_relationship, "non_customer")
        self.assertFalse(user.ref)

    def test_a_manager_creates_a_user(self):
        manager = self.make_user("manager")
        manager.group_ids = [Command.link(self.env.ref("base.group_erp_manager").id)]
        users = self.env["res.users"].with_user(manager)
        self.assertTrue(users.create({"name": "New", "login": "n@staff.example"}))

    def test_a_copied_user_is_no_second_bearer_of_a_customer_number(self):
        user = self.make_user("portal")
        user.partner_id.edu_stage_ids = self.stage("primary")
        self.assertTrue(user.ref)
        copy = user.with_user(self.admin).copy()
        self.assertNotEqual(copy.ref, user.ref)
        self.assertFalse(copy.sudo().edu_stage_ids, "the copier has no education role")

    def test_a_typed_relationship_is_refused(self):
        contacts = self.env["res.partner"].with_user(self.make_user("manager"))
        with self.assertRaises(AccessError):
            contacts.create({"name": "VIP at once", "edu_relationship": "repeat"})
