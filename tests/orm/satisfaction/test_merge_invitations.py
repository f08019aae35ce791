"""Two contacts turn out to be one person, who was asked twice."""

from odoo.fields import Datetime
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestMergeInvitations(EduCase):
    def setUp(self):
        super().setUp()
        self.wave = self.make_wave()
        self.source, self.target = self.make_customer(), self.make_customer()

    def reply(self, partner, **values):
        sheet = self.begin(self.wave, partner, **values)
        return self.answer(sheet, dict.fromkeys(rule.DIMENSIONS, 4))

    def in_wave(self):
        return self.env["edu.survey.invitation"].search(
            [("wave_id", "=", self.wave.id)], order="id"
        )

    def test_the_answer_of_the_merged_contact_stays_with_its_invitation(self):
        sent = self.invite(self.wave, self.target, sent_at=Datetime.now())
        sheet = self.reply(self.source)
        answered = sheet.edu_invitation_id
        sent_at = sent.sent_at
        self.merge(self.source, self.target)
        self.assertEqual(self.in_wave(), answered)
        self.assertEqual(answered.partner_id, self.target)
        self.assertEqual((answered.state, answered.input_id), ("done", sheet))
        self.assertEqual(answered.sent_at, sent_at, "the rest between surveys holds")
        self.assertEqual(sheet.partner_id, self.target)
        self.assertEqual(len(self.scores_of(sheet)), len(rule.DIMENSIONS))

    def test_the_answer_of_the_surviving_contact_stays(self):
        self.invite(self.wave, self.source)
        sheet = self.reply(self.target)
        self.merge(self.source, self.target)
        self.assertEqual(self.in_wave(), sheet.edu_invitation_id)

    def test_two_answers_stay_two(self):
        sheets = self.reply(self.source) | self.reply(self.target)
        self.merge(self.source, self.target)
        self.assertEqual(self.in_wave().input_id, sheets)
        self.assertEqual(set(self.in_wave().mapped("state")), {"done"})
        self.assertEqual(self.scores_of(sheets).partner_id, self.target)

    def test_who_answered_and_who_has_begun(self):
        self.reply(self.source)
        begun = self.begin(self.wave, self.target)
        begun.edu_invitation_id.state = "partial"
        begun.edu_invitation_id.next_reminder_on = self.days_ago(1)
        self.merge(self.source, self.target)
        self.assertEqual(len(self.in_wave()), 2)
        self.assertEqual(begun.edu_invitation_id.state, "partial")
        self.assertFalse(begun.edu_invitation_id.next_reminder_on)

    def test_two_children_who_are_one(self):
        guardian = self.make_customer()
        waiting = self.invite(self.wave, guardian, learner=self.target, state="waiting")
        sheet = self.reply(guardian, learner_id=self.source.id)
        self.merge(self.source, self.target)
        self.assertFalse(waiting.exists())
        self.assertEqual(sheet.edu_invitation_id.learner_id, self.target)

    def test_an_event_of_both_contacts_is_asked_about_once(self):
        values = {"event_key": "sale.order,7"}
        other = self.make_wave(self.wave.campaign_id)
        self.invite(other, self.target, **values)
        sheet = self.reply(self.source, **values)
        self.merge(self.source, self.target)
        kept = self.env["edu.survey.invitation"].search(
            [("partner_id", "=", self.target.id)]
        )
        self.assertEqual(kept, sheet.edu_invitation_id)
        self.assertEqual(kept.event_key, "sale.order,7")

    def test_other_waves_are_left_alone(self):
        others = self.invite(self.make_wave(), self.source)
        others |= self.invite(self.make_wave(), self.target)
        self.merge(self.source, self.target)
        self.assertEqual(others.exists().partner_id, self.target)
        self.assertEqual(len(others.exists()), 2)
