"""What people were promised when they were asked does not change any more."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .anonymity import AnonymityCase


@tagged("post_install", "-at_install")
class TestAnonymousPromise(AnonymityCase):
    def assertKept(self, record, **values):
        with self.assertRaises(UserError), self.cr.savepoint():
            record.write(values)

    def test_a_wave_without_invitations_may_change(self):
        self.wave.write({"is_anonymous": False, "anonymous_by": False})
        self.wave.is_anonymous = True
        self.assertTrue(self.wave.is_anonymous)

    def test_an_answer_makes_it_final(self):
        self.respond(self.make_respondent())
        self.assertKept(self.wave, is_anonymous=False)
        self.assertKept(self.wave, anonymous_by="tier_id")
        self.assertKept(self.wave, anonymous_by=False)
        self.assertKept(self.wave, survey_id=self.make_questionnaire().id)
        self.assertKept(self.wave, campaign_id=self.make_campaign().id)
        self.assertKept(self.campaign, is_anonymous=False)
        self.assertKept(self.campaign, anonymous_by="tier_id")

    def test_an_invitation_makes_it_final(self):
        self.invite(self.wave, self.make_customer())
        self.assertKept(self.wave, is_anonymous=False)
        self.assertKept(self.campaign, is_anonymous=False)

    def test_who_was_known_does_not_become_anonymous_in_between(self):
        wave = self.make_wave()
        self.begin(wave)
        self.assertKept(wave, is_anonymous=True)

    def test_the_same_value_again_is_no_change(self):
        self.respond(self.make_respondent())
        self.wave.write({"is_anonymous": True, "name": "Renamed"})
        self.assertEqual(self.wave.name, "Renamed")

    def test_a_closed_one_takes_no_answer(self):
        invitation = self.invite(self.wave, self.make_customer())
        self.wave.state = "closed"
        with self.assertRaises(UserError):
            self.env["survey.user_input"].create(
                {
                    "survey_id": self.survey.id,
                    "edu_wave_id": self.wave.id,
                    "edu_invitation_id": invitation.id,
                }
            )

    def test_an_answer_sent_while_it_closes_is_refused(self):
        answer = self.invite(self.wave, self.make_customer())._begin_answer()
        # As another worker does, who does not know of the answer yet.
        self.env.flush_all()
        self.cr.execute(
            "UPDATE edu_survey_wave SET state = 'closed' WHERE id = %s", [self.wave.id]
        )
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            answer._mark_done()

    def test_a_closed_one_is_not_opened_again(self):
        self.wave.state = "closed"
        for state in ("open", "draft"):
            self.assertKept(self.wave, state=state)

    def test_names_given_with_an_answer_are_dropped(self):
        person = self.make_person(email="a@example.com")
        answer = self.env["survey.user_input"].create(
            {
                "survey_id": self.survey.id,
                "edu_wave_id": self.wave.id,
                "partner_id": person.id,
                "email": person.email,
                "nickname": person.name,
                "edu_is_anonymous": False,
            }
        )
        self.assertTrue(answer.edu_is_anonymous)
        self.assertFalse(answer.partner_id or answer.email or answer.nickname)

    def test_questions_for_a_name_are_not_asked(self):
        question = self.survey.question_ids[-1]
        question.write({"question_type": "char_box", "save_as_nickname": True})
        with self.assertRaises(UserError):
            self.make_wave(self.campaign)
