from psycopg2 import IntegrityError

from odoo.tests import Form
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


class TestContactFigures(EduCase):
    """The latest satisfaction stands on the contact: asked, or asked about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.make_questionnaire()

    def say(self, partner, value, learner=None, **ticks):
        """Let the contact answer: overall satisfaction, and what ``ticks`` say."""
        wave = self.make_wave(self.make_campaign(self.survey))
        answer = self.begin(wave, partner=partner, learner=learner)
        return self.answer(answer, {rule.OVERALL: value, **ticks})

    def assertFigures(self, partner, score, trend, zone):
        self.env.invalidate_all()
        self.assertEqual(
            (
                partner.edu_satisfaction,
                partner.edu_satisfaction_trend,
                partner.edu_satisfaction_zone,
            ),
            (score, trend, zone),
        )

    def test_who_never_answered_has_no_figure(self):
        customer = self.make_customer()
        self.assertFalse(customer.edu_satisfaction_on)
        self.assertFalse(customer.edu_satisfaction_zone)
        self.assertIn(customer, self.search("edu_satisfaction_on", "=", False))

    def test_the_latest_answer_counts_and_the_one_before_is_the_trend(self):
        customer = self.make_customer()
        self.say(customer, 5)
        self.assertFigures(customer, 100, "none", "loyal")
        self.say(customer, 3)
        self.assertFigures(customer, 50, "down", "indifferent")
        self.say(customer, 3)
        self.assertFigures(customer, 50, "same", "indifferent")
        self.say(customer, 4)
        self.assertFigures(customer, 75, "up", "indifferent")

    def test_zero_is_a_figure(self):
        customer = self.make_customer()
        self.say(customer, 1)
        self.assertFigures(customer, 0, "none", "at_risk")
        self.assertEqual(customer.edu_satisfaction_on, self.env.company._edu_today())
        self.assertIn(customer, self.search("edu_satisfaction_zone", "=", "at_risk"))
        self.assertNotIn(customer, self.search("edu_satisfaction_on", "=", False))

    def test_an_answer_about_a_learner_is_a_figure_of_both(self):
        guardian = self.make_customer()
        one, other = self.make_learner(guardian), self.make_learner(guardian)
        self.say(guardian, 5, learner=one)
        self.say(guardian, 1, learner=other)
        self.assertFigures(one, 100, "none", "loyal")
        self.assertFigures(other, 0, "none", "at_risk")
        self.assertFigures(guardian, 0, "down", "at_risk")

    def test_only_overall_satisfaction_counts(self):
        customer = self.make_customer()
        self.answer(self.begin(partner=customer), {rule.SERVICE: 5})
        self.assertFigures(customer, 0, False, False)
        self.assertFalse(customer.edu_satisfaction_on)

    def test_an_anonymous_answer_is_no_figure(self):
        customer = self.make_customer()
        campaign = self.make_campaign(self.survey, is_anonymous=True)
        answer = self.begin(self.make_wave(campaign), partner=customer)
        self.answer(answer, {rule.OVERALL: 5})
        self.assertFigures(customer, 0, False, False)

    def test_below_expectation_is_dissatisfied(self):
        customer, other = self.make_customer(), self.make_customer()
        expectations = self.make_questionnaire(rule.OVERALL, measure=rule.EXPECTATION)
        wave = self.make_wave(self.make_campaign(expectations))
        for who in (customer, other):
            self.answer(self.begin(wave, partner=who), {rule.OVERALL: 4})
        self.say(customer, 3)
        self.say(other, 5)
        self.env.invalidate_all()
        self.assertEqual(customer.edu_satisfaction_gap, -25)
        found = self.search("edu_satisfaction_gap", "<", 0)
        self.assertIn(customer, found)
        self.assertNotIn(other, found)
        self.assertNotIn(self.make_customer(), found)

    def test_the_settings_say_where_the_zones_begin(self):
        customer = self.make_customer()
        self.say(customer, 4)
        self.env.company.edu_loyal_from = 75
        self.assertFigures(customer, 75, "none", "loyal")
        self.env.company.write({"edu_loyal_from": 90, "edu_at_risk_below": 76})
        self.assertFigures(customer, 75, "none", "at_risk")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env.company.edu_loyal_from = 10
            self.env.flush_all()

    def test_changing_a_weight_changes_the_index(self):
        customer = self.make_customer()
        answer = self.say(customer, 5, service=5, price=1)
        self.assertEqual(customer.edu_satisfaction_index, 50)
        self.assertEqual(answer.edu_satisfaction_index, 50)
        self.env.company.write({"edu_weight_service": 75, "edu_weight_price": 25})
        self.env.invalidate_all()
        self.assertEqual(customer.edu_satisfaction_index, 75)
        self.assertEqual(answer.edu_satisfaction_index, 75)
        self.env.company.edu_weight_overall = 100
        self.env.invalidate_all()
        self.assertEqual(customer.edu_satisfaction_index, 87.5)

    def test_the_index_of_many_costs_as_much_as_of_one(self):
        people = self.make_people(5)
        for partner in people:
            self.say(partner, 4, service=4)
        one = self.queries(people[:1].mapped, "edu_satisfaction_index")
        many = self.queries(people.mapped, "edu_satisfaction_index")
        self.assertEqual(one, many)

    def test_merging_contacts_keeps_the_scores_of_both(self):
        source, target = self.make_customer(), self.make_customer()
        self.say(target, 1)
        first = self.say(source, 5)
        self.merge(source, target)
        self.assertEqual(self.scores_of(first).partner_id, target)
        self.assertFigures(target, 100, "up", "loyal")

    def test_a_merge_does_not_fill_a_zero_with_the_older_score(self):
        source, target = self.make_customer(), self.make_customer()
        self.say(source, 5)
        self.say(target, 1)
        self.merge(source, target)
        self.assertFigures(target, 0, "down", "at_risk")

    def test_nobody_types_a_figure(self):
        customer = self.make_customer()
        manager = self.make_user("manager")
        for name in ("edu_satisfaction", "edu_satisfaction_zone"):
            self.assertRefused(customer.with_user(manager).write, {name: False})

    def test_a_copied_contact_begins_without_figures(self):
        customer = self.make_customer()
        self.say(customer, 5)
        self.assertFalse(customer.copy().edu_satisfaction_on)

    # ------------------------------------------------------------------ screens
    def test_an_enrollment_shows_and_finds_the_low_satisfaction_of_its_learner(self):
        enrollment, other = self.make_enrollment(), self.make_enrollment()
        self.say(enrollment.payer_id, 1, learner=enrollment.learner_id)
        self.env.invalidate_all()
        rows = self.env["edu.enrollment"].with_user(self.make_user("manager"))
        found = rows.search([("satisfaction_zone", "=", "at_risk")])
        self.assertIn(enrollment, found)
        self.assertNotIn(other, found)
        self.assertTrue(found.satisfaction_on)

    def test_the_form_of_a_contact_shows_scores_to_leaders_only(self):
        customer = self.make_customer()
        self.say(customer, 4)
        for role, shown in (("leader", True), ("agent", False)):
            user = self.make_user(role)
            form = Form(customer.with_user(user))
            self.assertEqual(form.edu_satisfaction, 75)
            self.assertEqual("edu_score_count" in form._view["fields"], shown)
        action = customer.with_user(self.make_user("manager")).action_edu_open_scores()
        count = self.env["edu.satisfaction.score"].search_count(action["domain"])
        self.assertEqual(count, 1)

    def search(self, *leaf):
        return self.env["res.partner"].search([leaf])
