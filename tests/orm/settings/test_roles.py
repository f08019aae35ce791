"""Four roles, each implying the one before."""

from odoo.tests import tagged

from ..common import MODULE, EduCase

ORDER = ["readonly", "agent", "leader", "manager"]


@tagged("post_install", "-at_install")
class TestRoles(EduCase):
    def role(self, name):
        return self.env.ref(f"{MODULE}.group_edu_{name}")

    def test_each_role_implies_those_before_it_and_none_after(self):
        for rank, name in enumerate(ORDER):
            implied = self.role(name).all_implied_ids
            for other_rank, other in enumerate(ORDER):
                with self.subTest(role=name, other=other):
                    self.assertEqual(self.role(other) in implied, other_rank <= rank)

    def test_roles_imply_the_roles_of_sales_of_the_same_weight(self):
        sales = {
            "readonly": None,
            "agent": "sales_team.group_sale_salesman",
            "leader": "sales_team.group_sale_salesman_all_leads",
            "manager": "sales_team.group_sale_manager",
        }
        for name, group in sales.items():
            with self.subTest(role=name):
                if group:
                    self.assertTrue(self.make_user(name).has_group(group))

    def test_who_only_reads_gets_no_role_of_sales(self):
        user = self.make_user("readonly")
        self.assertFalse(user.has_group("sales_team.group_sale_salesman"))
        self.assertFalse(user.has_group("base.group_partner_manager"))

    def test_roles_are_offered_as_one_choice_on_the_user(self):
        privilege = self.env.ref(f"{MODULE}.privilege_edu")
        roles = privilege.group_ids.sorted("sequence")
        self.assertEqual(
            roles, self.env["res.groups"].union(*(self.role(n) for n in ORDER))
        )
        self.assertEqual(privilege.name, "Education CRM")

    def test_the_administrator_is_a_manager(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group(f"{MODULE}.group_edu_manager"))

    def test_a_salesperson_has_no_role_of_education(self):
        user = self.make_user("salesperson")
        self.assertFalse(user.has_group(f"{MODULE}.group_edu_readonly"))
