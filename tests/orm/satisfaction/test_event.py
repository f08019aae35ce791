"""A targeted campaign asks about each event once, in the wave of the month."""

from odoo.fields import Date
from odoo.tests import tagged

from .askers import AskersCase


@tagged("post_install", "-at_install")
class TestEvent(AskersCase):
    def targeted(self, event, **values):
        return self.started(frequency="targeted", event=event, **values)

    def day(self, days):
        return Date.add(self.env.company._edu_today(), days=days)

    def closed_complaint(self, customer):
        complaint = self.make_complaint(customer, step="feedback")
        complaint.write({"cause_id": self.cause().id, "lesson": "Ask first"})
        complaint._accept()
        complaint.action_close()
        return complaint

    # ------------------------------------------------------------------ each event
    def test_who_complained_is_asked_after_the_closing(self):
        customer = self.make_asked()
        complaint = self.closed_complaint(customer)
        campaign = self.targeted("complaint_closed")
        self.run_job()
        self.assertRecordValues(
            self.invitations(campaign),
            [
                {
                    "partner_id": customer.id,
                    "event_key": f"edu.complaint,{complaint.id}",
                    "state": "sent",
                }
            ],
        )
        self.assertEqual(len(self.mails(customer)), 1)

    def test_who_ordered_is_asked(self):
        guardian = self.make_person(email="mother@example.com")
        learner = self.make_learner(guardian, edu_tier_id=self.mark.id)
        order = self.make_course_order(guardian, learner)
        campaign = self.targeted("order_confirmed")
        self.run_job()
        self.assertRecordValues(
            self.invitations(campaign),
            [
                {
                    "partner_id": guardian.id,
                    "learner_id": learner.id,
                    "enrollment_id": order.edu_enrollment_ids.id,
                    "role": "guardian",
                }
            ],
        )

    def test_an_enrollment_is_asked_about_so_many_days_after_its_first(self):
        customer = self.make_asked()
        self.make_enrollment(customer, edu_date_start=self.day(0))
        campaign = self.targeted("enrollment_started", event_days=7)
        self.run_job()
        self.assertFalse(self.invitations(campaign))
        with self.on(self.day(7)):
            self.run_job()
        self.assertEqual(self.invitations(campaign).partner_id, customer)

    def test_an_enrollment_is_asked_about_before_its_end(self):
        customer = self.make_asked()
        enrollment = self.make_enrollment(customer)
        early = self.targeted("enrollment_ending", event_days=3)
        late = self.targeted("enrollment_ending", event_days=60)
        self.run_job()
        self.assertFalse(self.invitations(early))
        self.assertEqual(self.invitations(late).enrollment_id, enrollment)

    def test_who_came_to_a_trial_lesson_is_asked_though_no_customer_yet(self):
        prospect = self.make_person(
            email="new@example.com", edu_tier_id=self.mark.id, edu_is_customer=False
        )
        self.make_trial(
            self.make_lead(prospect),
            state="attended",
            start_at=self.moment_ago(1),
        )
        campaign = self.targeted("trial_attended", date_from=self.day(-2))
        self.run_job()
        self.assertEqual(self.invitations(campaign).partner_id, prospect)

    # ------------------------------------------------------------------ which ones
    def test_what_was_before_the_campaign_is_not_asked_about(self):
        order = self.make_course_order(self.make_asked())
        order.date_order = self.moment_ago(3)
        campaign = self.targeted("order_confirmed")
        self.run_job()
        self.assertFalse(self.invitations(campaign))

    def test_events_of_others_than_the_audience_are_not_asked_about(self):
        self.make_course_order(self.make_customer(email="other@example.com"))
        campaign = self.targeted("order_confirmed")
        self.run_job()
        self.assertFalse(self.invitations(campaign))

    def test_events_of_another_company_are_not_asked_about(self):
        campus = self.make_company()
        campaign = self.targeted("complaint_closed", company_id=campus.id)
        self.closed_complaint(self.make_asked())
        self.run_job()
        self.assertFalse(self.invitations(campaign))

    # ------------------------------------------------------------------ once
    def test_an_event_is_asked_about_once(self):
        self.make_course_order(self.make_asked())
        campaign = self.targeted("order_confirmed")
        self.run_job()
        self.run_job()
        with self.on(self.day(40)):
            self.run_job()
        self.assertEqual(len(self.invitations(campaign)), 1)

    def test_who_is_left_out_stays_in_the_wave_and_is_not_asked_later(self):
        self.make_course_order(self.make_asked(edu_no_surveys=True))
        campaign = self.targeted("order_confirmed")
        self.run_job()
        self.run_job()
        self.assertEqual(
            self.invitations(campaign).mapped("skip_reason"), ["opted_out"]
        )

    def test_two_campaigns_do_not_ask_about_the_same_event(self):
        self.env.company.edu_survey_rest_days = 0
        self.make_course_order(self.make_asked())
        first = self.targeted("order_confirmed")
        self.run_job()
        second = self.targeted("order_confirmed")
        self.run_job()
        self.assertFalse(self.invitations(first).skip_reason)
        self.assertEqual(self.invitations(second).skip_reason, "event_asked")

    def test_events_of_a_month_are_in_one_wave(self):
        self.env.company.edu_survey_rest_days = 0
        with self.on("2026-11-10"):
            self.make_course_order(self.make_asked())
            campaign = self.targeted("order_confirmed", answer_days=14)
            self.run_job()
        with self.on("2026-11-20"):
            self.make_course_order(self.make_asked())
            self.run_job()
        with self.on("2026-12-02"):
            self.make_course_order(self.make_asked())
            self.run_job()
        waves = campaign.wave_ids.sorted("period")
        self.assertEqual(waves.mapped("period"), ["2026-11", "2026-12"])
        self.assertEqual([len(w.invitation_ids) for w in waves], [2, 1])
        self.assertEqual(waves[0].date_end, Date.to_date("2026-12-14"))

    def test_a_campaign_that_is_not_running_asks_about_nothing(self):
        self.make_course_order(self.make_asked())
        campaign = self.targeted("order_confirmed")
        campaign.action_finish()
        self.run_job()
        self.assertFalse(campaign.wave_ids)
