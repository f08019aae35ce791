from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


class TestScoreCompanies(EduCase):
    """Two schools may have one customer; each has its own scores of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_company()
        cls.customer = cls.make_customer()
        cls.survey = cls.make_questionnaire()

    def say(self, company, survey=None, **ticks):
        campaign = self.make_campaign(
            survey or self.survey, company_id=company.id, user_id=False
        )
        answer = self.begin(self.make_wave(campaign), partner=self.customer)
        return self.scores_of(self.answer(answer, ticks))

    def test_a_score_is_of_the_school_that_asked(self):
        ours, theirs = (
            self.say(self.env.company, service=4),
            self.say(self.other, service=2),
        )
        self.assertEqual(
            (ours.company_id, theirs.company_id),
            (
                self.env.company,
                self.other,
            ),
        )
        for company, own in ((self.env.company, ours), (self.other, theirs)):
            manager = self.make_user("manager", company=company)
            rows = self.env["edu.satisfaction.score"].with_user(manager)
            self.assertEqual(rows.search([("id", "in", (ours | theirs).ids)]), own)

    def test_what_one_school_was_expected_to_be_is_not_the_other_s(self):
        expectations = self.make_questionnaire(rule.SERVICE, measure=rule.EXPECTATION)
        self.say(self.other, expectations, service=5)
        self.assertFalse(self.say(self.env.company, service=4).has_expectation)
        self.assertTrue(self.say(self.other, service=4).has_expectation)

    def test_the_index_is_of_the_school_one_works_in(self):
        self.say(self.env.company, service=5)
        self.say(self.other, price=1)
        customer = self.customer
        self.assertEqual(customer.edu_satisfaction_index, 100)
        self.assertEqual(customer.with_company(self.other).edu_satisfaction_index, 0)

    def test_an_answer_without_wave_is_of_the_school_of_its_customer(self):
        self.customer.company_id = self.other
        answer = self.env["survey.user_input"].create(
            {"survey_id": self.survey.id, "partner_id": self.customer.id}
        )
        score = self.scores_of(self.answer(answer, {rule.SERVICE: 4}))
        self.assertEqual(
            (score.company_id, score.partner_id),
            (
                self.other,
                self.customer,
            ),
        )
        self.assertEqual((score.method, score.role), ("online_survey", "customer"))
