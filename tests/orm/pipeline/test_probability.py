"""The host's win probability may use the intent and the three questions."""

from odoo.tests import tagged

from ..common import EduCase

CHOSEN = "edu_intent,edu_man_money,edu_man_authority,edu_man_need"
START = "2000-01-01"


@tagged("post_install", "-at_install")
class TestProbability(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls.env["res.partner"]
        cls.clerk = cls.make_user("salesperson")
        parameters = cls.env["ir.config_parameter"].sudo()
        cls.fields_before = parameters.get_param("crm.pls_fields")
        cls.addClassCleanup(cls.registry.reset_changes)

    def learn(self):
        """Choose our variables and learn from ten won and ten lost leads."""
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm.pls_fields", CHOSEN)
        parameters.set_param("crm.pls_start_date", START)
        for _ in range(10):
            won = self.make_lead(self.nobody, user_id=self.clerk.id, **self.high)
            won.action_set_won()
            lost = self.make_lead(self.nobody, user_id=self.clerk.id, **self.low)
            lost.action_set_lost()
        self.env["crm.lead"]._cron_update_automated_probabilities()

    high = {
        "edu_man_money": "yes",
        "edu_man_authority": "decide",
        "edu_man_need": "yes",
    }
    low = {"edu_man_money": "no", "edu_man_authority": "none", "edu_man_need": "no"}

    def tearDown(self):
        # The registry knows by the parameter what the probability depends on.
        self.env["ir.config_parameter"].sudo().set_param(
            "crm.pls_fields", self.fields_before
        )
        super().tearDown()

    def test_they_are_offered_and_not_switched_on(self):
        offered = self.env["crm.lead.scoring.frequency.field"].search([])
        names = offered.mapped("field_id.name")
        self.assertLessEqual(set(CHOSEN.split(",")), set(names))
        self.assertFalse(set(CHOSEN.split(",")) & set(self.fields_before.split(",")))

    def test_a_screened_lead_has_the_chance_of_its_like(self):
        self.learn()
        hopeful = self.make_lead(self.nobody, user_id=self.clerk.id, **self.high)
        hopeless = self.make_lead(self.nobody, user_id=self.clerk.id, **self.low)
        self.assertGreater(hopeful.automated_probability, 80)
        self.assertLess(hopeless.automated_probability, 20)
        hopeless.write(self.high)
        self.assertEqual(hopeless.automated_probability, hopeful.automated_probability)

    def test_the_settings_show_them(self):
        self.learn()
        settings = self.env["res.config.settings"].create({})
        chosen = settings.predictive_lead_scoring_fields.mapped("field_id.name")
        self.assertEqual(set(chosen), set(CHOSEN.split(",")))

    def test_a_salesperson_without_role_moves_leads_and_sees_none_of_it(self):
        self.learn()
        lead = self.make_lead(self.nobody, user_id=self.clerk.id, **self.high)
        mine = lead.with_user(self.clerk)
        mine.stage_id = self.env["crm.stage"].create({"name": "Talks"})
        mine.action_set_won()
        other = self.make_lead(self.nobody, user_id=self.clerk.id, **self.high)
        shown = other.with_user(self.clerk).prepare_pls_tooltip_data()
        names = {
            row["field"] for key in ("top_3_data", "low_3_data") for row in shown[key]
        }
        self.assertFalse(names & set(CHOSEN.split(",")))
        seen = other.prepare_pls_tooltip_data()
        names = {row["field"] for row in seen["top_3_data"]}
        self.assertTrue(names & set(CHOSEN.split(",")))
