from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.edu_crm_addon.logic import satisfaction as rule
from odoo.addons.edu_crm_addon.models.satisfaction.survey_question import (
    SurveyQuestion,
)

from ..common import EduCase

FIVE = (rule.TEACHING, rule.PRODUCT, rule.SERVICE, rule.PRICE, rule.OVERALL)
# What an answer of five questions costs more than the host's: facts, scores, contact
# and invitation.
OUR_QUERIES = 4


class TestScores(EduCase):
    """An answer that is done leaves one row of facts for each dimension."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.five = cls.make_questionnaire(*FIVE)

    def test_each_dimension_gets_one_score(self):
        answer = self.answer(self.begin(), {rule.SERVICE: 5, rule.PRICE: 2})
        self.assertScores(answer, {rule.SERVICE: 100, rule.PRICE: 25})

    def test_a_score_is_the_mean_of_its_questions(self):
        survey = self.make_questionnaire(rule.SERVICE, rule.SERVICE, rule.SERVICE)
        answer = self.begin(self.make_wave(self.make_campaign(survey)))
        self.answer_each(answer, "5", "4", "")
        score = self.scores_of(answer)
        self.assertEqual((score.experience, score.items), (87.5, 2))

    def test_zero_is_a_score_and_not_asked_is_none(self):
        answer = self.answer(self.begin(), {rule.SERVICE: 1})
        score = self.scores_of(answer)
        self.assertEqual((score.experience, score.band), (0, "very_low"))
        self.assertTrue(score.has_experience)
        self.assertFalse(score.has_expectation)
        self.assertEqual(self.null_columns(score), {"expectation", "gap"})

    def test_done_twice_counts_once(self):
        answer = self.answer(self.begin(), {rule.SERVICE: 4})
        answer._mark_done()
        self.assertEqual(len(self.scores_of(answer)), 1)

    def test_a_test_entry_never_counts(self):
        answer = self.begin(test_entry=True)
        self.assertFalse(self.scores_of(self.answer(answer, {rule.SERVICE: 4})))

    def test_a_partial_answer_does_not_count(self):
        answer = self.begin()
        self.tick(answer, {rule.SERVICE: 4})
        self.assertFalse(self.scores_of(answer))

    def test_a_survey_without_dimensions_leaves_nothing(self):
        survey = self.make_questionnaire(rule.SERVICE, rule.PRICE)
        survey.question_ids.edu_dimension = False
        answer = self.begin(self.make_wave(self.make_campaign(survey)))
        self.answer_each(answer, "4", "5")
        self.assertFalse(self.scores_of(answer))

    def test_editing_a_question_later_changes_nothing(self):
        answer = self.answer(self.begin(), {rule.SERVICE: 4})
        score = self.scores_of(answer)
        questions = answer.survey_id.question_ids.filtered(
            lambda question: question.edu_dimension == rule.SERVICE
        )
        # What the screens would refuse for a question with answers.
        super(SurveyQuestion, questions).write({"title": "Another", "scale_max": 9})
        self.env.invalidate_all()
        self.assertEqual(score.experience, 75)

    def test_a_batch_is_scored_at_once(self):
        wave = self.make_wave()
        answers = self.env["survey.user_input"]
        for _number in range(3):
            answers |= self.begin(wave)
        for answer in answers:
            self.tick(answer, {rule.SERVICE: 4, rule.OVERALL: 2})
        few = self.queries(answers[:1]._edu_score_vals)
        self.assertEqual(self.queries(answers._edu_score_vals), few)
        answers._mark_done()
        self.assertEqual(len(self.scores_of(answers)), 6)

    # ------------------------------------------------------------------ who and what
    def test_a_score_keeps_what_was_known_of_the_customer(self):
        guardian = self.make_customer()
        learner = self.make_learner(
            guardian,
            edu_tier_id=self.tier("vip").id,
            edu_type_id=self.education_type("private").id,
            edu_stage_ids=[Command.set(self.stage("primary").ids)],
        )
        adviser = self.make_user("agent")
        answer = self.begin(
            partner=guardian, learner=learner, role="guardian", user_id=adviser.id
        )
        score = self.scores_of(self.answer(answer, {rule.SERVICE: 4}))
        learner.edu_tier_id = False
        self.assertEqual(score.tier_id, self.tier("vip"))
        self.assertEqual(score.type_id, self.education_type("private"))
        self.assertEqual(score.stage_id, self.stage("primary"))
        self.assertEqual((score.partner_id, score.learner_id), (guardian, learner))
        self.assertEqual((score.role, score.user_id), ("guardian", adviser))
        self.assertEqual(score.wave_id, answer.edu_wave_id)
        self.assertEqual(score.date, self.env.company._edu_today())

    def test_a_score_keeps_course_and_teacher_of_the_enrollment(self):
        enrollment = self.make_enrollment()
        enrollment.teacher_id = self.make_person()
        answer = self.begin(partner=enrollment.learner_id, enrollment_id=enrollment.id)
        score = self.scores_of(self.answer(answer, {rule.TEACHING: 4}))
        self.assertEqual(score.course_id, enrollment.course_id)
        self.assertEqual(score.teacher_id, enrollment.teacher_id)
        self.assertEqual(score.enrollment_id, enrollment)

    def test_an_anonymous_score_names_nobody(self):
        wave = self.make_wave(is_anonymous=True)
        answer = self.begin(wave, edu_is_anonymous=True)
        self.answer(answer, {rule.OVERALL: 4})
        score = self.env["edu.satisfaction.score"].search_fetch(
            [("wave_id", "=", wave.id), ("is_anonymous", "=", True)]
        )
        self.assertTrue(score)
        for name in ("partner_id", "learner_id", "input_id", "user_id", "tier_id"):
            self.assertFalse(score[name], name)

    # ------------------------------------------------------------------ expectation
    def test_the_gap_is_experience_less_expectation_of_the_sheet(self):
        survey = self.make_questionnaire(rule.SERVICE, rule.SERVICE)
        survey.question_ids[0].edu_measure = rule.EXPECTATION
        answer = self.begin(self.make_wave(self.make_campaign(survey)))
        self.answer_each(answer, "5", "3")
        score = self.scores_of(answer)
        figures = (score.experience, score.expectation, score.gap)
        self.assertEqual(figures, (50, 100, -50))

    def test_the_expectation_at_enrollment_is_compared_later(self):
        customer = self.make_customer()
        self.expect(customer, {rule.SERVICE: 4})
        self.expect(customer, {rule.SERVICE: 5})
        answer = self.begin(partner=customer)
        self.answer(answer, {rule.SERVICE: 4, rule.PRICE: 4})
        service, price = self.scores_of(answer).sorted("dimension", reverse=True)
        self.assertEqual((service.expectation, service.gap), (100, -25))
        self.assertFalse(price.has_expectation)

    def test_nobody_else_s_expectation_counts(self):
        guardian = self.make_customer()
        one, other = self.make_learner(guardian), self.make_learner(guardian)
        self.expect(guardian, {rule.SERVICE: 5}, learner=one)
        answer = self.begin(partner=guardian, learner=other)
        score = self.scores_of(self.answer(answer, {rule.SERVICE: 4}))
        self.assertFalse(score.has_expectation)

    def test_an_anonymous_score_is_not_compared_with_what_a_person_expected(self):
        customer = self.make_customer()
        self.expect(customer, {rule.SERVICE: 5})
        wave = self.make_wave(is_anonymous=True)
        answer = self.begin(wave, customer, edu_is_anonymous=True)
        self.answer(answer, {rule.SERVICE: 4})
        self.cr.execute(
            "SELECT has_expectation FROM edu_satisfaction_score WHERE wave_id = %s",
            wave.ids,
        )
        self.assertEqual(self.cr.fetchall(), [(False,)])

    # ------------------------------------------------------------------ never changed
    def test_nobody_makes_changes_or_deletes_a_score(self):
        score = self.scores_of(self.answer(self.begin(), {rule.SERVICE: 4}))
        vals = {"dimension": rule.SERVICE, "date": score.date, "source": "survey"}
        for user in (self.make_user("manager"), self.env.ref("base.user_admin")):
            rows = score.with_user(user)
            self.assertRefused(rows.write, {"experience": 100})
            self.assertRefused(rows.unlink)
            self.assertRefused(rows.create, vals)
        with self.assertRaises(AccessError):
            score.sudo().write({"experience": 100})
        with self.assertRaises(AccessError):
            score.sudo().unlink()

    def test_a_deleted_contact_leaves_its_scores_without_a_name(self):
        customer = self.make_customer()
        answer = self.answer(self.begin(partner=customer), {rule.SERVICE: 4})
        score = self.scores_of(answer)
        answer.unlink()
        customer.unlink()
        self.env.invalidate_all()
        self.assertTrue(score.exists())
        self.assertFalse(score.partner_id)

    def test_what_is_done_with_scores_is_told_once(self):
        answer = self.begin()
        self.tick(answer, {rule.SERVICE: 4, rule.PRICE: 3})
        told = []
        model = type(self.env["survey.user_input"])
        self.patch(model, "_after_scored", lambda inputs, rows: told.append(rows))
        answer._mark_done()
        answer._mark_done()
        self.assertEqual([len(rows) for rows in told], [2])

    # ------------------------------------------------------------------ cost
    def test_done_costs_few_queries_more_than_the_host_s(self):
        wave = self.make_wave(self.make_campaign(self.five))
        # What is low in this campaign is known after its first answer.
        self.cost_of_done(wave)
        ours = self.cost_of_done(wave)
        model = type(self.env["survey.user_input"])
        self.patch(model, "_edu_score_vals", lambda inputs: [])
        self.assertLessEqual(ours - self.cost_of_done(wave), OUR_QUERIES)

    def cost_of_done(self, wave):
        answer = self.begin(wave)
        self.tick(answer, dict.fromkeys(FIVE, 4))
        return self.queries(answer._mark_done)

    # ------------------------------------------------------------------ helpers
    def expect(self, customer, ticks, learner=None):
        survey = self.make_questionnaire(*ticks, measure=rule.EXPECTATION)
        wave = self.make_wave(self.make_campaign(survey))
        return self.answer(self.begin(wave, partner=customer, learner=learner), ticks)

    def assertScores(self, answer, expected):
        scores = self.scores_of(answer)
        self.assertEqual({s.dimension: s.experience for s in scores}, expected)

    def null_columns(self, score):
        score.flush_recordset()
        self.cr.execute(
            "SELECT experience, expectation, gap"
            " FROM edu_satisfaction_score WHERE id = %s",
            score.ids,
        )
        return {name for name, value in self.cr.dictfetchone().items() if value is None}
