from freezegun import freeze_time

from odoo.fields import Date

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .low_scores import LowScoreCase

FRIDAY = "2026-03-06 02:00:00"
MONDAY = Date.to_date("2026-03-09")


class TestFollowUp(LowScoreCase):
    def test_a_low_score_is_followed_up(self):
        customer = self.make_customer(user_id=self.adviser.id)
        scores = {rule.SERVICE: 25, rule.PRICE: 40, rule.OVERALL: 75}
        follow_up = self.follow(customer, **scores)
        self.assertEqual(follow_up.partner_id, customer)
        self.assertEqual(follow_up.score, 25)
        self.assertEqual(follow_up.low_score, 40)
        self.assertEqual(
            follow_up.dimension_text, "Service satisfaction, Price satisfaction"
        )
        self.assertEqual(follow_up.wave_id, self.wave)
        self.assertEqual(follow_up.state, "open")

    def test_what_is_low_is_told_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        dimension = self.env.ref(
            "edu_crm_addon.selection__edu_satisfaction_score__dimension__service"
        )
        dimension.with_context(lang="fr_FR").name = "Accueil"
        follow_up = self.follow(**{rule.SERVICE: 25})
        self.assertEqual(follow_up.dimension_text, "Service satisfaction")
        self.assertEqual(follow_up.with_context(lang="fr_FR").dimension_text, "Accueil")

    def test_a_score_above_the_threshold_is_not(self):
        self.assertFalse(self.follow(**{rule.SERVICE: 41}))

    def test_an_answer_is_followed_up_once(self):
        scores = self.make_scores()
        follow_up = self.follow_ups._follow(scores)
        self.assertFalse(self.follow_ups._follow(scores))
        self.assertEqual(
            self.follow_ups.search([("input_id", "=", scores.input_id.id)]), follow_up
        )

    def test_a_new_answer_is_followed_up_anew(self):
        customer = self.make_customer()
        self.follow(customer)
        self.assertTrue(self.follow(customer))

    def test_nobody_knows_whom_to_call_after_an_anonymous_answer(self):
        campaign = self.make_campaign(is_anonymous=True)
        score = self.env["edu.satisfaction.score"].create(
            {
                "date": campaign.date_from,
                "company_id": campaign.company_id.id,
                "source": "survey",
                "dimension": rule.SERVICE,
                "has_experience": True,
                "experience": 0,
                "is_anonymous": True,
                "campaign_id": campaign.id,
                "wave_id": self.make_wave(campaign).id,
            }
        )
        self.assertFalse(self.follow_ups._follow(score))

    def test_a_campaign_may_do_without(self):
        self.campaign.follow_up = False
        self.assertFalse(self.follow())

    def test_an_expectation_alone_is_no_low_score(self):
        scores = self.make_scores(has_experience=False, **{rule.SERVICE: 0})
        self.assertFalse(self.follow_ups._follow(scores))

    # ------------------------------------------------------------------ the call
    @freeze_time(FRIDAY)
    def test_a_call_is_due_on_the_next_working_day(self):
        customer = self.make_customer(user_id=self.adviser.id)
        wave = self.make_wave(self.campaign)
        follow_up = self.follow(customer, wave=wave)
        self.assertEqual(follow_up.date_due, MONDAY)
        call = follow_up.activity_ids
        self.assertEqual(call.activity_type_id.category, "phonecall")
        self.assertEqual(call.user_id, self.adviser)
        self.assertEqual(call.date_deadline, MONDAY)
        self.assertIn("Service satisfaction", call.summary)

    @freeze_time(FRIDAY)
    def test_a_holiday_is_no_working_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.env.company.resource_calendar_id.id,
                "date_from": "2026-03-08 00:00:00",
                "date_to": "2026-03-09 23:59:59",
            }
        )
        follow_up = self.follow(wave=self.make_wave(self.campaign))
        self.assertEqual(follow_up.date_due, Date.to_date("2026-03-10"))

    def test_who_runs_the_campaign_calls_customers_without_adviser(self):
        self.campaign.user_id = self.make_user("leader")
        follow_up = self.follow(self.make_customer())
        self.assertEqual(follow_up.user_id, self.campaign.user_id)

    def test_who_left_the_school_is_not_asked_to_call(self):
        customer = self.make_customer(user_id=self.adviser.id)
        self.campaign.user_id = self.make_user("leader")
        self.adviser.active = False
        follow_up = self.follow(customer)
        self.assertEqual(follow_up.user_id, self.campaign.user_id)

    def test_the_call_goes_with_the_responsible_and_the_date(self):
        follow_up = self.follow()
        colleague = self.make_user("agent")
        tomorrow = Date.add(follow_up.date_due, days=3)
        follow_up.write({"user_id": colleague.id, "date_due": tomorrow})
        self.assertEqual(follow_up.activity_ids.user_id, colleague)
        self.assertEqual(follow_up.activity_ids.date_deadline, tomorrow)

    def test_a_follow_up_is_overdue_after_its_day(self):
        follow_up = self.follow()
        self.assertFalse(follow_up.is_overdue)
        follow_up.date_due = self.days_ago(1)
        self.assertTrue(follow_up.is_overdue)
        overdue = self.follow_ups.search([("is_overdue", "=", True)])
        self.assertIn(follow_up, overdue)

    def test_the_words_of_the_customer_are_the_leaders(self):
        follow_up = self.follow(words="Nobody answers the telephone")
        self.assertEqual(follow_up.words, "Nobody answers the telephone")
        follow_up.user_id = self.adviser
        self.assertRefused(follow_up.with_user(self.adviser).read, ["words"])

    # ------------------------------------------------------------------ figures
    def test_a_low_answer_among_many_costs_what_its_activity_does(self):
        def many(number):
            rows = self.env["edu.satisfaction.score"]
            for _ in range(number):
                rows |= self.make_scores()
            return rows

        few, lots = many(2), many(12)
        per_answer = (
            self.queries(self.follow_ups._follow, lots)
            - self.queries(self.follow_ups._follow, few)
        ) / 10
        # Answers come one by one; what is left is the chatter of the host.
        self.assertLessEqual(per_answer, 2)
