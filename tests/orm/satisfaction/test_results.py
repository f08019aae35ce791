from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase


class TestResults(ResultCase, EduCase):
    """What the page of results says, in figures made by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wave = cls.make_wave()

    def test_a_score_has_its_number_and_interval(self):
        customers = [self.make_customer() for _number in range(5)]
        self.invite(self.wave, *customers)
        self.add_answers(
            self.wave, *({rule.OVERALL: score} for score in (25, 50, 75, 100))
        )
        score = self.result_of(self.wave, rule.OVERALL)["score"]
        # The table of test_interval: four of five were heard.
        self.assertEqual((score.n, score.value), (4, 62.5))
        self.assertAlmostEqual(score.low, 36.82, places=2)

    def test_bands_are_counted(self):
        self.add_answers(
            self.wave, *({rule.PRICE: score} for score in (0, 10, 50, 100))
        )
        bands = self.result_of(self.wave, rule.PRICE)["bands"]
        self.assertEqual([band["count"] for band in bands], [2, 0, 1, 0, 1])
        self.assertEqual(bands[0]["share"].value, 0.5)

    def test_experience_stands_beside_expectation_and_gap(self):
        self.add_answers(
            self.wave,
            {rule.SERVICE: 50},
            {rule.SERVICE: 70},
            has_expectation=True,
            expectation=80,
            gap=-20,
        )
        row = self.result_of(self.wave, rule.SERVICE)
        self.assertEqual(row["score"].value, 60)
        self.assertEqual(row["expectation"].value, 80)
        self.assertAlmostEqual(row["gap"].value, -20)

    def test_what_was_not_expected_is_no_zero(self):
        self.add_answers(self.wave, {rule.SERVICE: 50}, {rule.SERVICE: 70})
        row = self.result_of(self.wave, rule.SERVICE)
        self.assertEqual((row["expectation"].n, row["gap"].n), (0, 0))

    def test_who_recommends_and_who_does_not(self):
        self.add_answers(
            self.wave,
            *({rule.RECOMMENDATION: score} for score in (100, 90, 90, 70, 60)),
        )
        found = self.wave._results()["recommendation"]
        self.assertAlmostEqual(found["score"].value, 40)
        self.assertEqual(found["parts"]["passives"].value, 0.2)

    def test_the_funnel_and_a_low_response(self):
        first, *others = (self.make_customer() for _number in range(4))
        self.invite(self.wave, first, state="done")
        self.invite(self.wave, *others[:2])
        self.invite(self.wave, others[2], state="skipped", skip_reason="capped")
        results = self.wave._results()
        funnel = results["funnel"]
        self.assertEqual(
            (funnel.audience, funnel.capped, funnel.invited, funnel.done), (4, 1, 3, 1)
        )
        self.assertAlmostEqual(results["response"].value, 1 / 3)
        self.assertFalse(results["is_low"])

    def test_nobody_answered(self):
        results = self.wave._results()
        self.assertEqual(results["hidden"], "no_answers")
        self.assertEqual(results["drivers"].reason, "missing")

    def test_figures_by_teacher_and_stage(self):
        stage = self.env.ref("edu_crm_addon.edu_stage_primary")
        teacher = self.env["res.partner"].create({"name": "Teacher Wu"})
        self.add_answers(
            self.wave, {rule.OVERALL: 40}, teacher_id=teacher.id, stage_id=stage.id
        )
        self.add_answers(self.wave, {rule.OVERALL: 80})
        tables = {table["code"]: table for table in self.wave._results()["tables"]}
        found = {
            row["label"]: row["values"][0].value for row in tables["teacher_id"]["rows"]
        }
        self.assertEqual(found, {"Teacher Wu": 40, "Not known": 80})
        self.assertIn(stage.name, [row["label"] for row in tables["stage_id"]["rows"]])
        self.assertNotIn("tier_id", tables)

    def test_groups_stand_as_in_their_list_and_the_unknown_last(self):
        names = ("vocational", "preschool", "primary")
        for name in names:
            stage = self.env.ref(f"edu_crm_addon.edu_stage_{name}")
            self.add_answers(self.wave, {rule.OVERALL: 40}, stage_id=stage.id)
        self.add_answers(self.wave, {rule.OVERALL: 80})
        tables = {table["code"]: table for table in self.wave._results()["tables"]}
        stages = (
            self.env["edu.stage"]
            .search([])
            .filtered(
                lambda s: s.get_external_id()[s.id].rpartition("stage_")[2] in names
            )
        )
        self.assertEqual(
            [row["label"] for row in tables["stage_id"]["rows"]],
            [*stages.mapped("name"), "Not known"],
        )

    def test_who_answered_counts_in_one_stage_and_tier_on_the_whole_page(self):
        stages = self.env.ref("edu_crm_addon.edu_stage_primary")
        tier = self.env.ref("edu_crm_addon.edu_customer_tier_main")
        guardian = self.make_customer(edu_tier_id=tier.id)
        child = self.make_learner(edu_stage_ids=stages.ids)
        both = stages | self.env.ref("edu_crm_addon.edu_stage_secondary")
        other = self.make_customer(edu_stage_ids=both.ids)
        wave = self.make_wave(self.make_campaign())
        invitations = self.invite(wave, guardian, other)
        invitations[0].learner_id = child
        for invitation in invitations:
            sheet = invitation._begin_answer()
            for question in sheet.survey_id.question_ids:
                sheet._save_lines(question, "4")
            sheet._mark_done()
        results = wave._results()
        tables = {table["code"]: table for table in results["tables"]}
        for part in results["segments"]:
            if part["code"] in ("stage_id", "tier_id"):
                table = tables[part["code"]]
                self.assertEqual(
                    {row["label"]: row["segment"].answered for row in part["rows"]},
                    {row["label"]: row["values"][0].n for row in table["rows"]},
                )


class TestTrend(ResultCase, EduCase):
    """Waves of one campaign beside each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.make_campaign()

    def _trend(self, *waves):
        for days, scores in waves:
            wave = self.make_wave(
                self.campaign, date_start=self.days_ago(days), period=str(days)
            )
            self.add_answers(wave, *({rule.OVERALL: score} for score in scores))
        return wave._results()["trend"]

    def test_a_small_change_is_not_proven(self):
        trend = self._trend((60, (40, 60, 80)), (1, (50, 70, 90)))
        row = trend["rows"][0]
        self.assertAlmostEqual(row["change"], 10)
        self.assertFalse(row["is_proven"])

    def test_a_large_change_is_proven(self):
        trend = self._trend((60, (10, 12, 11, 13)), (1, (80, 85, 84, 86)))
        self.assertTrue(trend["rows"][0]["is_proven"])

    def test_later_waves_are_not_shown(self):
        self._trend((60, (10, 20)), (30, (20, 30)), (1, (80, 85)))
        middle = self.campaign.wave_ids.filtered(lambda wave: wave.period == "30")
        trend = middle._results()["trend"]
        self.assertEqual([wave.period for wave in trend["waves"]], ["60", "30"])

    def test_second_questions_are_no_part_of_it(self):
        again = self.make_wave(
            self.campaign, date_start=self.days_ago(5), period="again", is_reask=True
        )
        self.add_answers(again, {rule.OVERALL: 5})
        trend = self._trend((60, (40, 60, 80)), (1, (50, 70, 90)))
        self.assertEqual([wave.period for wave in trend["waves"]], ["60", "1"])
        self.assertNotIn(again, [row["wave"] for row in self.campaign._summary()])

    def test_one_wave_is_no_trend(self):
        self.assertIsNone(self._trend((1, (50,))))
