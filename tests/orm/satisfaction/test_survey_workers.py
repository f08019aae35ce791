"""Two workers on one campaign, and a worker that is killed: nobody is asked twice."""

from odoo.tests import tagged

from ..common import EduCase
from ..workers import Workers


@tagged("post_install", "-at_install")
class TestSurveyWorkers(Workers, EduCase):
    def make_committed(self, people=4, **values):
        """Return ids of a running campaign and of its audience, committed."""
        with self.worker() as env:
            tier = env["edu.customer.tier"].create(
                {"name": "Asked at once", "code": "asked_at_once"}
            )
            partners = env["res.partner"].create(
                [
                    {
                        "name": f"Asked {number}",
                        "email": f"at.once.{number}@example.com",
                        "edu_tier_id": tier.id,
                    }
                    for number in range(people)
                ]
            )
            survey = env["survey.survey"].create(
                {
                    "title": "Asked at once",
                    "edu_is_satisfaction": True,
                    "question_and_page_ids": [
                        (0, 0, {"title": "How?", "question_type": "text_box"})
                    ],
                }
            )
            campaign = env["edu.survey.campaign"].create(
                {
                    "name": "At once",
                    "survey_id": survey.id,
                    "tier_ids": tier.ids,
                    "state": "running",
                    **values,
                }
            )
            env.flush_all()
            self.addCleanup(self._clean, campaign, survey, partners, tier)
            return campaign.id, partners.ids

    def _clean(self, campaign, survey, partners, tier):
        with self.worker() as env:
            campaign = campaign.with_env(env)
            ids = campaign.wave_ids.invitation_ids.ids
            env["mail.mail"].search(
                [("model", "=", "edu.survey.invitation"), ("res_id", "in", ids)]
            ).unlink()
            campaign.wave_ids.unlink()
            campaign.unlink()
            for records in (survey, partners, tier):
                records.with_env(env).unlink()

    def wave_of(self, env, campaign_id):
        return env["edu.survey.campaign"].browse(campaign_id)._begin_wave()

    def mails(self, env, ids):
        return env["mail.mail"].search_count(
            [("model", "=", "edu.survey.invitation"), ("res_id", "in", ids)]
        )

    # ------------------------------------------------------------------ sending
    def test_two_who_send_at_once_mail_everybody_once(self):
        campaign_id, _people = self.make_committed()
        with self.worker() as env:
            ids = self.wave_of(env, campaign_id).invitation_ids.ids
        with self.late_worker() as late:
            rows = late["edu.survey.invitation"].browse(ids)
            rows.read(["state"])
            with self.worker() as first:
                # One of them is being sent by the first: the late one leaves it out.
                sent = first["edu.survey.invitation"].browse(ids[:1])._send()
                self.assertEqual(sent.ids, ids[:1])
                self.assertEqual(rows._send().ids, ids[1:])
            # The first is done meanwhile: the late one does not even try.
            self.assertFalse(rows[:1]._send())
        with self.worker() as env:
            env["edu.survey.invitation"].browse(ids)._send()
            self.assertEqual(self.mails(env, ids), len(ids))

    def test_two_who_remind_at_once_remind_once(self):
        campaign_id, _people = self.make_committed()
        with self.worker() as env:
            invitations = self.wave_of(env, campaign_id).invitation_ids
            invitations._send()
            invitations.next_reminder_on = env.company._edu_today()
            ids = invitations.ids
        with self.late_worker() as late:
            rows = late["edu.survey.invitation"].browse(ids)
            rows.read(["state"])
            with self.worker() as first:
                first["edu.survey.invitation"].browse(ids)._remind()
                first.flush_all()
                self.assertFalse(rows._remind())
            self.assertFalse(rows._remind())
        with self.worker() as env:
            invitations = env["edu.survey.invitation"].browse(ids)
            self.assertEqual(invitations.mapped("reminders"), [1] * len(ids))
            self.assertEqual(self.mails(env, ids), 2 * len(ids))

    # ------------------------------------------------------------------ filling
    def test_two_who_fill_a_wave_ask_nobody_twice(self):
        campaign_id, people = self.make_committed()
        with self.worker() as env:
            wave_id = env["edu.survey.campaign"].browse(campaign_id)._create_wave().id
        with self.late_worker() as late:
            late["edu.survey.wave"].browse(wave_id).read(["state"])
            with self.worker() as first:
                partners = first["res.partner"].browse(people)
                first["edu.survey.wave"].browse(wave_id)._invite(partners)
            # It does not see them yet, and still makes none of them again.
            partners = late["res.partner"].browse(people)
            self.assertFalse(late["edu.survey.wave"].browse(wave_id)._invite(partners))

    def test_two_who_begin_a_regular_wave_begin_one(self):
        campaign_id, _people = self.make_committed(
            frequency="regular", next_run_on=self.env.company._edu_today()
        )
        with self.late_worker() as late:
            campaign = late["edu.survey.campaign"].browse(campaign_id)
            campaign.read(["next_run_on"])
            with self.worker() as first:
                first["edu.survey.campaign"].browse(campaign_id)._begin_due_waves()
                first.flush_all()
                campaign._begin_due_waves()
            campaign._begin_due_waves()
            self.assertFalse(campaign.wave_ids)
        with self.worker() as env:
            campaign = env["edu.survey.campaign"].browse(campaign_id)
            self.assertEqual(len(campaign.wave_ids), 1)
            campaign._begin_due_waves()
            self.assertEqual(len(campaign.wave_ids), 1)

    def test_the_wave_of_a_month_is_made_once(self):
        campaign_id, _people = self.make_committed(
            frequency="targeted", event="order_confirmed"
        )
        with self.late_worker() as late:
            campaign = late["edu.survey.campaign"].browse(campaign_id)
            campaign.read(["name"])
            with self.worker() as first:
                first["edu.survey.campaign"].browse(campaign_id)._month_wave()
            self.assertFalse(campaign._month_wave())

    # ------------------------------------------------------------------ killed
    def test_a_killed_worker_has_sent_whole_batches_and_the_next_goes_on(self):
        campaign_id, _people = self.make_committed(people=5)
        with self.worker() as env:
            ids = self.wave_of(env, campaign_id).invitation_ids.ids

        batches = []

        def send(batch):
            batches.append(len(batch))
            batch._send()
            if len(batches) == 2:
                raise KeyboardInterrupt

        with self.assertRaises(KeyboardInterrupt), self.worker() as env:
            rows = env["edu.survey.invitation"].browse(ids)
            env["edu.job.failure"]._run_job("survey_send", rows, send, size=2)
        with self.worker() as env:
            rows = env["edu.survey.invitation"].browse(ids)
            self.assertEqual(len(rows.filtered("sent_at")), 2)
            self.assertEqual(self.mails(env, ids), 2)
            waiting = env["edu.survey.invitation"]._to_send() & rows
            self.assertEqual(len(waiting), 3)
            waiting._send()
            self.assertEqual(self.mails(env, ids), 5)
