"""Who wants no surveys says so by the link of any invitation."""

from ..common import EduCase


class TestOptOut(EduCase):
    def setUp(self):
        super().setUp()
        self.mother = self.make_customer(email="f@example.com")
        campaign = self.make_campaign()
        self.first, self.second = (
            self.invite(
                self.make_wave(campaign),
                self.mother,
                next_reminder_on=self.days_ago(-2),
            )
            for _ in range(2)
        )

    def test_nothing_more_is_asked(self):
        messages = self.mother.message_ids
        self.first._opt_out()
        self.assertTrue(self.mother.edu_no_surveys)
        self.assertFalse(self.first.next_reminder_on)
        self.assertFalse(self.second.next_reminder_on)
        note = self.mother.message_ids - messages
        self.assertIn("No more surveys", note.body)
        self.first._opt_out()
        self.assertEqual(self.mother.message_ids - messages, note)

    def test_surveys_again(self):
        self.first._opt_out()
        self.second._opt_in()
        self.assertFalse(self.mother.edu_no_surveys)

    def test_others_are_still_asked(self):
        other = self.invite(
            self.first.wave_id,
            self.make_customer(),
            next_reminder_on=self.days_ago(-2),
        )
        self.first._opt_out()
        self.assertTrue(other.next_reminder_on)
        self.assertFalse(other.partner_id.edu_no_surveys)
