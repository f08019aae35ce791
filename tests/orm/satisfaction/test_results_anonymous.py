from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase


class TestAnonymousResults(ResultCase, EduCase):
    """An anonymous wave shows figures when it is closed, and none of a few."""

    def _wave(self, *values, stages=(), campaign=None, **others):
        """Return a wave with an answer of each of these ratings, 1 to 5."""
        campaign = campaign or self.make_campaign(
            is_anonymous=True, anonymous_by="stage_id" if stages else False
        )
        wave = self.make_wave(campaign, **others)
        for number, value in enumerate(values):
            customer = self.make_customer()
            if stages:
                customer.edu_stage_ids = stages[number]
            sheet = self.begin(wave, customer, edu_is_anonymous=True)
            ticks = dict.fromkeys((rule.OVERALL, rule.PRICE), value)
            self.answer(sheet, {**ticks, rule.RECOMMENDATION: 2 * value})
        self.env.flush_all()
        return wave

    def test_nothing_is_shown_before_it_is_closed(self):
        wave = self._wave(*[3] * 6)
        results = wave._results()
        self.assertEqual(results["hidden"], "not_closed")
        self.assertFalse(results["dimensions"] or results["recommendation"])

    def test_figures_are_shown_when_it_is_closed(self):
        wave = self._wave(1, 2, 3, 4, 5, 5)
        wave.state = "closed"
        results = wave._results()
        self.assertIsNone(results["hidden"])
        row = self.result_of(wave, rule.OVERALL)
        self.assertEqual(row["score"].n, 6)
        self.assertAlmostEqual(row["score"].value, 100 * (0 + 1 + 2 + 3 + 4 + 4) / 24)
        self.assertEqual(row["score"].margin, 0, "everybody was heard")
        self.assertAlmostEqual(results["recommendation"]["score"].value, -100 / 6)

    def test_four_answers_are_too_few(self):
        wave = self._wave(1, 2, 3, 4)
        wave.state = "closed"
        self.assertEqual(wave._results()["hidden"], "too_few")

    def test_bands_of_a_few_are_hidden(self):
        wave = self._wave(*[2] * 6, *[5] * 2)
        wave.state = "closed"
        self.assertEqual(self.result_of(wave, rule.OVERALL)["bands"], [])

    def test_small_groups_are_hidden(self):
        primary, secondary, college = (
            self.env.ref(f"edu_crm_addon.edu_stage_{code}")
            for code in ("primary", "secondary", "higher")
        )
        stages = [primary] * 7 + [secondary] * 6 + [college] * 3
        wave = self._wave(*[2] * 8, *[4] * 8, stages=stages)
        wave.state = "closed"
        table = wave._results()["tables"][0]
        self.assertEqual([row["label"] for row in table["rows"]], [primary.name])

    def test_a_few_detractors_are_not_told(self):
        wave = self._wave(*[5] * 6, 1, 1)
        wave.state = "closed"
        found = wave._results()["recommendation"]
        self.assertAlmostEqual(found["score"].value, 50)
        self.assertFalse(found["parts"])

    def test_ten_queries_at_most(self):
        campaign = self.make_campaign(is_anonymous=True)
        for days in (90, 60, 30):
            wave = self._wave(
                *[3] * 6,
                campaign=campaign,
                date_start=self.days_ago(days),
                period=str(days),
            )
            wave.state = "closed"
        wave = wave.with_user(self.make_user("manager"))
        wave._results()
        # One more: so few answers show what people wrote.
        self.assertLessEqual(self.queries(wave._results), 11)

    def test_what_moves_satisfaction_is_told_of_many_sheets_only(self):
        wave = self._wave(*[1, 2, 3, 4, 5, 5])
        wave.state = "closed"
        found = wave._results()["drivers"]
        self.assertEqual((found.n, found.reason), (0, "too_few"))

    def test_former_anonymous_waves_are_in_the_trend(self):
        campaign = self.make_campaign(is_anonymous=True)
        day = self.days_ago(90)
        old = self._wave(*[1] * 5, 2, campaign=campaign, date_start=day, period="1")
        new = self._wave(*[5] * 5, 4, campaign=campaign, period="2")
        old.state = new.state = "closed"
        rows = new._results()["trend"]["rows"]
        self.assertEqual(
            [row["code"] for row in rows], ["price", "overall", "recommendation"]
        )
        self.assertTrue(rows[1]["is_proven"])
        self.assertAlmostEqual(rows[2]["change"], 100 + 500 / 6)

    def test_the_page_says_why_there_is_nothing(self):
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            "edu_crm_addon.edu_survey_results_report", self._wave(3, 4).ids
        )
        self.assertIn("its figures appear when it is closed", html.decode())
