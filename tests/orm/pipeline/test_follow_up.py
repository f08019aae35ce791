"""A new intent schedules what its level asks for: once, and high sooner than low."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import MODULE, EduCase

HIGH = {"edu_man_money": "yes", "edu_man_authority": "decide", "edu_man_need": "yes"}
LOW = {"edu_man_money": "no"}


@tagged("post_install", "-at_install")
class TestFollowUp(EduCase):
    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "tracking_disable": False}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.leader = cls.make_user("leader")
        cls.nobody = cls.env["res.partner"]
        cls.today = cls.env.company._edu_today()
        cls.call = cls.env.ref(f"{MODULE}.mail_activity_type_follow_up")

    def make_own_lead(self, **values):
        return self.make_lead(self.nobody, **{"user_id": self.agent.id, **values})

    def make_plan(self, *delays, **values):
        """Return a plan with a step for each number of days after its date."""
        return self.env["mail.activity.plan"].create(
            {
                "name": "Win the customer",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "summary": f"Step {delay}",
                            "delay_count": delay,
                            "delay_from": "after_plan_date",
                            **values,
                        }
                    )
                    for delay in delays
                ],
            }
        )

    def policy(self, intent):
        return self.env.ref(f"{MODULE}.edu_intent_policy_{intent}")

    def due(self, lead):
        """Return in how many days each planned activity is due."""
        days = lead.activity_ids.mapped("date_deadline")
        return sorted((day - self.today).days for day in days)

    # ------------------------------------------------------------------ by intent
    def test_a_screened_lead_gets_a_call_of_its_owner_after_the_days_of_its_level(self):
        for values, days in ((HIGH, 1), ({"edu_man_money": "yes"}, 3), (LOW, 14)):
            with self.subTest(days=days):
                call = self.make_own_lead(**values).activity_ids
                self.assertEqual(call.activity_type_id, self.call)
                self.assertEqual(call.user_id, self.agent)
                self.assertEqual((call.date_deadline - self.today).days, days)

    def test_the_delays_are_configurable(self):
        self.policy("high").follow_up_days = 0
        self.policy("low").follow_up_days = 30
        self.assertEqual(self.due(self.make_own_lead(**HIGH)), [0])
        self.assertEqual(self.due(self.make_own_lead(**LOW)), [30])

    def test_a_company_has_its_own_delay(self):
        campus = self.make_company()
        self.env["edu.intent.policy"].create(
            {"intent": "high", "min_score": 80, "follow_up_days": 5}
            | {"company_id": campus.id}
        )
        clerk = self.make_user("agent", company=campus)
        lead = self.make_own_lead(
            user_id=clerk.id, company_id=campus.id, team_id=False, **HIGH
        )
        self.assertEqual(lead.company_id, campus)
        self.assertEqual(self.due(lead), [5])

    def test_a_lead_without_answer_gets_nothing(self):
        self.assertFalse(self.make_own_lead().activity_ids)

    def test_the_owner_is_not_flooded_with_emails(self):
        lead = self.make_own_lead()
        before = self.env["mail.mail"].search_count([])
        lead.write(HIGH)
        self.assertTrue(lead.activity_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    # ------------------------------------------------------------------ once
    def test_the_same_intent_again_schedules_nothing_more(self):
        lead = self.make_own_lead(**HIGH)
        call = lead.activity_ids
        lead.edu_man_authority = "advise"
        lead.write(
            {"edu_intent_override": "high", "edu_intent_override_reason": "I am sure"}
        )
        self.assertEqual(lead.edu_intent, "high")
        self.assertEqual(lead.activity_ids, call)

    def test_a_done_call_does_not_come_again(self):
        lead = self.make_own_lead(**HIGH)
        lead.activity_ids.action_feedback()
        lead.edu_man_authority = "advise"
        self.assertFalse(lead.activity_ids)

    def test_another_intent_takes_the_place_of_the_first(self):
        lead = self.make_own_lead(**LOW)
        lead.write(HIGH)
        self.assertEqual(self.due(lead), [1])
        lead.write(
            {"edu_intent_override": "low", "edu_intent_override_reason": "Moves away"}
        )
        self.assertEqual(self.due(lead), [14])
        lead.write(dict.fromkeys(HIGH, False) | {"edu_intent_override": False})
        self.assertFalse(lead.edu_intent)
        self.assertEqual(self.due(lead), [])

    def test_what_people_planned_stays(self):
        lead = self.make_own_lead(**LOW)
        meeting = lead.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.agent.id, automated=False
        )
        lead.write(HIGH)
        self.assertEqual(lead.activity_ids, meeting)

    def test_no_call_is_added_to_what_is_planned_sooner(self):
        lead = self.make_own_lead()
        lead.activity_schedule("mail.mail_activity_data_meeting")
        lead.write(HIGH)
        self.assertEqual(self.due(lead), [0])

    def test_but_it_is_to_what_is_planned_later(self):
        lead = self.make_own_lead()
        later = self.days_ago(-9)
        lead.activity_schedule("mail.mail_activity_data_meeting", date_deadline=later)
        lead.write(HIGH)
        self.assertEqual(self.due(lead), [1, 9])

    def test_a_lost_lead_is_not_followed_up(self):
        lead = self.make_own_lead()
        lead.action_set_lost()
        lead.write(HIGH)
        self.assertEqual(lead.edu_intent, "high")
        self.assertFalse(lead.activity_ids)

    def test_who_loads_many_leads_plans_nothing(self):
        for key in ("import_file", "tracking_disable", "mail_activity_automation_skip"):
            with self.subTest(context=key):
                leads = self.env["crm.lead"].with_context(**{key: True})
                lead = leads.create({"name": "Loaded", **HIGH})
                self.assertEqual((lead.edu_intent, lead.activity_ids.ids), ("high", []))
                lead = lead.with_context(**{key: False})
                lead.edu_man_authority = "advise"
                self.assertFalse(lead.activity_ids)

    # ------------------------------------------------------------------ who
    def test_without_owner_the_team_leader_is_asked(self):
        team = self.env["crm.team"].create({"name": "N", "user_id": self.leader.id})
        lead = self.make_own_lead(user_id=False, team_id=team.id, **HIGH)
        self.assertEqual(lead.activity_ids.user_id, self.leader)

    def test_without_either_the_lead_waits_for_whoever_takes_it(self):
        lead = self.make_own_lead(user_id=False, team_id=False, **HIGH)
        self.assertEqual(self.due(lead), [1])
        self.assertFalse(lead.activity_ids.user_id)

    def test_a_salesperson_without_role_triggers_it_too(self):
        clerk = self.make_user("salesperson")
        rule = self.env.ref(f"{MODULE}.edu_screening_rule_referred")
        rule.points = 100
        lead = self.make_own_lead(user_id=clerk.id, **LOW)
        lead.with_user(clerk).referred = "Wang"
        self.assertEqual(lead.edu_intent, "medium")
        self.assertEqual(self.due(lead), [3])

    def test_a_new_owner_takes_over_what_is_scheduled(self):
        successor = self.make_user("agent")
        own = self.make_own_lead(**HIGH)
        meeting = own.activity_schedule(
            "mail.mail_activity_data_meeting", user_id=self.leader.id
        )
        nobodys = self.make_own_lead(user_id=False, team_id=False, **HIGH)
        call = own.activity_ids - meeting
        (own | nobodys).user_id = successor
        self.assertEqual(call.user_id, successor)
        self.assertEqual(nobodys.activity_ids.user_id, successor)
        self.assertEqual(meeting.user_id, self.leader)

    def test_merged_leads_have_one_follow_up(self):
        for first, second, days in ((HIGH, LOW, [1]), ({}, LOW, [14]), (HIGH, {}, [1])):
            with self.subTest(first=first, second=second):
                kept = self.make_own_lead(probability=90, **first)
                other = self.make_own_lead(probability=10, **second)
                (kept | other).merge_opportunity()
                self.assertEqual(self.due(kept), days)

    # ------------------------------------------------------------------ plans
    def test_the_plan_of_the_level_is_scheduled(self):
        self.policy("high").plan_id = self.make_plan(0, 2, 7)
        lead = self.make_own_lead(**HIGH)
        self.assertEqual(self.due(lead), [1, 3, 8])
        self.assertEqual(lead.activity_ids.user_id, self.agent)
        self.assertEqual(
            set(lead.activity_ids.mapped("summary")), {"Step 0", "Step 2", "Step 7"}
        )

    def test_a_step_of_somebody_else_goes_to_that_user(self):
        self.policy("high").plan_id = self.make_plan(
            0, responsible_type="other", responsible_id=self.leader.id
        )
        lead = self.make_own_lead(**HIGH)
        self.assertEqual(lead.activity_ids.user_id, self.leader)

    def test_another_intent_ends_what_is_left_of_the_plan(self):
        self.policy("high").plan_id = self.make_plan(0, 2, 7)
        lead = self.make_own_lead(**HIGH)
        lead.activity_ids.sorted("date_deadline")[0].action_feedback()
        lead.write(LOW)
        self.assertEqual(self.due(lead), [14])

    def test_an_archived_plan_is_no_plan(self):
        self.policy("high").plan_id = self.make_plan(0, 2)
        self.policy("high").plan_id.active = False
        self.env.registry.clear_cache()
        self.assertEqual(self.due(self.make_own_lead(**HIGH)), [1])

    def test_a_plan_of_something_else_is_refused(self):
        plan = self.make_plan()
        plan.res_model = "res.partner"
        with self.assertRaisesRegex(ValidationError, "one of leads"):
            self.policy("high").plan_id = plan

    def test_the_night_schedules_what_it_changes(self):
        lead = self.make_own_lead(edu_man_money="yes")
        self.policy("high").min_score = 41
        self.env.ref(f"{MODULE}.edu_screening_rule_money_yes").points = 60
        self.run_cron(f"{MODULE}.ir_cron_lead_screening")
        self.assertEqual(lead.edu_intent, "high")
        self.assertEqual(self.due(lead), [1])
