"""Who is told of promises, when: each once, in order, never who it is about."""

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .promises import PromiseCase, at

CRON = "edu_crm_addon.ir_cron_complaint_promises"
WORDS = ("half of the time", "80 % of the time", "it is late", "a working day late")


@tagged("post_install", "-at_install")
class TestEscalation(PromiseCase):
    def job(self, day, clock="10:00"):
        with freeze_time(at(day, clock)):
            self.run_cron(CRON)

    def told(self, complaint, kind="Decide"):
        """Return ``[(user, number of the level)]`` in the order of the activities."""
        activities = self.env["mail.activity"].search(
            [("res_model", "=", complaint._name), ("res_id", "=", complaint.id)],
            order="id",
        )
        return [
            (activity.user_id, number)
            for activity in activities
            for number, words in enumerate(WORDS)
            if words in activity.summary and activity.summary.startswith(kind)
        ]

    def receive_acknowledged(self, *args, **values):
        complaint = self.receive(*args, **values)
        complaint._keep_promise("acknowledge", complaint.received_at)
        return complaint

    def test_each_level_at_its_time(self):
        # Monday 10:00 to Thursday 18:00: 31 hours; half Wednesday 09:30, 80 % 18:48.
        complaint = self.receive_acknowledged(2)
        self.job(4, "09:00")
        self.assertEqual(self.told(complaint), [])
        self.job(4, "09:45")
        self.assertEqual(self.told(complaint), [(self.agent, 0)])
        self.job(5, "12:00")
        self.assertEqual(self.told(complaint)[1:], [(self.agent, 1)])
        self.job(5, "18:10")
        self.assertEqual(self.told(complaint)[2:], [(self.leader, 2)])
        self.assertEqual(complaint.level, "team_leader")
        self.job(6, "18:10")
        self.assertEqual(self.told(complaint)[3:], [(self.manager, 3)])
        self.assertEqual(complaint.level, "supervisor")
        self.assertEqual(complaint.user_id, self.agent)
        self.assertFalse(self.promise(complaint, "decide").next_check_at)

    def test_once_however_often_the_job_runs(self):
        complaint = self.receive_acknowledged(2)
        self.job(4)
        self.job(4)
        self.job(4, "10:15")
        self.assertEqual(self.told(complaint), [(self.agent, 0)])
        notes = complaint.message_ids.filtered(lambda m: WORDS[0] in (m.body or ""))
        self.assertEqual(len(notes), 1)

    def test_all_levels_in_order_after_three_days_without_the_job(self):
        complaint = self.receive_acknowledged(2)
        self.job(9)
        handler = self.agent
        self.assertEqual(
            self.told(complaint),
            [(handler, 0), (handler, 1), (self.leader, 2), (self.manager, 3)],
        )
        note = complaint.message_ids.filtered(lambda m: WORDS[0] in (m.body or "")).body
        places = [note.index(words) for words in WORDS]
        self.assertEqual(places, sorted(places))
        self.assertEqual(self.promise(complaint, "decide").missed_at, at(5, "18:00"))

    def test_who_it_is_about_is_passed_over(self):
        complaint = self.receive_acknowledged(2)
        partners = self.agent.partner_id | self.leader.partner_id
        complaint.accused_partner_ids = [Command.set(partners.ids)]
        self.env["mail.activity"].search([("res_id", "=", complaint.id)]).unlink()
        self.job(9)
        users = {user for user, _level in self.told(complaint)}
        self.assertEqual(users, {self.manager})

    def test_nobody_left_but_the_last_resort(self):
        last = self.make_user("manager")
        self.env.company.edu_compliance_user_id = last
        complaint = self.receive_acknowledged(2)
        partners = self.agent | self.leader | self.manager
        complaint.accused_partner_ids = [Command.set(partners.partner_id.ids)]
        self.job(9)
        self.assertEqual({user for user, _level in self.told(complaint)}, {last})

    def test_with_nobody_at_all_the_note_says_so(self):
        team = self.make_complaint_team(calendar_id=self.calendar.id)
        complaint = self.receive_acknowledged(2, team_id=team.id, user_id=False)
        self.job(9)
        self.assertEqual(self.told(complaint), [])
        self.assertIn("nobody", complaint.message_ids[:1].body)

    def test_what_is_settled_is_asked_no_more(self):
        complaint = self.receive_acknowledged(2)
        self.job(5, "12:00")
        with freeze_time(at(5, "13:00")):
            complaint._keep_promise("decide")
        self.assertEqual(self.told(complaint), [])
        self.job(9)
        self.assertEqual(self.told(complaint), [])

    def test_a_new_date_is_watched_anew(self):
        complaint = self.receive_acknowledged(2)
        self.job(6, "12:00")
        self.assertEqual([level for _user, level in self.told(complaint)], [0, 1, 2])
        with freeze_time(at(6, "13:00")):
            self.promise(complaint, "decide")._extend(at(10, "12:00"), "Illness")
        self.job(9)
        self.assertEqual(len(self.told(complaint)), 3)
        self.job(10, "12:15")
        self.assertEqual(self.told(complaint)[3:], [(self.leader, 2)])

    def test_the_words_are_in_the_language_of_the_reader(self):
        self.agent.lang = "zh_CN"
        complaint = self.receive_acknowledged(2)
        self.job(4)
        activity = complaint.activity_ids.filtered(lambda a: a.user_id == self.agent)
        self.assertIn("2026", activity.summary)

    def test_reports_of_progress_are_watched(self):
        complaint = self.receive_acknowledged(2, complexity="complex")
        self.job(5, "18:30")
        self.assertEqual(
            [level for _user, level in self.told(complaint, "Report progress")],
            [0, 1, 2],
        )

    def test_a_bad_row_does_not_stop_the_others(self):
        bad, good = self.receive_acknowledged(2), self.receive_acknowledged(2)
        deadlines = type(self.env["edu.complaint.deadline"])
        words = deadlines._told_words

        def fail(row, *args):
            if row.complaint_id == bad:
                raise ValueError("bad row")
            return words(row, *args)

        self.patch(deadlines, "_told_words", fail)
        self.job(4)
        self.assertEqual(len(self.told(good)), 1)
        failure = self.env["edu.job.failure"].search(
            [("job", "=", "complaint_promise")]
        )
        self.assertEqual(failure.res_id, self.promise(bad, "decide").id)

    # ------------------------------------------------------------------ at once
    def test_safety_goes_to_the_manager_at_once(self):
        complaint = self.receive(2, is_safety=True)
        self.assertEqual(complaint.user_id, self.manager)
        self.assertEqual(complaint.activity_ids.user_id, self.manager)
        self.assertIn("safety", complaint.activity_ids.summary)

    def test_attitude_goes_to_the_leader_at_once(self):
        complaint = self.receive(2, type="service_attitude")
        self.assertEqual(complaint.user_id, self.leader)
        self.assertEqual(complaint.activity_ids.user_id, self.leader)

    def test_an_ordinary_complaint_asks_nobody(self):
        self.assertFalse(self.receive(2).activity_ids)

    # ------------------------------------------------------------------ by hand
    def escalate(self, complaint, user, **values):
        action = complaint.with_user(user).action_escalate()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"reason": "More than I may grant", **values})
        )
        return wizard.action_escalate()

    def test_an_agent_escalates_to_the_leader(self):
        complaint = self.receive(2)
        complaint.recorded_by_id = self.leader
        action = self.escalate(complaint, self.agent)
        self.assertEqual(complaint.user_id, self.leader)
        self.assertEqual(complaint.level, "team_leader")
        self.assertEqual(complaint.activity_ids.user_id, self.leader)
        self.assertIn("More than I may grant", complaint.message_ids[:1].body)
        # The agent sees it no more and is led back to the list.
        self.assertEqual(action["res_model"], "edu.complaint")

    def test_a_leader_gives_it_to_a_special_person(self):
        complaint = self.receive(2)
        special = self.make_user("agent")
        self.escalate(complaint, self.leader, user_id=special.id, is_delegate=True)
        self.assertEqual(complaint.delegate_id, special)
        self.assertEqual(complaint.user_id, special)

    def test_nobody_escalates_to_who_it_is_about(self):
        complaint = self.receive(2)
        complaint.accused_partner_ids = self.leader.partner_id
        self.assertEqual(complaint.user_id, self.manager)
        with self.assertRaisesRegex(Exception, "cannot handle"):
            self.escalate(complaint, self.manager, user_id=self.leader.id)
