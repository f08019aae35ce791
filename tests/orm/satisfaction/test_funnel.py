"""How far the invitations of a wave, and of all waves of a campaign, came."""

from ..common import EduCase


class TestFunnel(EduCase):
    def invite_as(self, wave, *states, **values):
        for state in states:
            self.invite(wave, self.make_customer(), state=state, **values)

    def make_asked_wave(self, campaign=None):
        wave = self.make_wave(campaign)
        self.invite_as(wave, "waiting", "sent", "sent", "opened", "partial", "done")
        for reason in ("capped", "opted_out", "no_address"):
            self.invite_as(wave, "skipped", skip_reason=reason)
        return wave

    def test_each_step_counts_who_came_as_far_or_further(self):
        wave = self.make_asked_wave()
        self.assertRecordValues(
            wave,
            [
                {
                    "audience_count": 9,
                    "eligible_count": 7,
                    "capped_count": 1,
                    "invited_count": 5,
                    "opened_count": 3,
                    "partial_count": 1,
                    "done_count": 1,
                    "response_rate": 0.2,
                }
            ],
        )
        self.assertIn("Answered", wave.funnel)

    def test_a_campaign_counts_all_of_its_waves(self):
        campaign = self.make_campaign()
        self.make_asked_wave(campaign)
        self.make_asked_wave(campaign)
        self.assertEqual(campaign.wave_count, 2)
        self.assertEqual(campaign.invited_count, 10)
        self.assertEqual(campaign.response_rate, 0.2)

    def test_who_is_asked_again_is_nobody_new(self):
        campaign = self.make_campaign()
        self.make_asked_wave(campaign)
        again = self.make_wave(campaign, is_reask=True)
        self.invite_as(again, "sent", "done", is_reask=True)
        self.assertEqual(campaign.invited_count, 5)
        self.assertEqual(campaign.wave_count, 1)
        self.assertEqual(again.invited_count, 2)

    def test_waves_of_second_questions_are_no_part_of_the_trend(self):
        campaign = self.make_campaign()
        days = (self.days_ago(60), self.days_ago(40), self.days_ago(20))
        waves = [
            self.make_wave(campaign, date_start=day, is_reask=number == 1)
            for number, day in enumerate(days)
        ]
        for wave in waves:
            self.answer(self.begin(wave), {"overall": 3})
        self.assertEqual(waves[-1]._results()["trend"]["waves"], [waves[0], waves[2]])

    def test_who_asked_nobody_shows_no_rate(self):
        wave = self.make_wave()
        self.assertEqual(wave.audience_count, 0)
        self.assertEqual(wave.response_rate, 0.0)

    def test_a_list_is_counted_by_one_query(self):
        waves = self.make_asked_wave() | self.make_asked_wave() | self.make_wave()
        self.assertEqual(self.queries(waves.mapped, "done_count"), 1)

    def test_the_steps_are_named_in_the_language_of_the_user(self):
        wave = self.make_asked_wave()
        self.assertTrue(wave.with_context(lang="zh_CN").funnel)


class TestInvitationsOfContact(EduCase):
    def test_a_contact_shows_what_it_was_asked(self):
        mother = self.make_customer()
        child = self.make_learner(mother)
        self.invite(self.make_wave(), mother, learner=child)
        self.invite(self.make_wave(), mother, state="skipped", skip_reason="capped")
        self.assertEqual(mother.edu_invitation_count, 1)
        self.assertEqual(child.edu_invitation_count, 1)
        action = child.action_edu_open_invitations()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]).partner_id, mother
        )

    def test_a_plain_salesperson_opens_a_contact(self):
        seller = self.make_user("salesperson")
        customer = self.make_customer()
        self.invite(self.make_wave(), customer)
        arch = customer.with_user(seller).get_view(view_type="form")["arch"]
        self.assertNotIn("edu_invitation_count", arch)
