"""Staff enters what a customer says on the phone, on a visit, or on paper."""

from odoo.exceptions import AccessError, UserError

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


class TestInterview(EduCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.survey = self.make_questionnaire(rule.SERVICE, rule.OVERALL)
        self.campaign = self.make_campaign(self.survey)
        self.wave = self.make_wave(self.campaign)
        self.mother = self.make_customer(
            name="Wang Fang", email="f@example.com", user_id=self.agent.id
        )

    def interview(self, action, **values):
        """Return the wizard that a button opens, as its user fills it in."""
        return (
            self.env["edu.survey.interview"]
            .with_user(self.agent)
            .with_context(**action["context"])
            .create(values)
        )

    def begin(self, interview):
        """Return the answer whose page the wizard opens."""
        url = interview.action_begin()["url"]
        token = url.partition("answer_token=")[2]
        return self.env["survey.user_input"].search([("access_token", "=", token)])

    def test_from_an_invitation(self):
        invitation = self.invite(self.wave, self.mother)
        action = invitation.with_user(self.agent).action_enter_answer()
        interview = self.interview(action)
        self.assertRecordValues(
            interview,
            [
                {
                    "partner_id": self.mother.id,
                    "wave_id": self.wave.id,
                    "method": "phone_interview",
                }
            ],
        )
        interview.method = "field_visit"
        answer = self.begin(interview)
        self.assertRecordValues(
            answer,
            [
                {
                    "edu_invitation_id": invitation.id,
                    "partner_id": self.mother.id,
                    "edu_method": "field_visit",
                    "edu_interviewer_id": self.agent.id,
                    "edu_wave_id": self.wave.id,
                }
            ],
        )
        self.assertEqual(invitation.method, "online_survey")

    def test_from_a_contact_whom_nobody_invited(self):
        action = self.mother.with_user(self.agent).action_edu_enter_answer()
        answer = self.begin(self.interview(action, wave_id=self.wave.id))
        self.assertRecordValues(
            answer.edu_invitation_id,
            [
                {
                    "wave_id": self.wave.id,
                    "partner_id": self.mother.id,
                    "learner_id": False,
                    "method": "phone_interview",
                    "user_id": self.agent.id,
                    "state": "opened",
                }
            ],
        )
        again = self.begin(self.interview(action, wave_id=self.wave.id))
        self.assertEqual(again, answer)

    def test_an_answer_that_is_there_is_not_entered_again(self):
        action = self.mother.with_user(self.agent).action_edu_enter_answer()
        answer = self.begin(self.interview(action, wave_id=self.wave.id))
        answer._mark_done()
        with self.assertRaises(UserError):
            self.interview(action, wave_id=self.wave.id).action_begin()

    def test_a_learner_is_asked_about_through_a_guardian(self):
        child = self.make_learner(self.mother, name="Child")
        action = child.with_user(self.agent).action_edu_enter_answer()
        answer = self.begin(self.interview(action, wave_id=self.wave.id))
        self.assertEqual(answer.partner_id, self.mother)
        self.assertRecordValues(
            answer.edu_invitation_id, [{"learner_id": child.id, "role": "guardian"}]
        )

    def test_the_wave_that_waits_for_the_contact_is_proposed(self):
        self.invite(self.wave, self.mother, state="waiting")
        later = self.make_wave(self.campaign)
        action = self.mother.with_user(self.agent).action_edu_enter_answer()
        self.assertEqual(self.interview(action).wave_id, self.wave)
        self.assertNotEqual(later, self.wave)

    def test_who_wants_no_surveys_is_not_interviewed(self):
        self.mother.edu_no_surveys = True
        action = self.mother.with_user(self.agent).action_edu_enter_answer()
        with self.assertRaises(UserError):
            self.interview(action, wave_id=self.wave.id).action_begin()

    def test_an_anonymous_wave_has_no_interviews(self):
        campaign = self.make_campaign(self.survey, is_anonymous=True)
        wave = self.make_wave(campaign, is_anonymous=True)
        invitation = self.invite(wave, self.mother)
        with self.assertRaises(UserError):
            invitation.with_user(self.agent).action_enter_answer()
        with self.assertRaises(UserError):
            self.interview(
                {"context": {}}, partner_id=self.mother.id, wave_id=wave.id
            ).action_begin()

    def test_an_answered_invitation_is_not_entered_again(self):
        invitation = self.invite(self.wave, self.mother, state="done")
        with self.assertRaises(UserError):
            invitation.with_user(self.agent).action_enter_answer()

    def test_a_colleagues_customer_is_interviewed_by_the_colleague(self):
        self.mother.user_id = self.make_user("agent")
        interview = self.interview(
            {"context": {}}, partner_id=self.mother.id, wave_id=self.wave.id
        )
        self.assertRefused(interview.action_begin)
        invitation = self.invite(self.wave, self.mother)
        values = {"partner_id": self.mother.id, "wave_id": self.wave.id}
        self.assertRefused(
            self.interview(
                {"context": {}}, invitation_id=invitation.id, **values
            ).action_begin
        )

    def test_only_agents_enter_answers(self):
        self.agent = self.make_user("readonly")
        with self.assertRaises(AccessError):
            self.interview(
                {"context": {}}, partner_id=self.mother.id, wave_id=self.wave.id
            )

    def test_the_link_is_for_agents_and_not_of_anonymous_or_past_ones(self):
        invitation = self.invite(self.wave, self.mother)
        self.assertEqual(
            invitation.with_user(self.agent).link, invitation.sudo()._get_url()
        )
        readonly = self.make_user("readonly")
        self.assertRefused(invitation.with_user(readonly).read, ["link"])
        self.assertRefused(invitation.with_user(self.agent).read, ["token"])
        invitation.state = "done"
        self.assertFalse(invitation.link)
        campaign = self.make_campaign(self.survey, is_anonymous=True)
        secret = self.invite(self.make_wave(campaign, is_anonymous=True), self.mother)
        self.assertFalse(secret.with_user(self.agent).link)
