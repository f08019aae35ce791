"""An invitation leads to one answer, whoever opens it and however often."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule
from odoo.addons.edu_crm_addon.models.satisfaction.survey_survey import SurveySurvey

from ..common import EduCase


class TestAnswering(EduCase):
    def setUp(self):
        super().setUp()
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.campaign = self.make_campaign(self.survey)
        self.wave = self.make_wave(self.campaign)
        self.mother = self.make_customer(name="Wang Fang", email="f@example.com")
        self.invitation = self.invite(self.wave, self.mother)

    def answer_all(self, answer, value="4"):
        for question in answer.survey_id.question_ids:
            answer._save_lines(question, value)
        answer._mark_done()

    def test_the_answer_is_made_once(self):
        answer = self.invitation._begin_answer()
        self.assertEqual(self.invitation._begin_answer(), answer)
        self.assertRecordValues(
            answer,
            [
                {
                    "survey_id": self.survey.id,
                    "partner_id": self.mother.id,
                    "edu_wave_id": self.wave.id,
                    "edu_invitation_id": self.invitation.id,
                    "edu_is_anonymous": False,
                    "edu_method": "online_survey",
                    "edu_interviewer_id": False,
                    "test_entry": False,
                }
            ],
        )
        self.assertEqual(self.invitation.input_id, answer)
        self.assertEqual(self.invitation.state, "opened")

    def test_the_database_takes_one_answer_for_an_invitation(self):
        answer = self.invitation._begin_answer()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            answer.create(
                {
                    "survey_id": self.survey.id,
                    "edu_invitation_id": self.invitation.id,
                }
            )

    def test_the_invitation_follows_its_answer(self):
        self.invitation.next_reminder_on = self.days_ago(-2)
        answer = self.invitation._begin_answer()
        answer._mark_in_progress()
        self.assertEqual(self.invitation.state, "opened")
        answer.last_displayed_page_id = self.survey.question_ids[0]
        self.assertEqual(self.invitation.state, "partial")
        self.answer_all(answer)
        self.assertEqual(self.invitation.state, "done")
        self.assertFalse(self.invitation.next_reminder_on)
        answer.last_displayed_page_id = self.survey.question_ids[1]
        self.assertEqual(self.invitation.state, "done")

    def test_an_answered_invitation_begins_nothing(self):
        self.answer_all(self.invitation._begin_answer())
        with self.assertRaises(UserError):
            self.invitation._begin_answer()

    def test_a_closed_wave_takes_no_answer(self):
        for values in (
            {"state": "draft"},
            {"state": "closed"},
            {"date_start": self.days_ago(9), "date_end": self.days_ago(1)},
        ):
            wave = self.make_wave(self.campaign, **values)
            with self.assertRaises(UserError):
                self.invite(wave, self.mother)._begin_answer()

    def test_an_archived_questionnaire_takes_no_answer(self):
        # The screens refuse to archive it as long as a wave is open.
        super(SurveySurvey, self.survey).write({"active": False})
        with self.assertRaises(UserError):
            self.invitation._begin_answer()

    def test_who_was_only_capped_may_answer_in_person(self):
        capped = self.invite(
            self.make_wave(self.campaign),
            self.mother,
            state="skipped",
            skip_reason="capped",
        )
        self.assertTrue(capped._begin_answer())
        self.assertRecordValues(capped, [{"state": "opened", "skip_reason": False}])

    def test_who_wants_no_surveys_is_not_asked_in_person_either(self):
        refused = self.invite(
            self.make_wave(self.campaign),
            self.mother,
            state="skipped",
            skip_reason="opted_out",
        )
        with self.assertRaises(UserError):
            refused._begin_answer()

    def test_an_interview_keeps_method_and_interviewer(self):
        agent = self.make_user("agent")
        answer = self.invitation._begin_answer("phone_interview", agent)
        self.assertRecordValues(
            answer,
            [
                {
                    "partner_id": self.mother.id,
                    "edu_method": "phone_interview",
                    "edu_interviewer_id": agent.id,
                }
            ],
        )

    def test_the_link_takes_over_an_interview_that_was_not_begun(self):
        answer = self.invitation._begin_answer(
            "phone_interview", self.make_user("agent")
        )
        self.assertEqual(self.invitation._begin_answer(), answer)
        self.assertRecordValues(
            answer, [{"edu_method": "online_survey", "edu_interviewer_id": False}]
        )

    def test_an_interview_goes_on_with_what_the_customer_began(self):
        answer = self.invitation._begin_answer()
        answer._mark_in_progress()
        agent = self.make_user("agent")
        self.assertEqual(
            self.invitation._begin_answer("phone_interview", agent), answer
        )
        self.assertEqual(answer.edu_interviewer_id, agent)
        self.invitation._begin_answer()
        self.assertEqual(answer.edu_interviewer_id, agent)

    def test_an_anonymous_answer_names_nobody(self):
        wave = self.make_wave(
            self.make_campaign(self.survey, is_anonymous=True), is_anonymous=True
        )
        invitation = self.invite(wave, self.mother)
        answer = invitation._begin_answer()
        self.assertRecordValues(
            answer,
            [
                {
                    "partner_id": False,
                    "email": False,
                    "nickname": False,
                    "lang_id": False,
                    "create_uid": self.env.ref("base.public_user").id,
                    "message_ids": [],
                    "edu_is_anonymous": True,
                }
            ],
        )
        self.assertFalse(invitation.input_id)
        self.assertEqual(invitation._begin_answer(), answer)
        with self.assertRaises(UserError):
            invitation._begin_answer("phone_interview", self.make_user("agent"))

    def test_the_link_is_the_servers(self):
        self.assertEqual(
            self.invitation._get_url(),
            f"{self.invitation.get_base_url()}/survey/invited/{self.invitation.token}",
        )

    def test_beginning_costs_few_queries(self):
        self.assertLessEqual(self.queries(self.invitation._begin_answer), 20)
        self.assertLessEqual(self.queries(self.invitation._begin_answer), 12)
        self.assertLessEqual(self.queries(self.invitation._set_done), 2)
