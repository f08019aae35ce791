"""A trial lesson moves its lead and gives the adviser one thing to do next."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..common import CRON_TRIAL_RESULTS, GOOD_RESULT, MODULE, EduCase

FOLLOW_UP = f"{MODULE}.mail_activity_type_trial_follow_up"
RESCHEDULE = f"{MODULE}.mail_activity_type_trial_reschedule"
RESULT = f"{MODULE}.mail_activity_type_trial_result"


@tagged("post_install", "-at_install")
class TestTrialFollowup(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.team = cls.env.ref(f"{MODULE}.crm_team_school")
        cls.lead = cls.make_school_lead()

    @classmethod
    def make_school_lead(cls, step="consulting", **values):
        return cls.make_lead(
            cls.make_person(),
            team_id=cls.team.id,
            user_id=cls.agent.id,
            stage_id=cls.step(step).id,
            edu_has_wish=True,
            **values,
        )

    @classmethod
    def step(cls, code):
        return cls.env.ref(f"{MODULE}.crm_stage_{code}")

    def confirmed(self, lead=None, **values):
        values.setdefault("start_at", self.moment_ago(1))
        return self.make_trial(lead or self.lead, state="confirmed", **values)

    def attend(self, lesson, **values):
        lesson.with_user(self.agent).write({**GOOD_RESULT, **values})
        lesson.with_user(self.agent).action_attend()

    def miss(self, lesson):
        lesson.with_user(self.agent).write({"missed_reason": "Ill"})
        lesson.with_user(self.agent).action_miss()

    def activities(self, record, xmlid):
        activity_type = self.env.ref(xmlid)
        return record.activity_ids.filtered(
            lambda activity: activity.activity_type_id == activity_type
        )

    def in_days(self, days):
        return self.env.company._edu_today() + timedelta(days=days)

    # ------------------------------------------------------------------ stage
    def test_planning_moves_the_lead_to_trial(self):
        self.make_trial(self.lead)
        self.assertEqual(self.lead.stage_id, self.step("trial"))

    def test_a_lead_further_on_stays_there(self):
        for code in ("trial", "signing", "payment"):
            with self.subTest(step=code):
                lead = self.make_school_lead(code)
                self.make_trial(lead).action_confirm()
                self.assertEqual(lead.stage_id, self.step(code))

    def test_a_lead_of_another_kind_of_team_stays_where_it_is(self):
        team = self.env["crm.team"].create({"name": "Books"})
        stage = self.env["crm.stage"].create({"name": "New", "sequence": 0})
        lead = self.make_lead(self.make_person(), team_id=team.id, stage_id=stage.id)
        self.make_trial(lead)
        self.assertEqual(lead.stage_id, stage)

    def test_canceling_moves_nothing_back(self):
        self.make_trial(self.lead).action_cancel()
        self.assertEqual(self.lead.stage_id, self.step("trial"))

    def test_a_colleague_without_the_lead_may_plan_for_it(self):
        """The host hides colleagues' leads; the lesson of the team is not hidden."""
        colleague = self.make_user("agent")
        for member in (colleague, self.agent):
            self.env["crm.team.member"].create(
                {"crm_team_id": self.team.id, "user_id": member.id}
            )
        lesson = self.make_trial(self.lead)
        self.lead.stage_id = self.step("consulting")
        lesson.with_user(colleague).action_confirm()
        self.assertEqual(self.lead.stage_id, self.step("trial"))

    # ------------------------------------------------------------------ next step
    def test_after_the_lesson_the_adviser_calls(self):
        self.attend(self.confirmed())
        activity = self.activities(self.lead, FOLLOW_UP)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.agent)
        self.assertEqual(activity.date_deadline, self.in_days(1))
        self.assertEqual(activity.summary, "Call about the trial lesson")

    def test_who_wants_to_enroll_is_not_kept_waiting(self):
        self.attend(self.confirmed(), outcome="enroll")
        activity = self.activities(self.lead, FOLLOW_UP)
        self.assertEqual(activity.date_deadline, self.in_days(0))
        self.assertIn("prepare the contract", activity.summary)

    def test_who_is_not_interested_is_asked_why(self):
        self.attend(self.confirmed(), outcome="not_interested")
        self.assertIn("reason", self.activities(self.lead, FOLLOW_UP).summary)

    def test_a_missed_lesson_is_offered_again(self):
        self.miss(self.confirmed())
        activity = self.activities(self.lead, RESCHEDULE)
        self.assertEqual(activity.user_id, self.agent)
        self.assertEqual(activity.date_deadline, self.in_days(0))
        self.make_trial(self.lead)
        self.assertFalse(self.activities(self.lead, RESCHEDULE))

    def test_one_step_each_however_often_the_result_is_recorded(self):
        lesson = self.confirmed()
        for _time in range(2):
            self.attend(lesson)
            lesson.action_reset()
            lesson.action_confirm()
        self.attend(self.confirmed(start_at=self.moment_ago(3)))
        self.assertEqual(len(self.activities(self.lead, FOLLOW_UP)), 1)

    def test_a_closed_lead_asks_for_nothing(self):
        lesson = self.confirmed()
        self.lead.action_set_won()
        self.attend(lesson)
        self.assertFalse(self.activities(self.lead, FOLLOW_UP))

    def test_a_lesson_without_adviser_asks_the_leads_owner(self):
        lesson = self.confirmed()
        lesson.user_id = False
        self.attend(lesson)
        self.assertEqual(self.activities(self.lead, FOLLOW_UP).user_id, self.agent)

    # ------------------------------------------------------------------ on the lead
    def test_the_lead_knows_its_lessons_and_the_last_result(self):
        self.assertFalse(self.lead.edu_trial_state)
        first = self.confirmed()
        self.assertEqual(self.lead.edu_trial_state, "confirmed")
        self.miss(first)
        self.make_trial(self.lead)
        self.assertEqual(self.lead.edu_trial_state, "missed")
        self.assertEqual(self.lead.edu_trial_count, 2)
        found = self.env["crm.lead"].search([("edu_trial_state", "=", "missed")])
        self.assertIn(self.lead, found)

    def test_the_learner_and_the_teacher_count_their_lessons(self):
        lesson = self.make_trial(self.lead)
        self.make_trial(
            self.lead,
            start_at=Datetime.add(lesson.start_at, days=1),
            teacher_id=lesson.teacher_id.id,
        )
        self.assertEqual(lesson.learner_id.edu_trial_count, 2)
        self.assertEqual(lesson.teacher_id.edu_trial_count, 2)
        action = lesson.learner_id.action_edu_view_trials()
        found = self.env["edu.trial.lesson"].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_the_buttons_of_the_lead(self):
        action = self.lead.action_edu_plan_trial()
        self.assertEqual(action["context"], {"default_lead_id": self.lead.id})
        lesson = self.make_trial(self.lead)
        action = self.lead.action_edu_view_trials()
        found = self.env["edu.trial.lesson"].search(action["domain"])
        self.assertEqual(found, lesson)

    # ------------------------------------------------------------------ closing
    def lessons_of_each_kind(self):
        times = (2, 4, -2, -4, -6)
        states = ("planned", "confirmed", "planned", "confirmed", "attended")
        lessons = [
            self.make_trial(self.lead, state=state, start_at=self.moment_ago(-days))
            for days, state in zip(times, states, strict=True)
        ]
        return self.env["edu.trial.lesson"].union(*lessons)

    def test_a_won_lead_needs_no_more_lessons(self):
        lessons = self.lessons_of_each_kind().sorted("id")
        self.lead.with_user(self.agent).action_set_won()
        # The one confirmed that has taken place still waits for its result.
        self.assertEqual(
            lessons.mapped("state"),
            ["canceled", "canceled", "canceled", "confirmed", "attended"],
        )

    def test_a_lost_lead_frees_its_teachers(self):
        lessons = self.lessons_of_each_kind().sorted("id")
        reason = self.env.ref("edu_crm_addon.crm_lost_reason_price")
        self.lead.with_user(self.agent).action_set_lost(lost_reason_id=reason.id)
        self.assertEqual(lessons[0].state, "canceled")
        self.assertFalse(lessons[1].event_id.active)

    def test_other_changes_of_the_lead_cancel_nothing(self):
        lesson = self.make_trial(self.lead)
        self.lead.probability = 70
        self.lead.stage_id = self.step("signing")
        self.assertEqual(lesson.state, "planned")

    def test_a_merged_lead_hands_its_lessons_over(self):
        other = self.make_school_lead()
        lessons = self.make_trial(other) | self.make_trial(self.lead)
        lessons[0].start_at = Datetime.add(lessons[1].start_at, days=2)
        head = (self.lead | other).merge_opportunity()
        self.assertEqual(lessons.lead_id, head)
        self.assertEqual(head.edu_trial_count, 2)

    # ------------------------------------------------------------------ nightly
    def test_the_adviser_is_asked_once_for_a_result(self):
        lesson = self.confirmed()
        self.run_cron(CRON_TRIAL_RESULTS)
        activity = self.activities(lesson, RESULT)
        self.assertEqual(activity.user_id, self.agent)
        self.assertEqual(len(activity), 1)
        activity.action_done()
        self.run_cron(CRON_TRIAL_RESULTS)
        self.assertFalse(self.activities(lesson, RESULT))

    def test_not_asked_before_the_hours_are_over_nor_for_others(self):
        self.env.company.edu_trial_result_hours = 48
        lessons = self.confirmed() | self.make_trial(start_at=self.moment_ago(9))
        lessons |= self.make_trial(state="attended", start_at=self.moment_ago(9))
        self.run_cron(CRON_TRIAL_RESULTS)
        self.assertFalse(lessons.activity_ids)
        self.env.company.edu_trial_result_hours = 20
        self.run_cron(CRON_TRIAL_RESULTS)
        self.assertEqual(lessons.filtered("activity_ids"), lessons[0])

    def test_the_result_settles_the_request(self):
        lesson = self.confirmed()
        self.run_cron(CRON_TRIAL_RESULTS)
        self.attend(lesson)
        self.assertFalse(self.activities(lesson, RESULT))

    def test_a_lesson_moved_is_asked_for_again(self):
        lesson = self.confirmed()
        self.run_cron(CRON_TRIAL_RESULTS)
        lesson.start_at = self.moment_ago(5)
        self.run_cron(CRON_TRIAL_RESULTS)
        self.assertTrue(lesson.is_result_asked)
        self.assertEqual(len(self.activities(lesson, RESULT)), 2)
