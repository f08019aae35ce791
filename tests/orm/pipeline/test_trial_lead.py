"""What trial lessons tell about a lead, and what they cost who has none."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestTrialLead(EduCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.lead = self.make_lead(self.make_person(), user_id=self.agent.id)

    # ------------------------------------------------------------------ screening
    def test_the_result_gives_points_at_once(self):
        self.lead.edu_man_money = "yes"
        before = self.lead.edu_score
        rules = [
            self.env.ref(f"{MODULE}.edu_screening_rule_trial_{result}")
            for result in ("attended", "missed")
        ]
        self.make_trial(self.lead, state="attended", start_at=self.moment_ago(5))
        self.assertEqual(self.lead.edu_score, before + rules[0].points)
        self.make_trial(self.lead, state="missed", start_at=self.moment_ago(2))
        self.assertEqual(self.lead.edu_score, before + rules[1].points)
        self.assertGreater(rules[0].points, 0)
        self.assertLess(rules[1].points, 0)

    def test_a_won_lead_has_nothing_left_to_do(self):
        lead = self.make_lead(
            self.make_person(),
            user_id=self.agent.id,
            team_id=self.env.ref(f"{MODULE}.crm_team_school").id,
        )
        lead.write(
            {"edu_man_money": "yes", "edu_man_need": "yes", "edu_has_wish": True}
        )
        trial = self.make_trial(lead, start_at=self.moment_ago(1))
        trial.action_confirm()
        trial.write({"rating": "5", "feedback": "Lively", "outcome": "enroll"})
        trial.action_attend()
        self.assertTrue(lead.activity_ids)
        self.assertFalse(trial.event_id.activity_ids)
        lead.action_set_won()
        self.env.flush_all()
        lead.invalidate_recordset(["activity_ids"])
        self.assertFalse(lead.activity_ids)

    def test_an_unscreened_lead_stays_unscreened(self):
        self.make_trial(self.lead, state="attended", start_at=self.moment_ago(5))
        self.assertFalse(self.lead.edu_intent)

    def test_nobody_types_the_last_result(self):
        with self.assertRaises(AccessError):
            self.lead.with_user(self.agent).edu_trial_state = "attended"

    # ------------------------------------------------------------------ filters
    def found_by(self, name, user):
        view = self.env.ref(f"{MODULE}.edu_trial_lesson_view_search")
        (node,) = view._get_combined_arch().xpath(f"//filter[@name='{name}']")
        lessons = self.env["edu.trial.lesson"].with_user(user)
        domain = safe_eval(node.get("domain"), {"uid": user.id})
        return lessons.with_context(tz=user.tz).search(domain)

    def test_today_and_this_week_are_those_of_the_user(self):
        user = self.make_user("manager", tz="Asia/Shanghai")
        # Wednesday 4 March 2026, 23:30 in Shanghai.
        with freeze_time("2026-03-04 15:30:00"):
            made = {
                name: self.make_trial(start_at=start)
                for name, start in {
                    "sunday before": "2026-02-28 15:30:00",
                    "sunday": "2026-02-28 16:30:00",
                    "tuesday night": "2026-03-03 15:30:00",
                    "today early": "2026-03-03 16:00:00",
                    "today late": "2026-03-04 15:30:00",
                    "tomorrow": "2026-03-04 16:00:00",
                    "saturday": "2026-03-07 15:30:00",
                    "sunday after": "2026-03-07 16:00:00",
                }.items()
            }
            names = {lesson.id: name for name, lesson in made.items()}
            for filter_name, expected in (
                ("today", {"today early", "today late"}),
                ("this_week", set(made) - {"sunday before", "sunday after"}),
            ):
                found = self.found_by(filter_name, user)
                with self.subTest(filter=filter_name):
                    self.assertEqual(
                        {names[key] for key in found.ids if key in names}, expected
                    )

    def test_to_confirm_are_those_still_to_come(self):
        over = self.make_trial(start_at=self.moment_ago(1))
        soon, confirmed = self.make_trial(), self.make_trial(state="confirmed")
        found = self.found_by("to_confirm", self.env.user)
        self.assertEqual(found & (over | soon | confirmed), soon)
        late = self.found_by("result_late", self.env.user)
        self.assertEqual(late & (over | soon | confirmed), over)

    # ------------------------------------------------------------------ the host
    def test_moving_a_meeting_of_the_host_moves_no_lesson(self):
        lesson = self.make_trial(self.lead, state="confirmed")
        start = Datetime.add(Datetime.now(), days=9).replace(microsecond=0)
        meeting = self.env["calendar.event"].create(
            {"name": "Staff", "start": start, "stop": start + timedelta(hours=1)}
        )
        before = lesson.start_at
        meeting.start = start + timedelta(minutes=30)
        self.assertEqual(lesson.start_at, before)

    def test_closing_leads_without_lessons_asks_one_question(self):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}"} for number in range(20)]
        )
        lessons = self.env["edu.trial.lesson"]
        self.env.flush_all()
        leads._edu_cancel_trials()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            leads._edu_cancel_trials()
        self.assertFalse(lessons.search([("lead_id", "in", leads.ids)]))
