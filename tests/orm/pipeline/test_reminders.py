"""The owner of a late lead is reminded exactly once per episode."""

from unittest.mock import patch

from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from ..common import MODULE
from .test_late_leads import LATE, NOW, LateCase

LIMIT = f"{MODULE}.mail_activity_type_stage_limit"
CRON = f"{MODULE}.ir_cron_lead_follow_up"


@tagged("post_install", "-at_install")
class TestReminders(LateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads_before = cls.env["crm.lead"].search([])
        cls.leads_before.active = False

    def night(self, now=None):
        """Run the job; ``now`` is also the time of the transaction."""
        if not now:
            return self.run_cron(CRON)
        moment = Datetime.to_datetime(now)
        with (
            freeze_time(now),
            patch.object(type(self.env.cr), "now", lambda _cr: moment),
        ):
            return self.run_cron(CRON)

    def reminders(self, lead, kind=LATE, **context):
        activities = lead.with_context(**context).activity_ids
        return activities.filtered(
            lambda one: one.activity_type_id == self.env.ref(kind)
        )

    def assertReminded(self, lead, times=1):
        self.assertEqual(len(self.reminders(lead)), times)

    # ------------------------------------------------------------------ once
    def test_the_owner_of_a_late_lead_is_reminded_today(self):
        lead = self.make_lead_of()
        self.night()
        reminder = self.reminders(lead)
        self.assertEqual(reminder.user_id, self.agent)
        self.assertEqual(str(reminder.date_deadline), "2026-09-16")

    def test_a_lead_in_time_brings_no_reminder(self):
        lead = self.make_lead_of(planned=[1])
        self.night()
        self.assertReminded(lead, 0)

    def test_a_second_run_changes_nothing(self):
        lead = self.make_lead_of()
        self.night()
        before = (self.reminders(lead), lead.edu_reminded_at, lead.write_date)
        self.night("2026-09-16 05:00:00")
        self.night("2026-09-19 04:00:00")
        after = (self.reminders(lead), lead.edu_reminded_at, lead.write_date)
        self.assertEqual(after, before)

    def test_who_deletes_the_reminder_is_not_reminded_again(self):
        lead = self.make_lead_of()
        self.night()
        self.reminders(lead).unlink()
        self.night("2026-09-17 04:00:00")
        self.assertReminded(lead, 0)

    # ------------------------------------------------------------------ episodes
    def test_planning_something_ends_the_episode_and_the_reminder(self):
        lead = self.make_lead_of()
        self.night()
        meeting = self.plan(lead, 2)
        self.night("2026-09-17 04:00:00")
        self.assertReminded(lead, 0)
        self.assertFalse(lead.edu_reminded_at)
        meeting.unlink()
        self.night("2026-09-18 04:00:00")
        self.assertReminded(lead)

    def test_contact_ends_the_episode_and_the_next_one_is_told_again(self):
        lead = self.make_lead_of()
        self.night()
        first = self.reminders(lead)
        with freeze_time("2026-09-16 06:00:00"):
            lead._after_contact()
        self.night("2026-09-17 04:00:00")
        self.assertReminded(lead)
        self.assertNotEqual(self.reminders(lead), first)

    def test_marking_the_reminder_done_counts_as_contact(self):
        lead = self.make_lead_of(planned=[-1], days=9)
        self.night()
        with freeze_time("2026-09-16 06:00:00"):
            self.reminders(lead).action_feedback(feedback="Called")
        self.assertEqual(str(lead.edu_last_contact_at), "2026-09-16 06:00:00")
        self.night("2026-09-17 04:00:00")
        self.assertReminded(lead, 0)

    def test_who_planned_the_next_step_is_left_in_peace(self):
        lead = self.make_lead_of(days=9, planned=[3])
        self.assertTrue(lead.edu_is_late)
        self.night()
        self.assertReminded(lead, 0)

    def test_but_not_once_that_step_is_overdue(self):
        lead = self.make_lead_of(days=9, planned=[3])
        self.night("2026-09-20 04:00:00")
        self.assertReminded(lead)

    def test_closing_a_lead_ends_its_episode(self):
        lead = self.make_lead_of()
        self.night()
        self.lose(lead)
        self.night("2026-09-17 04:00:00")
        self.assertReminded(lead, 0)
        self.assertFalse(lead.edu_reminded_at)

    # ------------------------------------------------------------------ who
    def test_without_owner_the_team_leader_is_reminded(self):
        leader = self.make_user("leader")
        self.school.user_id = leader
        lead = self.make_lead_of(user_id=False)
        self.night()
        self.assertEqual(self.reminders(lead).user_id, leader)

    def test_of_an_owner_who_left_too(self):
        leader = self.make_user("leader")
        self.school.user_id = leader
        lead = self.make_lead_of()
        self.agent.active = False
        self.night()
        self.assertEqual(self.reminders(lead).user_id, leader)

    def test_without_either_the_reminder_waits_for_an_owner(self):
        self.school.user_id = False
        lead = self.make_lead_of(user_id=False)
        self.night()
        self.assertReminded(lead, 0)
        lead.user_id = self.agent
        self.night()
        self.assertReminded(lead)

    def test_a_new_owner_takes_over_the_reminder(self):
        lead = self.make_lead_of()
        self.night()
        successor = self.make_user("agent")
        lead.user_id = successor
        self.assertEqual(self.reminders(lead).user_id, successor)

    def test_no_emails_are_sent(self):
        self.make_lead_of()
        before = self.env["mail.mail"].search_count([])
        self.night()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    # ------------------------------------------------------------------ time limit
    def make_slow_lead(self, days):
        lead = self.make_lead_of(planned=[1])
        lead.stage_id.rotting_threshold_days = 5
        lead.date_last_stage_update = self.moment_ago(days)
        self.env.flush_all()
        return lead

    def night_of_limits(self):
        self.night(NOW)

    def test_the_owner_is_told_when_a_lead_stays_too_long(self):
        slow, quick = self.make_slow_lead(6), self.make_slow_lead(4)
        self.night_of_limits()
        self.assertEqual(self.reminders(slow, LIMIT).user_id, self.agent)
        self.assertFalse(self.reminders(quick, LIMIT))

    def test_once_per_stay(self):
        lead = self.make_slow_lead(6)
        self.night_of_limits()
        reminder = self.reminders(lead, LIMIT)
        self.night("2026-09-18 04:00:00")
        self.assertEqual(self.reminders(lead, LIMIT), reminder)
        reminder.unlink()
        self.night("2026-09-19 04:00:00")
        self.assertFalse(self.reminders(lead, LIMIT))

    def test_another_stage_ends_it_and_may_begin_another(self):
        lead = self.make_slow_lead(6)
        self.night_of_limits()
        consulting = self.env.ref(f"{MODULE}.crm_stage_consulting")
        consulting.rotting_threshold_days = 5
        lead.stage_id = consulting
        self.assertFalse(self.reminders(lead, LIMIT))
        lead.date_last_stage_update = self.moment_ago(1)
        self.night_of_limits()
        self.assertFalse(self.reminders(lead, LIMIT))
        self.night("2026-09-21 05:00:00")
        self.assertEqual(len(self.reminders(lead, LIMIT)), 1)

    def test_leads_of_other_teams_are_not_our_business(self):
        stage = self.env["crm.stage"].create(
            {"name": "Robots", "rotting_threshold_days": 5}
        )
        team = self.env["crm.team"].create({"name": "Robots"})
        lead = self.make_lead_of(team_id=team.id, stage_id=stage.id, planned=[1])
        lead.date_last_stage_update = self.moment_ago(9)
        self.night_of_limits()
        self.assertFalse(self.reminders(lead, LIMIT))

    # ------------------------------------------------------------------ cost
    def test_many_reminders_take_the_same_queries_as_few(self):
        def night(number):
            leads = self.make_bare_leads(number)
            with self.count_queries() as queries:
                leads._remind_of_follow_up()
            self.assertTrue(all(leads.mapped("edu_reminded_at")))
            return queries[0]

        night(2)
        few, many = night(10), night(100)
        self.assertLessEqual(many, few + 4)
