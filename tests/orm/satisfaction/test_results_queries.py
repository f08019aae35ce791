from odoo.tools import SQL

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase
from .test_results_page import answers

MOST_QUERIES = 10


class TestResultsQueries(ResultCase, EduCase):
    """The results take the same few queries, however many answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.make_campaign()
        for number in (1, 2):
            day = f"2026-0{number}-01"
            wave = cls.make_wave(cls.campaign, date_start=day, date_end=day, period=day)
            cls.invite(wave, cls.make_customer(), cls.make_customer(), state="done")
            cls.add_answers(
                wave,
                *answers(60),
                stage_id=cls.env.ref("edu_crm_addon.edu_stage_primary").id,
                tier_id=cls.env["edu.customer.tier"].search([], limit=1).id,
                teacher_id=cls.env["res.partner"].create({"name": "Wu"}).id,
            )
        cls.wave = wave

    def _copy(self, times):
        """Let there be ``times`` as many answers of the last wave."""
        self.env.flush_all()
        columns = SQL(
            "date, company_id, source, dimension, has_experience, experience, band,"
            " method, wave_id, campaign_id, stage_id, tier_id, teacher_id"
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO edu_satisfaction_score (%(columns)s)"
                " SELECT %(columns)s FROM edu_satisfaction_score,"
                " generate_series(1, %(times)s) WHERE wave_id = %(wave)s",
                columns=columns,
                times=times,
                wave=self.wave.id,
            )
        )

    def test_ten_queries_at_most(self):
        self.wave._results()
        few = self.queries(self.wave._results)
        self._copy(20)
        many = self.queries(self.wave._results)
        self.assertEqual(few, many)
        self.assertLessEqual(many, MOST_QUERIES)
        self.assertEqual(self.result_of(self.wave, rule.OVERALL)["score"].n, 1260)

    def test_ten_queries_for_every_role(self):
        for role in ("agent", "leader", "manager"):
            wave = self.wave.with_user(self.make_user(role))
            wave._results()
            self.add_answers(self.wave, *answers(20))
            self.assertLessEqual(self.queries(wave._results), MOST_QUERIES, role)
