"""The screens of the pipeline: what they list, and where new leads go."""

from ast import literal_eval

from odoo import Command
from odoo.fields import Date
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase

ACTIONS = ("education", "prospects", "forecast_education")


@tagged("post_install", "-at_install")
class TestScreens(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.ours = cls.make_prospect(user_id=cls.agent.id)
        cls.other = cls.make_lead(cls.env["res.partner"], user_id=cls.agent.id)

    def action(self, name):
        return self.env.ref(f"{MODULE}.crm_lead_action_{name}")

    def model_of(self, action):
        leads = self.env["crm.lead"].with_user(self.agent)
        return leads.with_context(**literal_eval(action.context))

    def test_each_screen_lists_the_leads_of_education_teams_only(self):
        """PIPE-01."""
        for name in ACTIONS:
            action = self.action(name)
            found = self.model_of(action).search(literal_eval(action.domain))
            with self.subTest(action=name):
                self.assertIn(self.ours, found)
                self.assertNotIn(self.other, found)

    def test_a_lead_typed_in_there_belongs_there(self):
        """LEAD-02."""
        for name in ACTIONS:
            form = Form(self.model_of(self.action(name)))
            form.name = "Walk-in"
            with self.subTest(action=name):
                self.assertTrue(form.save().team_id.edu_is_education)

    def test_expected_revenue_is_forecast_by_month(self):
        """PIPE-32."""
        action = self.action("forecast_education")
        today = Date.context_today(self.env.user)
        deadline = Date.add(Date.start_of(today, "month"), months=1)
        self.ours.write({"date_deadline": deadline, "expected_revenue": 1000})
        self.ours.probability = 50
        leads = self.model_of(action).with_context(read_group_expand=True)
        groups = leads.web_read_group(
            literal_eval(action.domain),
            ["date_deadline:month"],
            ["prorated_revenue:sum"],
        )["groups"]
        month = Date.to_string(deadline)
        sums = {
            group["date_deadline:month"][0]: group["prorated_revenue:sum"]
            for group in groups
            if group["date_deadline:month"]
        }
        self.assertEqual(sums[month], 500)

    def test_the_form_of_an_education_lead_offers_only_its_stages(self):
        arch = self.env["crm.lead"].with_user(self.agent).get_view(False, "form")
        self.assertIn("if edu_is_education else", arch["arch"])
        self.assertTrue(self.ours.with_user(self.agent).edu_is_education)

    def test_a_customized_course_is_sold_from_the_opportunity(self):
        """PIPE-25."""
        action = self.ours.with_user(self.agent).action_new_quotation()
        self.ours.partner_id = self.make_customer()
        orders = self.env["sale.order"].with_user(self.agent)
        order = orders.with_context(**action["context"]).create(
            {
                "partner_id": self.ours.partner_id.id,
                "opportunity_id": self.ours.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.make_product().id,
                            "name": "Robots, made for Li Lei: Saturdays at home",
                            "price_unit": 321,
                        }
                    )
                ],
            }
        )
        self.assertEqual(order.opportunity_id, self.ours)
        self.assertEqual(order.amount_untaxed, 321)
        self.assertIn("made for Li Lei", order.order_line.name)

    def test_a_manager_configures_stages_teams_sources_reasons_and_costs(self):
        manager = self.make_user("manager")
        menus = self.env["ir.ui.menu"].with_user(manager).load_menus(False)
        for name in (
            "crm_stage_menu",
            "crm_team_menu",
            "utm_source_menu",
            "crm_lost_reason_menu",
            "edu_acquisition_cost_menu",
        ):
            with self.subTest(menu=name):
                self.assertIn(self.env.ref(f"{MODULE}.{name}").id, menus)
