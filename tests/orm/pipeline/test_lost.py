"""A lost lead of an education team keeps its reason (LEAD-24)."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestLost(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.price = cls.env.ref(f"{MODULE}.crm_lost_reason_price")
        cls.lead = cls.make_prospect()
        cls.sales = cls.env["crm.team"].create({"name": "Corporate sales"})
        cls.other = cls.make_lead(cls.env["res.partner"], team_id=cls.sales.id)

    def wizard(self, leads):
        wizard = self.env["crm.lead.lost"].with_context(default_lead_ids=leads.ids)
        return Form(wizard)

    def test_the_wizard_asks_for_a_reason_of_the_education_list(self):
        form = self.wizard(self.lead)
        self.assertTrue(form.edu_is_education)
        with self.assertRaises(AssertionError):
            form.save()
        form.lost_reason_id = self.price
        form.save().action_lost_reason_apply()
        self.assertEqual(self.lead.won_status, "lost")
        self.assertEqual(self.lead.lost_reason_id, self.price)

    def test_the_wizard_of_other_teams_is_as_before(self):
        form = self.wizard(self.other)
        self.assertFalse(form.edu_is_education)
        form.save().action_lost_reason_apply()
        self.assertEqual(self.other.won_status, "lost")
        self.assertFalse(self.other.lost_reason_id)

    def test_our_reasons_are_apart_from_those_of_the_host(self):
        reasons = self.env["crm.lost.reason"].search([("edu_is_education", "=", True)])
        self.assertGreaterEqual(len(reasons), 7)
        self.assertNotIn(self.env.ref("crm.lost_reason_1"), reasons)

    def test_no_way_around_the_reason(self):
        for name, lose in {
            "button": lambda lead: lead.action_set_lost(),
            "archive": lambda lead: lead.action_archive(),
            "write": lambda lead: lead.write({"active": False}),
            "probability": lambda lead: lead.write({"active": False, "probability": 0}),
        }.items():
            with self.subTest(way=name), self.assertRaises(ValidationError):
                lose(self.lead)
                self.env.flush_all()

    def test_the_reason_of_a_lost_lead_stays(self):
        self.lead.action_set_lost(lost_reason_id=self.price.id)
        with self.assertRaises(ValidationError):
            self.lead.lost_reason_id = False

    def test_a_restored_lead_may_be_lost_again_for_another_reason(self):
        self.lead.action_set_lost(lost_reason_id=self.price.id)
        self.lead.action_restore()
        self.assertFalse(self.lead.lost_reason_id)
        with self.assertRaises(ValidationError):
            self.lead.action_set_lost()

    def test_a_won_lead_is_archived_without_reason(self):
        self.lead.edu_has_wish = True
        self.lead.action_set_won()
        self.lead.action_archive()
        self.assertFalse(self.lead.active)

    def test_other_teams_archive_as_before(self):
        self.other.action_archive()
        self.assertFalse(self.other.active)
