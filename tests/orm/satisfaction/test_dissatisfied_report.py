from datetime import timedelta

from odoo.addons.edu_crm_addon.logic import low_score
from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .low_scores import LowScoreCase


class TestDissatisfiedReport(LowScoreCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._edu_today()

    def rows(self, *scores):
        self.env.flush_all()
        customers = [row.partner_id.id for row in scores]
        return self.env["edu.dissatisfied.report"].search(
            [("partner_id", "in", customers)]
        )

    def low(self, days=100, partner=None, **scores):
        """Return a low score of so many days ago."""
        date = self.today - timedelta(days=days)
        scores = scores or {rule.SERVICE: 25}
        return self.make_scores(partner, date=date, **scores)[:1]

    def complain(self, score, days, **values):
        """Let the customer complain so many days after the answer."""
        day = score.date + timedelta(days=days)
        return self.make_complaint(
            values.pop("partner", score.partner_id),
            received_at=f"{day} 04:00:00",
            received_note="Told later",
            **values,
        )

    def share(self, name, *scores):
        rows = self.rows(*scores)
        spec = [f"{name}:avg"]
        return self.env["edu.dissatisfied.report"]._read_group(
            [("id", "in", rows.ids)], aggregates=spec
        )[0][0]

    # ------------------------------------------------------------------ silence
    def test_the_silent_share_is_of_those_who_could_have_complained(self):
        scores = [self.low() for _number in range(4)]
        self.complain(scores[0], 10)
        young = self.low(days=30)
        self.assertAlmostEqual(self.share("silent_share", *scores, young), 0.75)

    def test_it_stands_beside_the_share_of_the_documents(self):
        self.assertAlmostEqual(self.share("textbook_share", self.low()), 0.7)

    def test_sql_and_rule_agree_on_who_is_silent(self):
        for ago in (90, 91, 200):
            for after in (None, -91, -90, 0, 90, 91):
                score = self.low(days=ago)
                days = [] if after is None else [score.date + timedelta(days=after)]
                if days and days[0] <= self.today:
                    self.complain(score, after)
                expected = low_score.is_silent(
                    score.date, [day for day in days if day <= self.today], self.today
                )
                row = self.rows(score)
                found = bool(row.silent_count) if row.known_count else None
                with self.subTest(ago=ago, after=after):
                    self.assertIs(found, expected)

    def test_a_complaint_for_the_learner_breaks_the_silence(self):
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        score = self.low(partner=guardian, learner=learner, **{rule.SERVICE: 25})
        father = self.make_customer()
        self.complain(score, 5, partner=father, learner_id=learner.id)
        self.assertTrue(self.rows(score).has_complained)

    def test_a_suggestion_does_not(self):
        score = self.low()
        self.complain(score, 5, kind="suggestion")
        self.assertFalse(self.rows(score).has_complained)

    def test_a_complaint_that_the_school_made_of_it_does_not(self):
        self.campaign.follow_up = "complaint"
        score = self.low(days=0)
        self.follow_ups._follow(score)
        self.assertFalse(self.rows(score).has_complained)
        self.assertEqual(self.rows(score).follow_up_state, "open")

    # ------------------------------------------------------------------ the list
    def test_one_row_is_one_answer(self):
        scores = {rule.SERVICE: 25, rule.PRICE: 0, rule.OVERALL: 75}
        row = self.rows(self.low(**scores))
        self.assertEqual(len(row), 1)
        self.assertEqual(row.score, 0)

    def test_who_is_content_is_not_listed(self):
        self.assertFalse(self.rows(self.low(**{rule.SERVICE: 50})))

    def test_the_latest_low_answer_is_current(self):
        customer = self.make_customer()
        before, after = self.low(20, customer), self.low(10, customer)
        current = self.rows(before).filtered("is_current")
        self.assertEqual(current.date, after.date)

    def test_who_scored_better_since_is_not_dissatisfied_any_more(self):
        customer = self.make_customer()
        score = self.low(20, customer)
        self.low(10, customer, **{rule.OVERALL: 75})
        self.assertFalse(self.rows(score).filtered("is_current"))

    def test_another_child_of_the_family_says_nothing_of_this_one(self):
        guardian = self.make_customer()
        score = self.low(20, guardian)
        learner = self.make_learner(guardian)
        self.low(10, guardian, learner=learner, **{rule.OVERALL: 75})
        self.assertTrue(self.rows(score).is_current)

    # ------------------------------------------------------------------ recovery
    def test_the_recovered_share_is_of_those_who_answered_again(self):
        scores = [self.low(days=20) for _number in range(4)]
        for score, new in zip(scores, (75, 40, 41, None), strict=True):
            follow_up = self.follow_ups._follow(score)
            if new is not None:
                follow_up.write({"new_score": new, "date_new_score": self.today})
        self.assertAlmostEqual(self.share("recovered_share", *scores), 2 / 3)

    def test_without_answers_there_is_no_share(self):
        score = self.low(days=20)
        self.assertFalse(self.share("recovered_share", score))
        self.assertFalse(self.share("silent_share", score))
