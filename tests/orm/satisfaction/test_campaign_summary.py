from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase


class TestCampaignSummary(ResultCase, EduCase):
    """A campaign sums up its waves, and warns when few answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.make_campaign(purpose="To know more.")
        cls.wave = cls.make_wave(cls.campaign)
        customers = [cls.make_customer() for _number in range(4)]
        cls.invite(cls.wave, customers[0], state="done")
        cls.invite(cls.wave, *customers[1:])
        cls.add_answers(cls.wave, {rule.OVERALL: 70, rule.RECOMMENDATION: 100})

    def test_a_row_for_each_wave(self):
        self.make_wave(self.campaign, date_start=self.days_ago(30), period="1")
        rows = self.campaign._summary()
        self.assertEqual([row["funnel"].invited for row in rows], [0, 4])
        self.assertEqual(rows[1]["score"].value, 70)
        self.assertEqual(rows[1]["nps"].value, 100)

    def test_a_low_response_is_told_when_the_wave_is_closed(self):
        self.assertFalse(self.campaign.has_low_response)
        self.wave.state = "closed"
        self.env.invalidate_all()
        self.assertTrue(self.campaign.has_low_response)

    def test_the_summary_is_printed(self):
        self.campaign.conclusion = "Do better."
        self.wave.state = "closed"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "edu_crm_addon.edu_survey_summary_report", self.campaign.ids
        )
        for words in ("To know more.", "25%", "70.0", "Fewer than 30%", "Do better."):
            self.assertIn(words, html.decode())
        action = self.campaign.action_print_summary()
        self.assertEqual(action["report_type"], "qweb-pdf")
