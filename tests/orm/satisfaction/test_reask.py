from odoo.exceptions import UserError
from odoo.fields import Date

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import MODULE
from .low_scores import LowScoreCase

CRON = f"{MODULE}.ir_cron_survey_ask_again"


class TestReask(LowScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            user_id=cls.adviser.id, email="lin@example.com"
        )

    def make_old(self, days=7, **values):
        """Return a follow-up that was done so many days ago."""
        follow_up = self.make_done(values.pop("partner", self.customer))
        follow_up.sudo().date_done = self.days_ago(days)
        return follow_up

    def answer(self, follow_up, score):
        """Let the customer answer the second question."""
        invitation = follow_up.reask_id
        sheet = self.env["survey.user_input"].create(
            {
                "survey_id": invitation.wave_id.survey_id.id,
                "partner_id": follow_up.partner_id.id,
                "edu_wave_id": invitation.wave_id.id,
                "edu_invitation_id": invitation.id,
            }
        )
        scores = self.make_scores(
            follow_up.partner_id,
            wave=invitation.wave_id,
            sheet=sheet,
            is_reask=True,
            **{rule.OVERALL: score},
        )
        self.follow_ups._take_answers(scores)
        return scores

    # ------------------------------------------------------------------ asking
    def test_who_was_followed_up_is_asked_again_after_a_week(self):
        early, due = self.make_old(6), self.make_old(7)
        self.run_cron(CRON)
        self.assertEqual((early.state, due.state), ("done", "asked"))
        invitation = due.reask_id
        self.assertTrue(invitation.is_reask)
        self.assertEqual(invitation.partner_id, self.customer)
        self.assertEqual(invitation.state, "waiting")
        self.assertEqual(
            invitation.wave_id.survey_id,
            self.env.ref(f"{MODULE}.survey_survey_one_question"),
        )

    def test_the_job_run_twice_asks_once(self):
        follow_up = self.make_old()
        self.run_cron(CRON)
        self.run_cron(CRON)
        self.assertEqual(len(self.invitations_of(follow_up)), 1)

    def invitations_of(self, follow_up):
        return self.env["edu.survey.invitation"].search(
            [("event_key", "=like", f"{follow_up._name},{follow_up.id},%")]
        )

    def test_a_school_may_ask_by_hand_only(self):
        self.env.company.edu_reask_days = 0
        follow_up = self.make_old(100)
        self.run_cron(CRON)
        self.assertEqual(follow_up.state, "done")
        follow_up.with_user(self.adviser).action_ask_again()
        self.assertEqual(follow_up.state, "asked")

    def test_one_wave_a_month_asks_all(self):
        first, second = self.make_old(), self.make_old(partner=self.make_customer())
        self.run_cron(CRON)
        wave = first.reask_id.wave_id
        self.assertEqual(wave, second.reask_id.wave_id)
        self.assertTrue(wave.is_reask)
        self.assertEqual(wave.campaign_id, self.campaign)
        self.assertGreaterEqual(
            wave.date_end, Date.end_of(self.env.company._edu_today(), "month")
        )

    def test_a_wave_that_was_closed_early_does_not_swallow_the_question(self):
        first = self.make_old()
        self.run_cron(CRON)
        closed = first.reask_id.wave_id
        closed.action_close()
        second, third = self.make_old(), self.make_old()
        self.run_cron(CRON)
        self.assertEqual(second.reask_id.wave_id.state, "open")
        self.assertNotEqual(second.reask_id.wave_id, closed)
        self.assertEqual(second.reask_id.wave_id, third.reask_id.wave_id)

    def test_a_canceled_campaign_asks_nobody_again(self):
        follow_up = self.make_old()
        self.campaign.action_cancel()
        self.run_cron(CRON)
        self.assertEqual(follow_up.state, "done")
        self.assertFalse(follow_up.reask_id)
        with self.assertRaises(UserError):
            follow_up.action_ask_again()

    def test_who_wants_no_surveys_is_not_asked(self):
        self.customer.edu_no_surveys = True
        follow_up = self.make_old()
        self.run_cron(CRON)
        self.assertEqual(follow_up.state, "done")
        self.assertEqual(follow_up.reask_id.skip_reason, "opted_out")
        self.run_cron(CRON)
        self.assertEqual(len(self.invitations_of(follow_up)), 1)

    def test_who_has_no_address_may_be_asked_in_person(self):
        follow_up = self.make_old(partner=self.make_customer())
        self.run_cron(CRON)
        self.assertEqual(follow_up.reask_id.skip_reason, "no_address")
        self.answer(follow_up, 75)
        self.assertEqual(follow_up.state, "recovered")

    def test_what_is_not_done_is_not_asked_about(self):
        with self.assertRaises(UserError):
            self.follow(self.customer).action_ask_again()

    # ------------------------------------------------------------------ the new score
    def test_a_good_score_is_a_customer_won_back(self):
        follow_up = self.make_done(self.customer)
        follow_up.action_ask_again()
        self.answer(follow_up, 75)
        self.assertEqual(follow_up.state, "recovered")
        self.assertEqual(follow_up.new_score, 75)
        self.assertFalse(follow_up.activity_ids)

    def test_a_low_score_is_a_customer_still_dissatisfied(self):
        follow_up = self.make_done(self.customer)
        follow_up.action_ask_again()
        self.answer(follow_up, 25)
        self.assertEqual(follow_up.state, "not_recovered")
        self.assertTrue(follow_up.activity_ids)
        follow_up.action_reopen()
        follow_up.result = "Called again"
        follow_up.action_done()
        follow_up.action_ask_again()
        self.assertEqual(follow_up.reask_count, 2)
        self.answer(follow_up, 50)
        self.assertEqual(follow_up.state, "recovered")

    def test_the_second_answer_makes_no_follow_up_of_its_own(self):
        follow_up = self.make_done(self.customer)
        follow_up.action_ask_again()
        scores = self.answer(follow_up, 0)
        self.assertFalse(self.follow_ups._follow(scores))

    # ------------------------------------------------------------------ figures
    def test_it_counts_in_no_figure_of_the_campaign(self):
        answer = self.begin(self.wave, self.make_customer())
        super().answer(answer, {rule.OVERALL: 4})
        follow_up = self.make_done(self.customer)
        follow_up.action_ask_again()
        self.answer(follow_up, 25)
        follow_up.reask_id._set_done()
        self.env.invalidate_all()
        again = follow_up.reask_id.wave_id
        self.assertEqual((self.campaign.done_count, again.done_count), (1, 1))
        summary = [row["wave"] for row in self.campaign._summary()]
        self.assertEqual(summary, list(self.wave))
        self.assertEqual(self.wave._result_waves(), self.wave)
        self.assertEqual(again._result_waves(), again)
