"""A contact with the customer of a lead is logged, and the next one is asked for."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import MODULE
from .test_late_leads import LATE, NOW, LateCase

FOLLOW_UP = f"{MODULE}.mail_activity_type_follow_up"


@tagged("post_install", "-at_install")
class TestLastContact(LateCase):
    """Which messages and activities count as contact."""

    def setUp(self):
        super().setUp()
        self.lead = self.make_lead_of(9)
        self.before = self.lead.edu_last_contact_at

    def assertContacted(self, lead=None):
        self.assertEqual(str((lead or self.lead).edu_last_contact_at), NOW)

    def assertNotContacted(self):
        self.assertEqual(self.lead.edu_last_contact_at, self.before)

    def test_a_message_to_the_customer_is_one(self):
        self.lead.message_post(
            body="Hello", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertContacted()

    def test_an_email_of_the_customer_is_one(self):
        self.lead.message_post(
            body="Yes", message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertContacted()

    def test_a_new_lead_by_email_begins_with_one(self):
        leads = self.env["crm.lead"].with_context(default_team_id=self.school.id)
        lead = leads.message_new({"subject": "Price?", "email_from": "a@example.com"})
        lead.message_post(
            body="Price?", message_type="email", subtype_xmlid="mail.mt_comment"
        )
        self.assertContacted(lead)

    def test_a_done_activity_is_one(self):
        self.plan(self.lead, 1).action_feedback(feedback="Called")
        self.assertContacted()

    def test_a_note_is_none(self):
        self.lead.message_post(
            body="Rich", message_type="comment", subtype_xmlid="mail.mt_note"
        )
        self.lead._message_log(body="System")
        self.assertNotContacted()

    def test_an_attended_trial_lesson_is_one(self):
        start = self.moment_ago(2)
        for state, is_contact in (("missed", False), ("attended", True)):
            with self.subTest(state=state):
                lead = self.make_lead_of(9)
                lesson = self.make_trial(lead, state=state, start_at=start)
                contact = lesson.stop_at if is_contact else self.before
                self.assertEqual(lead.edu_last_contact_at, contact)

    def test_planning_is_none(self):
        self.plan(self.lead, 1)
        self.assertNotContacted()

    def test_an_earlier_contact_leaves_the_last_one(self):
        self.lead._after_contact()
        self.lead._after_contact(self.before)
        self.assertContacted()

    def test_a_message_of_the_future_was_now(self):
        self.lead._after_contact(self.moment_ago(-3))
        self.assertContacted()

    def test_other_leads_keep_no_account_of_it(self):
        team = self.env["crm.team"].create({"name": "Robots"})
        lead = self.make_lead(self.nobody, team_id=team.id)
        with self.count_queries() as plain:
            lead._after_contact()
        self.assertFalse(lead.edu_last_contact_at)
        self.assertEqual(plain, [0])

    def test_nobody_types_it(self):
        for name in ("edu_last_contact_at", "edu_reminded_at"):
            with self.assertRaises(AccessError):
                self.lead.with_user(self.agent)[name] = NOW

    def test_a_salesperson_without_role_is_in_contact_too(self):
        clerk = self.make_user("salesperson")
        self.lead.user_id = clerk
        self.lead.with_user(clerk).message_post(
            body="Hi", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertContacted()

    def test_silence_takes_points_and_a_contact_gives_them_back(self):
        lead = self.make_lead_of(31, edu_man_money="yes")
        self.run_cron(f"{MODULE}.ir_cron_lead_screening")
        self.assertEqual(lead.edu_score, 30)
        lead._after_contact()
        self.assertEqual(lead.edu_score, 40)

    def test_days_without_contact_are_searched_as_they_are_computed(self):
        leads = self.env["crm.lead"]
        campus = self.make_company()
        campus.resource_calendar_id.tz = "America/Los_Angeles"
        for number in range(24):
            lead = self.make_lead_of(number / 4, user_id=False)
            lead.company_id = (self.env.company, campus, False)[number % 3]
            leads |= lead
        leads[::5].edu_last_contact_at = False
        self.env.flush_all()
        self.assertLessEqual(set(range(6)), set(leads.mapped("edu_silent_days")))
        for operator, matches in (
            (">", int.__gt__),
            (">=", int.__ge__),
            ("<", int.__lt__),
            ("<=", int.__le__),
            ("=", int.__eq__),
            ("!=", int.__ne__),
        ):
            for days in (-1, 0, 1, 3, 5, 6):
                with self.subTest(operator=operator, days=days):
                    domain = [("edu_silent_days", operator, days)]
                    found = leads.search([("id", "in", leads.ids), *domain])
                    wanted = leads.filtered(
                        lambda lead: matches(lead.edu_silent_days, days)  # noqa: B023
                    )
                    self.assertEqual(found, wanted)
                    self.assertEqual(leads.filtered_domain(domain), wanted)

    def test_the_night_takes_points_once_the_days_have_passed(self):
        lead = self.make_lead_of(30, edu_man_money="yes")
        self.env.flush_all()
        self.assertEqual(lead.edu_score, 40)
        lead.edu_last_contact_at = self.moment_ago(32)
        self.env.cr.execute(
            "UPDATE crm_lead SET edu_score = 40, edu_screened_at = %s WHERE id = %s",
            [self.moment_ago(1), lead.id],
        )
        self.env.invalidate_all()
        self.run_cron(f"{MODULE}.ir_cron_lead_screening")
        self.assertEqual(lead.edu_score, 30)

    def test_a_merged_lead_keeps_the_last_contact(self):
        other = self.make_lead_of(2)
        (self.lead | other).merge_opportunity()
        kept = (self.lead | other).exists()
        self.assertEqual(kept.edu_last_contact_at, self.moment_ago(2))


@tagged("post_install", "-at_install")
class TestLogContact(LateCase):
    def open_log(self, lead, user=None):
        user = user or self.agent
        action = lead.with_user(user).action_edu_log_contact()
        logs = self.env[action["res_model"]].with_user(user)
        return Form(logs.with_context(**action["context"]))

    def log(self, lead, user=None, **values):
        form = self.open_log(lead, user)
        for name, value in {"note": "Likes chess", **values}.items():
            form[name] = value
        return form.save().action_log()

    def days(self, activity):
        return (activity.date_deadline - self.days_ago(0)).days

    def test_way_occasion_and_interval_are_logged(self):
        lead = self.make_lead_of(9)
        self.log(lead, kind="visit", pretext="Open day")
        note = lead.message_ids.sorted("id")[-1]
        self.assertIn("<b>Visit: Open day</b>", note.body)
        self.assertIn("Likes chess", note.body)
        self.assertIn("Days since the last contact: 9", note.body)
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertEqual(str(lead.edu_last_contact_at), NOW)

    def test_the_next_date_is_asked_and_proposed_by_the_intent(self):
        for intent, days in (("high", 1), ("medium", 3), ("low", 14), (False, 3)):
            with self.subTest(intent=intent):
                form = self.open_log(self.make_lead_of(9, intent))
                self.assertEqual((form.next_on - self.days_ago(0)).days, days)
                form.note = "Hi"
                form.next_on = False
                with self.assertRaisesRegex(AssertionError, "next_on"):
                    form.save()

    def test_the_next_follow_up_is_planned_for_the_owner(self):
        lead = self.make_lead_of(9)
        self.log(lead, next_on=self.days_ago(-5), next_summary="Offer a trial lesson")
        step = lead.activity_ids
        self.assertEqual(step.activity_type_id, self.env.ref(FOLLOW_UP))
        self.assertEqual((self.days(step), step.user_id), (5, self.agent))
        self.assertEqual(step.summary, "Offer a trial lesson")
        self.assertFalse(lead.edu_is_late)

    def test_a_date_in_the_past_is_refused(self):
        lead = self.make_lead_of()
        for day in (self.days_ago(1), False):
            log = self.env["edu.contact.log"].create({"lead_id": lead.id, "note": "Hi"})
            log.next_on = day
            with (
                self.subTest(day=day),
                self.assertRaisesRegex(ValidationError, "today"),
            ):
                log.action_log()

    def test_a_closed_lead_needs_no_next_date(self):
        lead = self.make_lead_of()
        self.lose(lead)
        self.log(lead)
        self.assertFalse(lead.activity_ids)

    def test_the_contact_does_what_was_scheduled_for_it(self):
        lead = self.make_lead_of(9, edu_man_money="yes")
        call = self.plan(lead, 3, FOLLOW_UP)
        reminder = self.plan(lead, 0, LATE)
        meeting = self.plan(lead, 0, "mail.mail_activity_data_meeting")
        self.log(lead, next_on=self.days_ago(-5))
        self.assertEqual((call | reminder).mapped("active"), [False, False])
        self.assertTrue(meeting.active)
        self.assertEqual(sorted(map(self.days, lead.activity_ids)), [0, 5])

    def test_the_record_lists_all_in_order(self):
        lead = self.make_lead_of(9)
        for note in ("First", "Second", "Third"):
            self.log(lead, note=note)
        bodies = "".join(lead.message_ids.sorted("id").mapped("body"))
        positions = [bodies.index(note) for note in ("First", "Second", "Third")]
        self.assertEqual(positions, sorted(positions))

    def test_the_file_of_the_customer_is_completed_on_the_way(self):
        customer = self.make_customer(user_id=self.agent.id)
        lead = self.make_lead_of()
        lead.partner_id = customer
        form = self.open_log(lead)
        self.assertIn("Phone or email", form.missing)
        form.note = "Has a phone"
        form.phone = "+86 138 1234 5678"
        form.save().action_log()
        self.assertEqual(customer.phone, "+86 138 1234 5678")
        self.assertIn("Has a phone", lead.message_ids.sorted("id")[-1].body)

    def test_it_is_about_somebody(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.env["edu.contact.log"].create({"note": "Hi"})

    def test_who_may_not_change_the_lead_logs_nothing(self):
        other = self.make_lead_of(user_id=self.make_user("agent").id)
        for role in ("agent", "readonly", "salesperson"):
            user = self.make_user(role)
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["edu.contact.log"].with_user(user).create(
                    {"lead_id": other.id, "note": "Hi"}
                )

    def test_done_follow_ups_suggest_the_next(self):
        kind = self.env.ref(FOLLOW_UP)
        self.assertEqual(kind.suggested_next_type_ids, kind)
