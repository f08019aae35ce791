"""What would make figures wrong, or tell by them who said what."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase
from .anonymity import AnonymityCase


@tagged("post_install", "-at_install")
class TestAttacksOnFigures(EduCase):
    def setUp(self):
        super().setUp()
        self.wave = self.make_wave()

    def test_who_was_not_invited_counts_for_nothing(self):
        """The address of a questionnaire is in every link; it may be used often."""
        survey = self.wave.survey_id
        for mode, partner in (("public", self.make_customer()), ("token", None)):
            survey.access_mode = mode
            values = {"partner": partner} if partner else {"email": "a@example.com"}
            sheet = survey.sudo()._create_answer(**values)
            self.answer(sheet, {rule.OVERALL: 1})
            self.assertEqual(sheet.state, "done")
            self.assertFalse(self.scores_of(sheet))

    def test_who_answered_is_not_read_from_who_made_the_score(self):
        """A customer who is logged in is the author of what is made then."""
        agent, portal = self.make_user("agent"), self.make_user("portal")
        portal.partner_id.user_id = agent
        sheet = self.begin(self.wave, portal.partner_id)
        self.tick(sheet, {rule.OVERALL: 1})
        sheet.with_user(portal).sudo()._mark_done()
        scores = self.env["edu.satisfaction.score"].with_user(agent).search([])
        self.assertTrue(scores)
        self.assertNotIn(portal, scores.create_uid | scores.write_uid)

    def test_no_default_of_a_client_moves_an_answer_into_a_wave(self):
        officer = self.make_user("readonly")
        officer.group_ids |= self.env.ref("survey.group_survey_user")
        forged = {
            "default_edu_wave_id": self.wave.id,
            "default_edu_method": "phone_interview",
            "default_state": "done",
        }
        sheets = self.env["survey.user_input"].with_user(officer)
        try:
            sheet = sheets.with_context(**forged).create(
                {"survey_id": self.wave.survey_id.id}
            )
        except UserError:
            return
        self.assertFalse(sheet.sudo().edu_wave_id)

    def test_conditions_of_a_wrong_kind_are_refused_in_words(self):
        campaign = self.make_campaign()
        for terms in (
            "[('id', '=', 'seven')]",
            "[('edu_tier_id', 'in', ['gold', {}])]",
            "[('create_date', '>', 'yesterday evening')]",
            "[('nothing.like.this', '=', 1)]",
            "[('name', 'resembles', 'x')]",
            "['|', ('name', '=', 'x')]",
            "[(1, '=', 1), __import__('os').system('true')]",
            "[" * 500 + "]" * 500,
            "{}",
            "7",
        ):
            with (
                self.subTest(terms=terms[:40]),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                campaign.audience_domain = terms

    def test_what_a_wave_began_with_stays(self):
        """Another first day each day would tell on which one somebody answered."""
        leader = self.make_user("leader")
        wave = self.make_wave(self.make_campaign(user_id=leader.id)).with_user(leader)
        for name, value in (
            ("date_start", self.days_ago(9)),
            ("period", "2020-01"),
            ("is_reask", True),
            ("method", "field_visit"),
            ("user_id", leader.id),
            ("company_id", self.make_company().id),
        ):
            with (
                self.subTest(name=name),
                self.assertRaises(UserError),
                self.cr.savepoint(),
            ):
                wave[name] = value
        wave.name = "Another name"

    def test_an_interval_of_ages_is_refused(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.make_campaign(frequency="regular", interval_number=10**6)
            self.env.flush_all()

    def test_a_wave_of_employees_is_anonymous_whoever_makes_it(self):
        leader = self.make_user("leader")
        campaign = self.make_campaign(
            asked="employee", is_anonymous=True, user_id=leader.id
        )
        with self.assertRaises(UserError), self.cr.savepoint():
            self.make_wave(campaign, is_anonymous=False)
        wave = self.make_wave(campaign, state="draft")
        with self.assertRaises(UserError), self.cr.savepoint():
            wave.with_user(leader).is_anonymous = False


@tagged("post_install", "-at_install")
class TestGapsOfAFew(AnonymityCase):
    """The mean of all less those with an expectation is that of the others."""

    def give(self, with_expectation, without):
        for number in range(with_expectation + without):
            both = {"expectation": 50, "has_expectation": True, "gap": 25}
            self.env["edu.satisfaction.score"].sudo().create(
                {
                    "wave_id": self.wave.id,
                    "company_id": self.wave.company_id.id,
                    "date": self.wave.date_start,
                    "source": "survey",
                    "dimension": rule.OVERALL,
                    "experience": 75,
                    "has_experience": True,
                    **(both if number < with_expectation else {}),
                }
            )
        self.env.flush_all()
        self.wave.state = "closed"

    def shown_gaps(self):
        [row] = self.wave._results()["dimensions"]
        cells = self.published(measure="gap").get(rule.OVERALL, {})
        return row["gap"].n, sum(number for number, _mean in cells.values())

    def test_a_gap_of_all_but_two_is_hidden(self):
        self.give(18, 2)
        self.assertEqual(self.shown_gaps(), (0, 0))

    def test_a_gap_of_everybody_is_shown(self):
        self.give(20, 0)
        self.assertEqual(self.shown_gaps(), (20, 20))

    def test_a_gap_of_all_but_many_is_shown(self):
        self.give(15, 5)
        self.assertEqual(self.shown_gaps(), (15, 15))
