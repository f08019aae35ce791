from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import MODULE
from .low_scores import LowScoreCase

CRON = f"{MODULE}.ir_cron_survey_follow_scores"


class TestLowAnswer(LowScoreCase):
    """From the link in the mail to the customer who is won back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            user_id=cls.adviser.id, email="lin@example.com"
        )

    def answer_wave(self, ticks):
        return self.answer(self.begin(self.wave, self.customer), ticks)

    def follow_up_of(self, answer):
        return self.follow_ups.search([("input_id", "=", answer.id)])

    def test_from_a_low_answer_to_a_customer_won_back(self):
        answer = self.answer_wave({rule.SERVICE: 1, rule.OVERALL: 4})
        follow_up = self.follow_up_of(answer)
        self.assertEqual(follow_up.user_id, self.adviser)
        self.assertEqual((follow_up.state, follow_up.score), ("open", 0))
        follow_up.result = "Called: a new time for the lesson"
        follow_up.with_user(self.adviser).action_done()
        follow_up.with_user(self.adviser).action_ask_again()
        self.run_cron(f"{MODULE}.ir_cron_satisfaction_surveys")
        self.assertEqual(follow_up.reask_id.state, "sent")
        again = follow_up.reask_id._begin_answer()
        self.answer_each(again, "5")
        self.assertEqual((follow_up.state, follow_up.new_score), ("recovered", 100))
        self.assertFalse(self.follow_up_of(again))

    def test_a_good_answer_makes_none_and_costs_nothing(self):
        answers = [self.begin(self.wave, self.make_customer()) for _ in range(2)]
        for answer in answers:
            self.answer(answer, {rule.SERVICE: 5})
        scores = self.scores_of(answers[1])
        scores.fetch(["dimension"])
        with self.count_queries() as result:
            answers[1]._after_scored(scores)
        self.assertEqual(result, [0])
        self.assertFalse(self.follow_up_of(answers[1]))

    def test_a_low_score_is_that_of_the_campaign_now(self):
        self.assertFalse(self.follow_up_of(self.answer_wave({rule.SERVICE: 4})))
        self.campaign.low_score = 75
        other = self.begin(self.wave, self.make_customer())
        self.assertTrue(self.follow_up_of(self.answer(other, {rule.SERVICE: 4})))

    @mute_logger("odoo.addons.edu_crm_addon.models.settings.edu_job_failure")
    def test_trouble_with_it_never_stops_who_answers(self):
        def fail(model, scores):
            raise ValueError("nobody home")

        model = type(self.follow_ups)
        with patch.object(model, "_follow", fail):
            answer = self.answer_wave({rule.SERVICE: 1})
        self.assertEqual(answer.state, "done")
        self.assertTrue(self.scores_of(answer))
        failure = self.env["edu.job.failure"].search(
            [("job", "=", "survey_follow_up"), ("res_id", "=", answer.id)]
        )
        self.assertEqual(failure.error, "nobody home")
        self.run_cron(CRON)
        self.assertTrue(self.follow_up_of(answer))
        self.assertFalse(failure.exists())

    def test_an_anonymous_low_answer_is_nobody_s(self):
        wave = self.make_wave(self.make_campaign(is_anonymous=True))
        answer = self.begin(wave, self.customer, edu_is_anonymous=True)
        before = self.follow_ups.search_count([])
        self.answer(answer, {rule.SERVICE: 1})
        self.assertEqual(self.follow_ups.search_count([]), before)
