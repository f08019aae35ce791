from random import Random

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase

REPORT = "edu_crm_addon.edu_survey_results_report"
# So much each content has to do with the overall score.
TRUTH = {rule.TEACHING: 0.6, rule.PRODUCT: 0.3, rule.SERVICE: 0.15, rule.PRICE: 0.05}


def answers(number, seed=5):
    """Return answers to all questions, in which teaching moves the overall score."""
    random = Random(seed)

    def scale(value):
        return 25.0 * (max(1, min(5, round(value))) - 1)

    for _answer in range(number):
        drawn = {code: random.gauss(0, 1.1) for code in TRUTH}
        total = sum(2 * TRUTH[code] * value for code, value in drawn.items())
        answer = {code: scale(3.4 + value) for code, value in drawn.items()}
        answer[rule.OVERALL] = scale(3.4 + total + random.gauss(0, 0.5))
        answer[rule.RECOMMENDATION] = min(100.0, 10.0 * round(7 + total))
        yield answer


class TestResultsPage(ResultCase, EduCase):
    """The page has what the results have, on the screen and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.make_campaign()
        teacher = cls.env["res.partner"].create({"name": "Teacher Wu"})
        before = cls.make_wave(
            cls.campaign, date_start="2026-03-01", date_end="2026-03-15", period="1"
        )
        cls.add_answers(before, *answers(60, seed=1))
        cls.wave = cls.make_wave(
            cls.campaign, date_start="2026-09-01", date_end="2026-09-15", period="2"
        )
        cls.invite(cls.wave, cls.make_customer(), state="done")
        cls.invite(cls.wave, cls.make_customer(), cls.make_customer())
        cls.add_answers(
            cls.wave,
            *answers(130),
            teacher_id=teacher.id,
            has_expectation=True,
            expectation=70,
            gap=-5,
        )

    def _page(self, wave=None, lang="en_US"):
        self.env.flush_all()
        report = self.env["ir.actions.report"].with_context(lang=lang)
        html, _kind = report._render_qweb_html(REPORT, (wave or self.wave).ids)
        return html.decode()

    def test_everything_is_on_the_page(self):
        page = self._page()
        for words in (
            "Who answered",
            "Scores",
            "Distribution",
            "Experience and expectation",
            "Net promoter score",
            "Waves of this campaign",
            "Change not proven",
            "What moves satisfaction",
            "association, not cause",
            "What to improve first",
            "Teacher Wu",
            "95% interval",
        ):
            self.assertIn(words, page)
        self.assertGreater(page.count("<svg"), 15)

    def test_it_speaks_chinese(self):
        page = self._page(lang="zh_CN")
        for words in ("答复情况", "净推荐值", "变化未证实", "影响占比", "首先改进什么"):
            self.assertIn(words, page)
        self.assertNotIn("What moves", page)

    def test_teaching_comes_first(self):
        found = self.wave._results()["drivers"]
        self.assertEqual(found.drivers[0].name, rule.TEACHING)
        self.assertEqual(found.drivers[0].rank, 1)

    def test_few_answers_are_told_to_be_few(self):
        wave = self.make_wave()
        self.add_answers(wave, *answers(12))
        page = self._page(wave)
        self.assertIn("12 complete answers are too few", page)
        self.assertNotIn("What to improve first", page)

    def test_some_answers_tell_the_direction(self):
        wave = self.make_wave()
        self.add_answers(wave, *answers(70))
        page = self._page(wave)
        self.assertIn("only the direction is told", page)
        self.assertNotIn("What to improve first", page)

    def test_a_wave_nobody_answered_has_a_page(self):
        self.assertIn("no answers with a score yet", self._page(self.make_wave()))

    def test_the_page_is_printed(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest("wkhtmltopdf is not installed")
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf(REPORT, self.wave.ids)
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))

    def test_the_button_opens_it_on_the_screen(self):
        action = self.wave.action_open_results()
        self.assertEqual(action["report_type"], "qweb-html")
        self.assertEqual(self.wave.action_print_results()["report_type"], "qweb-pdf")
