"""Nothing in the database leads from an anonymous answer to who gave it, or back."""

from datetime import date, datetime
from random import Random
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.edu_crm_addon.logic import satisfaction as rule
from odoo.addons.edu_crm_addon.models.satisfaction import renumber

from .anonymity import AnonymityCase

SYSTEM = 1
SHEET = "survey.user_input"


@tagged("post_install", "-at_install")
class TestAnonymity(AnonymityCase):
    def setUp(self):
        super().setUp()
        self.respondent = self.make_respondent()
        self.survey.message_subscribe(
            self.make_user("manager").partner_id.ids,
            self.env.ref("survey.mt_survey_survey_user_input_completed").ids,
        )
        self.invitation = self.respond(self.respondent)
        self.words = {
            self.respondent.partner_id.name,
            self.respondent.partner_id.email,
            self.respondent.login,
            self.invitation.token,
        }

    def test_it_is_an_answer_with_scores(self):
        sheet = self.sheets()
        self.assertEqual(len(sheet), 1)
        self.assertEqual(sheet.state, "done")
        self.assertEqual(set(self.facts().mapped("experience")), {75})
        self.assertEqual(self.facts().stage_id, self.stage("primary"))

    def test_no_column_names_a_person(self):
        for table, row in self.answer_rows():
            people = self.columns_to(table, "res_partner")
            users = self.columns_to(table, "res_users")
            with self.subTest(table=table):
                self.assertEqual({row[name] for name in people} - {None}, set())
                self.assertEqual({row[name] for name in users} - {None, SYSTEM}, set())

    def test_no_column_leads_to_the_invitation(self):
        for table, row in self.answer_rows():
            for target in ("edu_survey_invitation", "edu_enrollment", "crm_lead"):
                with self.subTest(table=table, target=target):
                    names = self.columns_to(table, target)
                    self.assertEqual({row[name] for name in names} - {None}, set())
        for row in self.rows(
            "edu_survey_invitation", SQL("id = %s", self.invitation.id)
        ):
            for target in ("survey_user_input", "edu_satisfaction_score"):
                names = self.columns_to("edu_survey_invitation", target)
                self.assertEqual({row[name] for name in names} - {None}, set())

    def test_no_text_names_a_person(self):
        for table, row in self.answer_rows():
            for name, value in row.items():
                for word in self.words:
                    with self.subTest(table=table, column=name):
                        self.assertNotIn(word, str(value))

    def test_every_time_is_the_first_day_of_the_wave(self):
        first = self.wave.date_start
        for table, row in self.answer_rows():
            for name, value in row.items():
                if isinstance(value, (date, datetime)):
                    with self.subTest(table=table, column=name):
                        midnight = datetime.combine(first, datetime.min.time())
                        self.assertIn(value, (first, midnight))

    def test_a_rare_language_is_not_kept(self):
        self.assertFalse(self.sheets().lang_id)

    def test_the_page_of_the_answer_has_another_address(self):
        user = self.make_respondent()
        invitation = self.invite(self.wave, user.partner_id)
        answer = invitation._begin_answer()
        address = answer.access_token
        answer._mark_done()
        self.assertNotEqual(answer.access_token, address)

    def test_nothing_hangs_on_the_answer(self):
        found = []
        for table, model, record in self.tables_on_records():
            where = SQL(
                "%s = %s AND %s IN %s",
                SQL.identifier(model),
                SHEET,
                SQL.identifier(record),
                tuple(self.sheets().ids),
            )
            found += [(table, row) for row in self.rows(table, where)]
        self.assertEqual(found, [])

    def test_the_invitation_says_done_and_no_time(self):
        self.assertEqual(self.invitation.state, "done")
        where = SQL("id = %s", self.invitation.id)
        (row,) = self.rows("edu_survey_invitation", where)
        self.assertEqual(row["write_date"], row["create_date"])
        self.assertEqual(row["write_uid"], row["create_uid"])
        self.assertIsNone(row["next_reminder_on"])

    def test_scores_keep_one_characteristic(self):
        for field in ("type_id", "tier_id", "course_id", "teacher_id", "team_id"):
            self.assertFalse(self.facts()[field])
        self.assertEqual(self.facts().mapped("role"), [False] * 2)
        self.assertFalse(self.facts().user_id)

    def test_no_expectation_comes_from_another_survey(self):
        user = self.make_respondent()
        asked = self.make_questionnaire(rule.SERVICE, measure=rule.EXPECTATION)
        known = self.make_wave(self.make_campaign(asked))
        self.answer(self.begin(known, user.partner_id), {rule.SERVICE: 5})
        self.respond(user)
        self.assertFalse(any(self.facts().mapped("has_expectation")))

    def test_the_contact_shows_nothing_of_it(self):
        self.assertFalse(self.respondent.partner_id.edu_satisfaction_on)

    def test_a_change_afterwards_leaves_no_trace(self):
        self.sheets().with_user(self.respondent).sudo().survey_first_submitted = True
        self.test_every_time_is_the_first_day_of_the_wave()
        self.test_no_column_names_a_person()


