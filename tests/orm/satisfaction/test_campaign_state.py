"""A campaign goes through its states, and regular ones begin their waves themselves."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .askers import AskersCase


@tagged("post_install", "-at_install")
class TestCampaignState(AskersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls.make_user("manager")

    def days(self, campaign):
        waves = campaign.wave_ids.sorted("date_start")
        return [(w.period, Date.to_string(w.date_start)) for w in waves]

    # ------------------------------------------------------------------ states
    def test_from_draft_to_done_and_on_again(self):
        campaign = self.started()
        campaign.action_finish()
        self.assertEqual(campaign.state, "done")
        campaign.action_resume()
        self.assertEqual(campaign.state, "running")

    def test_canceling_closes_the_waves_and_stops_the_mails(self):
        customer = self.make_asked()
        campaign = self.started()
        campaign.action_cancel()
        self.assertEqual(campaign.wave_ids.state, "closed")
        self.run_job()
        self.assertFalse(self.mails(customer))

    def test_finishing_leaves_the_open_wave_to_its_last_day(self):
        customer = self.make_asked()
        campaign = self.started()
        campaign.action_finish()
        self.run_job()
        self.assertEqual(campaign.wave_ids.state, "open")
        self.assertEqual(len(self.mails(customer)), 1)

    def test_who_has_asked_nobody_goes_back_to_draft(self):
        campaign = self.make_plan()
        campaign.action_cancel()
        campaign.action_draft()
        self.assertEqual(campaign.state, "draft")

    def test_who_has_asked_people_never_is_a_draft_again(self):
        self.make_asked()
        campaign = self.started()
        with self.assertRaisesRegex(UserError, "Copy it"):
            campaign.action_draft()

    def test_import_and_rpc_obey_too(self):
        campaign = self.make_plan().with_user(self.leader)
        with self.assertRaises(UserError):
            campaign.write({"state": "done"})
        with self.assertRaises(UserError):
            campaign.copy({"state": "running"})

    def test_what_the_waves_have_in_common_is_fixed(self):
        campaign = self.started()
        for values in (
            {"survey_id": self.make_questionnaire().id},
            {"is_anonymous": True},
            {"frequency": "regular"},
            {"company_id": self.make_company().id},
        ):
            with self.assertRaisesRegex(UserError, "fixed"), self.cr.savepoint():
                campaign.write(values)
        campaign.write({"survey_id": self.survey.id, "name": "Other name"})

    def test_a_campaign_with_waves_is_not_deleted(self):
        self.make_plan().unlink()
        campaign = self.started()
        with self.assertRaisesRegex(UserError, "Cancel it"):
            campaign.unlink()

    def test_a_closed_wave_is_never_opened_again(self):
        campaign = self.started()
        wave = campaign.wave_ids.with_user(self.leader)
        wave.action_close()
        for state in ("open", "draft"):
            with self.assertRaises(UserError):
                wave.write({"state": state})

    def test_conditions_on_fields_out_of_reach_are_refused(self):
        campaign = self.make_plan().with_user(self.leader)
        with self.assertRaises(AccessError):
            campaign.audience_domain = "[('signup_type', '=', 'x')]"

    # ------------------------------------------------------------------ regular ones
    def test_a_regular_campaign_begins_its_waves_by_itself(self):
        self.env.company.edu_survey_rest_days = 0
        with self.on("2026-01-31"):
            customer = self.make_asked()
            campaign = self.started(
                frequency="regular", interval_number=1, date_from="2026-01-31"
            )
        self.assertEqual(campaign.next_run_on, Date.to_date("2026-02-28"))
        for day in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-31"):
            with self.on(day):
                self.run_job()
                self.run_job()
        self.assertEqual(
            self.days(campaign),
            [
                ("2026-01-31", "2026-01-31"),
                ("2026-02-28", "2026-02-28"),
                ("2026-03-31", "2026-03-31"),
            ],
        )
        self.assertEqual(len(self.invitations(campaign)), 3)
        # Nobody sends by hand; the first wave was closed before the job ran.
        self.assertEqual(len(self.mails(customer)), 2)

    def test_waves_missed_are_not_made_up_for(self):
        with self.on("2026-01-15"):
            campaign = self.started(
                frequency="regular", interval_number=1, date_from="2026-01-15"
            )
        with self.on("2026-06-20"):
            self.run_job()
        self.assertEqual(len(campaign.wave_ids), 2)
        self.assertEqual(campaign.next_run_on, Date.to_date("2026-07-15"))

    def test_a_regular_campaign_begins_on_its_first_day(self):
        with self.on("2026-01-10"):
            campaign = self.started(frequency="regular", date_from="2026-01-15")
        self.assertFalse(campaign.wave_ids)
        with self.on("2026-01-15"):
            self.run_job()
        self.assertEqual(self.days(campaign), [("2026-01-15", "2026-01-15")])

    def test_after_its_last_day_a_campaign_is_done(self):
        with self.on("2026-01-15"):
            campaign = self.started(
                frequency="regular",
                interval_unit="weeks",
                interval_number=1,
                date_from="2026-01-15",
                date_to="2026-01-21",
            )
        with self.on("2026-01-22"):
            self.run_job()
        self.assertEqual(campaign.state, "done")
        self.assertEqual(len(campaign.wave_ids), 1)
        with self.assertRaisesRegex(UserError, "over"):
            campaign.action_resume()

    def test_an_ad_hoc_campaign_of_tomorrow_begins_tomorrow(self):
        with self.on("2026-01-14"):
            self.make_asked()
            campaign = self.started(date_from="2026-01-15")
        self.assertFalse(campaign.wave_ids)
        with self.on("2026-01-15"):
            self.run_job()
            self.run_job()
        self.assertEqual(len(campaign.wave_ids), 1)
        self.assertEqual(self.invitations(campaign).state, "sent")

    def test_one_more_wave_may_be_begun_by_hand(self):
        self.env.company.edu_survey_rest_days = 0
        self.make_asked()
        campaign = self.started()
        campaign.action_begin_wave()
        self.assertEqual(len(campaign.wave_ids), 2)
        self.assertEqual(len(self.invitations(campaign)), 2)
