"""The answers of a wave as a file, its results on the screen and on paper."""

from odoo.tests import HttpCase, tagged

from ...orm.common import EduCase

PASSWORD = "export-of-answers"


@tagged("post_install", "-at_install")
class TestExport(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.wave = self.make_wave(name="Autumn 2026")
        self.answer(self.begin(self.wave), {"overall": 4})
        self.env.flush_all()

    def fetch(self, role, url, **values):
        user = self.make_user(role, **values)
        user.password = PASSWORD
        self.authenticate(user.login, PASSWORD)
        return self.url_open(url)

    def export(self, role, **values):
        url = f"/edu/survey/wave/{self.wave.id}/answers.xlsx"
        return self.fetch(role, url, **values)

    def test_a_leader_gets_a_spreadsheet(self):
        response = self.export("leader")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content[:2], b"PK")
        self.assertIn("Autumn%202026.xlsx", response.headers["Content-Disposition"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def test_an_agent_gets_none(self):
        self.assertNotEqual(self.export("agent").status_code, 200)

    def test_another_company_does_not_know_the_wave(self):
        response = self.export("manager", company=self.make_company())
        self.assertEqual(response.status_code, 404)

    def test_an_agent_reads_the_results_on_the_screen(self):
        url = f"/report/html/edu_crm_addon.edu_survey_results/{self.wave.id}"
        response = self.fetch("agent", url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Autumn 2026", response.text)
        self.assertIn("Who answered", response.text)
