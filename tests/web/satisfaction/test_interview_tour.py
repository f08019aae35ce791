"""Staff phones a customer and types in what is said, in a real browser."""

from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestInterviewTour(EduCase, HttpCase):
    def test_a_phone_interview_is_typed_in(self):
        agent = self.make_user("agent")
        survey = self.make_questionnaire(
            rule.TEACHING, rule.OVERALL, title="Tour questionnaire"
        )
        wave = self.make_wave(
            self.make_campaign(survey, method="phone_interview"), name="Tour wave"
        )
        mother = self.make_customer(
            name="Tour Mother", phone="+86 138 2222 4444", user_id=agent.id
        )
        child = self.make_learner(mother, name="Tour Child", user_id=agent.id)
        self.start_tour(
            f"/odoo/contacts/{child.id}",
            "edu_survey_interview_tour",
            login=agent.login,
        )
        self.env.invalidate_all()
        invitation = wave.invitation_ids
        self.assertRecordValues(
            invitation,
            [
                {
                    "partner_id": mother.id,
                    "learner_id": child.id,
                    "state": "done",
                    "role": "guardian",
                }
            ],
        )
        self.assertRecordValues(
            invitation.input_id,
            [
                {
                    "state": "done",
                    "partner_id": mother.id,
                    "edu_method": "phone_interview",
                    "edu_interviewer_id": agent.id,
                }
            ],
        )
        self.assertTrue(invitation.input_id.end_datetime)
        self.assertEqual(
            invitation.input_id.user_input_line_ids.mapped("value_scale"), [2, 3]
        )
