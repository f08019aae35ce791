"""The main journey through the customer area, in a real browser."""

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCustomerTour(HttpCase):
    def test_family_is_entered_found_twice_merged_and_reported(self):
        new_test_user(
            self.env,
            "tour_manager",
            groups="edu_crm_addon.group_edu_manager",
            tz="Asia/Shanghai",
        )
        self.env.company.country_id = self.env.ref("base.cn")
        self.start_tour("/odoo", "edu_customer_tour", login="tour_manager")
        mother = self.env["res.partner"].search([("name", "like", "Tour Mother%")])
        self.assertEqual(len(mother), 1, "the double was merged")
        self.assertEqual(mother.edu_stage_ids.code, "primary")
        self.assertEqual(len(mother.edu_need_ids), 1)
        child = mother.edu_learner_link_ids.learner_id
        self.assertEqual(child.name, "Tour Child")
        self.assertTrue(child.ref, "the child became a customer with a number")
