"""Late follow-up: leads without next activity, or beyond the delay of their intent."""

from datetime import timedelta
from itertools import cycle, product
from unittest.mock import patch

from lxml import etree

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import MODULE, EduCase

# Wednesday, noon in Shanghai.
NOW = "2026-09-16 04:00:00"
LATE = "edu_crm_addon.mail_activity_type_late"
BY_HAND = {"edu_intent_override_reason": "A test"}


class LateCase(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school = cls.env.ref(f"{MODULE}.crm_team_school")
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.agent = cls.make_user("agent")
        cls.nobody = cls.env["res.partner"]
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Moved away"})

    def lose(self, lead):
        lead.action_set_lost(lost_reason_id=self.reason.id)

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def make_lead_of(self, days=0, intent=False, planned=(), **values):
        """Return an education lead last contacted ``days`` ago, with what is planned.

        ``planned`` holds the due dates as days from today.
        """
        if intent:
            values = {"edu_intent_override": intent, **BY_HAND, **values}
        given = {"user_id": self.agent.id, "team_id": self.school.id, **values}
        lead = self.make_lead(self.nobody, **given)
        lead.edu_last_contact_at = self.moment_ago(days)
        for day in planned:
            self.plan(lead, day)
        return lead

    def make_bare_leads(self, number):
        """Return leads of the agent made in one batch, the cache empty."""
        given = {"team_id": self.school.id, "user_id": self.agent.id}
        leads = self.env["crm.lead"].create(
            [{"name": f"L{i}", **given} for i in range(number)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return leads

    def plan(self, lead, day, kind="mail.mail_activity_data_todo"):
        return lead.activity_schedule(
            kind, date_deadline=self.days_ago(-day), user_id=self.agent.id
        )

    def late(self, leads):
        """Return the late ones of ``leads``, after comparing search and compute."""
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("id", "in", leads.ids)]
        search = leads.with_context(active_test=False).search
        found = search([*domain, ("edu_is_late", "=", True)])
        others = search([*domain, ("edu_is_late", "=", False)])
        self.assertEqual(found | others, leads)
        self.assertEqual(found, leads.filtered("edu_is_late"))
        self.assertEqual(others, leads - found)
        return found


@tagged("post_install", "-at_install")
class TestLateLeads(LateCase):
    def assertLate(self, lead):
        self.assertTrue(self.late(lead))

    def assertInTime(self, lead):
        self.assertFalse(self.late(lead))

    # ------------------------------------------------------------------ either reason
    def test_a_lead_without_next_activity_is_late(self):
        lead = self.make_lead_of(intent="low")
        self.assertLate(lead)
        self.plan(lead, 1)
        self.assertInTime(lead)

    def test_a_lead_beyond_its_delay_is_late_whatever_is_planned(self):
        for intent, days in (("high", 1), ("medium", 3), ("low", 14), (False, 3)):
            with self.subTest(intent=intent):
                self.assertInTime(self.make_lead_of(days, intent, planned=[9]))
                self.assertLate(self.make_lead_of(days + 1, intent, planned=[9]))

    def test_a_done_activity_is_no_next_one(self):
        lead = self.make_lead_of(planned=[1])
        lead.activity_ids.action_archive()
        self.assertLate(lead)

    def test_a_reminder_is_no_next_activity(self):
        lead = self.make_lead_of()
        self.plan(lead, 1, LATE)
        self.assertLate(lead)
        self.assertFalse(lead.edu_is_planned)

    def meet(self, lead, day):
        return self.env["calendar.event"].create(
            {
                "name": "Talk",
                "opportunity_id": lead.id,
                "start": self.moment_ago(-day),
                "stop": self.moment_ago(-day) + timedelta(hours=1),
            }
        )

    def test_a_meeting_to_come_is_a_next_activity(self):
        lead = self.make_lead_of()
        meeting = self.meet(lead, 1)
        self.assertInTime(lead)
        meeting.active = False
        self.assertLate(lead)
        self.meet(lead, -1)
        self.assertLate(lead)

    # ------------------------------------------------------------------ the days
    def test_days_are_those_of_the_company(self):
        """In time on the day the delay ends, late from midnight in Shanghai on."""
        lead = self.make_lead_of(0, "high", planned=[9])
        lead.edu_last_contact_at = "2026-09-15 00:00:00"
        for now, is_late in (
            ("2026-09-16 15:59:59", False),
            ("2026-09-16 16:00:00", True),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.assertEqual(bool(self.late(lead)), is_late)

    def test_a_contact_before_midnight_in_shanghai_was_yesterday(self):
        lead = self.make_lead_of(0, "high", planned=[9])
        for contact, is_late in (
            ("2026-09-14 15:59:59", True),
            ("2026-09-14 16:00:00", False),
        ):
            with self.subTest(contact=contact):
                lead.edu_last_contact_at = contact
                self.assertEqual(bool(self.late(lead)), is_late)

    def test_without_contact_the_days_count_from_the_creation(self):
        for ago, is_late in ((1, False), (2, True)):
            moment = self.moment_ago(ago)
            with patch.object(self.env.cr, "now", lambda moment=moment: moment):
                lead = self.make_lead_of(0, "high", planned=[9])
            lead.edu_last_contact_at = False
            with self.subTest(created=ago):
                self.assertEqual(bool(self.late(lead)), is_late)

    # ------------------------------------------------------------------ which leads
    def test_it_concerns_education_teams_and_screened_leads(self):
        team = self.env["crm.team"].create({"name": "Robots"})
        self.assertInTime(self.make_lead_of(99, team_id=team.id))
        self.assertInTime(self.make_lead_of(99, team_id=False, user_id=False))
        self.assertLate(self.make_lead_of(99, "low", team_id=team.id))
        self.assertLate(self.make_lead_of(99, edu_man_money="no", team_id=team.id))
        self.assertLate(self.make_lead_of(99))

    def test_closed_leads_are_not_late(self):
        lead = self.make_lead_of(99, "high")
        self.lose(lead)
        self.assertInTime(lead)
        won = self.make_lead_of(99, "high", edu_has_wish=True)
        won.action_set_won()
        self.assertInTime(won)
        archived = self.make_lead_of(99, "high")
        archived.write({"active": False, "lost_reason_id": self.reason.id})
        self.assertInTime(archived)

    def test_a_lead_that_is_being_typed_is_not_late(self):
        lead = self.env["crm.lead"].new({"team_id": self.school.id})
        self.assertFalse(lead.edu_is_late)

    # ------------------------------------------------------------------ both ways
    def test_search_and_compute_agree_on_a_grid(self):
        campus = self.make_company()
        campus.resource_calendar_id.tz = "America/Los_Angeles"
        self.env["edu.intent.policy"].create(
            {
                "intent": "medium",
                "min_score": 40,
                "follow_up_days": 0,
                "company_id": campus.id,
            }
        )
        self.env.user.company_ids = [Command.link(campus.id)]
        closed = self.env["crm.team"].create({"name": "Old", "edu_is_education": True})
        closed.active = False
        plain = self.env["crm.team"].create({"name": "Robots"})
        leads = self.env["crm.lead"]
        for intent, team, company, days in product(
            ("high", "medium", "low", False),
            (self.school, closed, plain),
            (self.env.company, campus, self.env["res.company"]),
            (0, 1, 2, 4, 15),
        ):
            for planned in ((), (-3,), (5,)):
                leads += leads.create(
                    {
                        "name": "Grid",
                        "user_id": False,
                        "team_id": team.id,
                        "company_id": company.id,
                        "edu_intent_override": intent,
                        "edu_intent_override_reason": intent and "A test",
                        "edu_last_contact_at": self.moment_ago(days),
                        "active": days != 2,
                        "lost_reason_id": self.reason.id,
                    }
                )
                for day in planned:
                    self.plan(leads[-1], day)
        leads[::7].edu_last_contact_at = False
        for lead, day in zip(leads[::5], cycle((1, -1)), strict=False):
            self.meet(lead, day)
        self.env.flush_all()
        for lead in leads[::11]:
            lead.company_id = False
        found = self.late(leads)
        self.assertTrue(0 < len(found) < len(leads))
        active = leads.filtered("active")
        planned = active.search([("edu_is_planned", "=", True)]) & leads
        unplanned = active.search([("edu_is_planned", "=", False)]) & leads
        self.assertEqual(planned, active.filtered("edu_is_planned"))
        self.assertEqual(unplanned, active - planned)

    def test_an_agent_finds_the_same_as_the_superuser(self):
        own = self.make_lead_of(99, planned=[1])
        colleague = self.make_lead_of(99, user_id=self.make_user("agent").id)
        leads = self.env["crm.lead"].with_user(self.agent)
        found = leads.search([("edu_is_late", "=", True)])
        self.assertIn(own, found)
        self.assertNotIn(colleague, found)
        self.assertTrue(own.with_user(self.agent).edu_is_late)

    def test_the_menu_lists_them(self):
        action = self.env.ref(f"{MODULE}.crm_lead_action_late")
        self.assertIn("edu_is_late", action.domain)
        menu = self.env.ref(f"{MODULE}.crm_lead_menu_late")
        self.assertEqual(menu.action, action)

    def test_the_list_says_how_long_ago_without_asking(self):
        action = self.env.ref(f"{MODULE}.crm_lead_action_late")
        leads = self.env["crm.lead"].with_user(self.agent)
        views = {mode: view_id for view_id, mode in action.views}
        arch = etree.fromstring(leads.get_view(views["list"], "list")["arch"])
        for name in ("edu_last_contact_at", "edu_silent_days"):
            column = arch.find(f".//field[@name='{name}']")
            self.assertEqual(column.get("optional"), "show", name)

    def test_listing_takes_the_same_queries_for_many(self):
        def read(number):
            leads = self.make_bare_leads(number)
            with self.count_queries() as queries:
                leads.mapped("edu_is_late")
                leads.search([("id", "in", leads.ids), ("edu_is_late", "=", True)])
            return queries[0]

        read(2)
        self.assertLessEqual(read(100), read(10))

    def test_midnight_follows_summer_time(self):
        company = self.make_company()
        company.resource_calendar_id.tz = "Europe/Berlin"
        day = self.env["crm.lead"]._fields["date_deadline"].to_date("2026-10-25")
        self.assertEqual(str(company._edu_midnight(day)), "2026-10-24 22:00:00")
        after = company._edu_midnight(day + timedelta(days=1))
        self.assertEqual(str(after), "2026-10-25 23:00:00")