@tagged("post_install", "-at_install")
class TestAnonymousOrder(AnonymityCase):
    """The order of rows tells who answered first, so that closing changes it."""

    def setUp(self):
        super().setUp()
        self.given = ["1", "2", "3", "4", "5", "1"]
        for value in self.given:
            self.respond(self.make_respondent(), value)
        self.before = self.sheets(), self.facts()

    def close(self):
        # Any lot will do that is not the order in which they came.
        with patch.object(renumber, "SystemRandom", lambda: Random(5)):
            self.wave.state = "closed"
        self.env.invalidate_all()

    def lines(self):
        return [
            sorted(sheet.user_input_line_ids.mapped("value_scale"))[-1]
            for sheet in self.sheets()
        ]

    def test_answers_get_other_ids_by_lot(self):
        self.close()
        sheets, facts = self.sheets(), self.facts()
        self.assertFalse(set(sheets.ids) & set(self.before[0].ids))
        self.assertFalse(set(facts.ids) & set(self.before[1].ids))
        self.assertNotEqual(self.lines(), [int(value) for value in self.given])
        ordered = facts.filtered(lambda f: f.dimension == rule.OVERALL)
        self.assertNotEqual(ordered.mapped("experience"), [0, 25, 50, 75, 100, 0])

    def test_every_answer_stays_whole(self):
        self.close()
        self.assertEqual(sorted(self.lines()), [1, 1, 2, 3, 4, 5])
        for sheet in self.sheets():
            self.assertEqual(sheet.state, "done")
            lines = sheet.user_input_line_ids
            self.assertEqual(len(lines), 3)
            scales = lines.filtered(lambda line: line.answer_type == "scale")
            self.assertEqual(len(set(scales.mapped("value_scale"))), 1)
            self.assertEqual(sheet.predefined_question_ids, self.survey.question_ids)
        overall = self.facts().filtered(lambda f: f.dimension == rule.OVERALL)
        values = sorted(overall.mapped("experience"))
        self.assertEqual(values, [0, 0, 25, 50, 75, 100])

    def test_answers_begun_only_are_deleted(self):
        user = self.make_respondent()
        invitation = self.invite(self.wave, user.partner_id)
        begun = invitation._begin_answer()
        begun._mark_in_progress()
        self.close()
        self.assertFalse(begun.exists())
        self.assertEqual(len(self.sheets()), 6)
        where = SQL("id = %s", invitation.id)
        (row,) = self.rows("edu_survey_invitation", where)
        self.assertEqual(row["write_date"], row["create_date"])

    def test_a_known_wave_is_left_alone(self):
        wave = self.make_wave()
        answer = self.answer(self.begin(wave), {rule.OVERALL: 4})
        wave.state = "closed"
        self.assertTrue(answer.exists())
        self.assertTrue(self.scores_of(answer))


@tagged("post_install", "-at_install")
class TestAnonymousCost(AnonymityCase):
    def cost(self, wave):
        invitation = self.invite(wave, self.make_customer())
        answer = invitation._begin_answer()
        self.tick(answer, {rule.SERVICE: 4, rule.OVERALL: 4})
        return self.queries(answer._mark_done)

    def test_forgetting_costs_few_queries(self):
        """It happens once for each answer, and only for anonymous ones."""
        known = self.make_wave(self.make_campaign(self.survey))
        self.cost(known)
        self.assertLessEqual(self.cost(self.wave) - self.cost(known), 9)

    def test_closing_costs_the_same_for_any_number_of_answers(self):
        costs = []
        for number in (2, 9):
            wave = self.make_wave(self.campaign)
            for _number in range(number):
                self.respond(self.make_respondent(), wave=wave)
            costs.append(self.queries(wave.write, {"state": "closed"}))
        self.assertLessEqual(costs[1], costs[0], costs)
