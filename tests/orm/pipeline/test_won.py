"""Higher areas hear once of each lead that is won."""

from unittest.mock import patch

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestWon(EduCase):
    def setUp(self):
        super().setUp()
        self.heard = self.env["crm.lead"]

        def hear(leads):
            self.heard += leads

        leads = self.env.registry["crm.lead"]
        self.startPatcher(patch.object(leads, "_after_won", hear))

    def test_a_lead_that_enters_the_won_stage(self):
        lead = self.make_prospect(edu_has_wish=True)
        lead.stage_id = self.step("enrolled")
        self.assertEqual(self.heard, lead)

    def test_the_button_on_leads_of_several_teams(self):
        leads = self.make_prospect(edu_has_wish=True)
        leads += self.make_prospect(edu_has_wish=True, team_id=self.team("career").id)
        leads += self.make_lead(self.env["res.partner"])
        leads.action_set_won()
        self.assertEqual(len(self.heard), 3)
        self.assertEqual(set(self.heard.ids), set(leads.ids))

    def test_a_lead_imported_as_won(self):
        lead = self.make_prospect(edu_has_wish=True, stage_id=self.step("enrolled").id)
        self.assertEqual(self.heard, lead)

    def test_nothing_new_about_a_won_lead_is_told_again(self):
        lead = self.make_prospect(edu_has_wish=True)
        lead.action_set_won()
        lead.write({"expected_revenue": 5, "probability": 100})
        lead.stage_id = self.step("enrolled")
        self.assertEqual(self.heard, lead)

    def test_a_lost_lead_is_none(self):
        reason = self.env.ref("edu_crm_addon.crm_lost_reason_price")
        self.make_prospect().action_set_lost(lost_reason_id=reason.id)
        self.assertFalse(self.heard)
