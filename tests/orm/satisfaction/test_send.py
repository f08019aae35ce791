"""The job mails invitations and reminders, each once, and closes waves."""

from odoo.fields import Date
from odoo.tests import tagged

from .askers import AskersCase


@tagged("post_install", "-at_install")
class TestSend(AskersCase):
    # ------------------------------------------------------------------ inviting
    def test_the_job_invites_who_waits(self):
        customer = self.make_asked()
        campaign = self.started()
        self.run_job()
        invitation = campaign.wave_ids.invitation_ids
        self.assertEqual(invitation.state, "sent")
        self.assertTrue(invitation.sent_at)
        mail = self.mails(customer)
        self.assertEqual(len(mail), 1)
        self.assertIn(invitation._get_url(), mail.body_html)
        self.assertIn(invitation._get_opt_out_url(), mail.body_html)

    def test_running_the_job_again_invites_nobody_again(self):
        customer = self.make_asked()
        self.started()
        self.run_job()
        self.run_job()
        self.assertEqual(len(self.mails(customer)), 1)

    def test_who_says_no_before_the_mail_is_not_invited(self):
        customer = self.make_asked()
        campaign = self.started()
        customer.edu_no_surveys = True
        self.run_job()
        self.assertRecordValues(
            campaign.wave_ids.invitation_ids,
            [{"state": "skipped", "skip_reason": "opted_out"}],
        )
        self.assertFalse(self.mails(customer))

    def test_who_was_archived_meanwhile_is_neither_invited_nor_reminded(self):
        early, late = self.make_asked(), self.make_asked()
        campaign = self.started(reminder_days=1)
        early.active = False
        self.run_job()
        self.assertEqual(self.reasons(campaign)[early], "archived")
        self.assertFalse(self.mails(early))
        late.active = False
        with self.on(Date.add(Date.today(), days=2)):
            self.run_job()
        self.assertEqual(len(self.mails(late)), 1)

    def test_of_two_surveys_that_wait_the_first_is_sent(self):
        customer = self.make_asked()
        first, second = self.make_wave(), self.make_wave()
        self.invite(first, customer, state="waiting")
        self.invite(second, customer, state="waiting")
        self.run_job()
        self.assertEqual(first.invitation_ids.state, "sent")
        self.assertEqual(second.invitation_ids.skip_reason, "capped")
        self.assertEqual(len(self.mails(customer)), 1)

    def test_a_closed_wave_invites_nobody(self):
        customer = self.make_asked()
        campaign = self.started()
        campaign.wave_ids.action_close()
        self.run_job()
        self.assertFalse(self.mails(customer))

    def test_an_interview_is_asked_without_mail(self):
        customer = self.make_asked()
        campaign = self.started(method="phone_interview")
        self.run_job()
        self.assertRecordValues(
            campaign.wave_ids.invitation_ids,
            [{"state": "sent", "next_reminder_on": False}],
        )
        self.assertFalse(self.mails(customer))

    # ------------------------------------------------------------------ reminding
    def test_reminders_come_in_steps_and_end(self):
        with self.on("2026-11-02"):
            customer = self.make_asked()
            campaign = self.started(reminder_max=2, reminder_days=4)
            self.run_job()
        invitation = campaign.wave_ids.invitation_ids
        seen = []
        for day in range(3, 16):
            with self.on(f"2026-11-{day:02}"):
                self.run_job()
                self.run_job()
            seen.append((day, invitation.reminders))
        self.assertEqual(dict(seen)[5], 0)
        self.assertEqual(dict(seen)[6], 1)
        self.assertEqual(dict(seen)[9], 1)
        self.assertEqual(dict(seen)[10], 2)
        self.assertEqual(dict(seen)[15], 2)
        self.assertFalse(invitation.next_reminder_on)
        self.assertEqual(len(self.mails(customer)), 3)

    def test_who_answered_or_opted_out_is_not_reminded(self):
        with self.on("2026-11-02"):
            people = [self.make_asked() for _number in range(3)]
            campaign = self.started()
            self.run_job()
        invitations = campaign.wave_ids.invitation_ids
        done = invitations.filtered(lambda i: i.partner_id == people[0])
        done.state = "done"
        people[1].edu_no_surveys = True
        with self.on("2026-11-06"):
            self.run_job()
        self.assertEqual([len(self.mails(p)) for p in people], [1, 1, 2])

    def test_a_job_that_stood_still_reminds_once(self):
        with self.on("2026-11-02"):
            customer = self.make_asked()
            self.started(reminder_max=3, reminder_days=2, answer_days=30)
            self.run_job()
        with self.on("2026-11-20"):
            self.run_job()
        self.assertEqual(len(self.mails(customer)), 2)

    def test_nobody_is_reminded_after_the_last_day(self):
        with self.on("2026-11-02"):
            self.make_asked()
            campaign = self.started(answer_days=3)
            self.run_job()
        self.assertFalse(campaign.wave_ids.invitation_ids.next_reminder_on)

    # ------------------------------------------------------------------ closing
    def test_a_wave_closes_after_its_last_day(self):
        with self.on("2026-11-02"):
            self.make_asked()
            campaign = self.started(answer_days=7)
        wave = campaign.wave_ids
        self.assertEqual(wave.date_end, Date.to_date("2026-11-09"))
        with self.on("2026-11-09"):
            self.run_job()
        self.assertEqual(wave.state, "open")
        with self.on("2026-11-10"):
            self.run_job()
        self.assertEqual(wave.state, "closed")
