"""A guardian answers on a phone, without logging in."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestAnswerTour(EduCase, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_guardian_answers_on_a_phone(self):
        survey = self.make_questionnaire(
            rule.TEACHING,
            rule.OVERALL,
            rule.RECOMMENDATION,
            title="Tour questionnaire",
        )
        wave = self.make_wave(self.make_campaign(survey))
        mother = self.make_customer(name="Tour Mother", email="f@example.com")
        child = self.make_learner(mother, name="Tour Child")
        invitation = self.invite(wave, mother, learner=child)
        self.start_tour(
            f"/survey/invited/{invitation.token}", "edu_survey_answer_tour", login=None
        )
        self.env.invalidate_all()
        self.assertEqual(invitation.state, "done")
        answer = invitation.input_id
        self.assertRecordValues(
            answer,
            [
                {
                    "state": "done",
                    "partner_id": mother.id,
                    "edu_method": "online_survey",
                    "edu_interviewer_id": False,
                }
            ],
        )
        self.assertEqual(answer.user_input_line_ids.mapped("value_scale"), [4, 5, 9])
