from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .results import ResultCase


class TestResultsAccess(ResultCase, EduCase):
    """Figures are of those whom the user may see, and name nobody to an agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent, cls.other = cls.make_user("agent"), cls.make_user("agent")
        cls.wave = cls.make_wave()
        for user, score in ((cls.agent, 80), (cls.other, 20), (None, 50)):
            customer = cls.make_customer(user_id=user.id if user else False)
            cls.invite(cls.wave, customer, state="done")
            cls.add_answers(
                cls.wave, {rule.OVERALL: score}, user_id=user.id if user else False
            )

    def test_an_agent_sees_figures_of_own_customers_and_nobody_s(self):
        score = self.result_of(self.wave, rule.OVERALL, self.agent)["score"]
        self.assertEqual((score.n, score.value), (2, 65))
        funnel = self.wave.with_user(self.agent)._results()["funnel"]
        self.assertEqual(funnel.audience, 2)

    def test_a_manager_sees_figures_of_all(self):
        manager = self.make_user("manager")
        score = self.result_of(self.wave, rule.OVERALL, manager)["score"]
        self.assertEqual((score.n, score.value), (3, 50))

    def test_every_role_opens_the_page(self):
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            self.env.flush_all()
            report = self.env["ir.actions.report"].with_user(user)
            html, _kind = report._render_qweb_html(
                "edu_crm_addon.edu_survey_results_report", self.wave.ids
            )
            self.assertIn("Who answered", html.decode(), role)
            self.assertNotIn("Customer 1", html.decode(), role)

    def test_another_company_sees_nothing(self):
        company = self.make_company()
        stranger = self.make_user("manager", company=company)
        self.assertRefused(self.wave.with_user(stranger)._results)
        self.assertRefused(self.wave.campaign_id.with_user(stranger)._summary)

    def test_who_has_no_role_sees_nothing(self):
        for role in ("employee", "salesperson", "portal"):
            user = self.make_user(role)
            self.assertRefused(self.wave.with_user(user)._results)
