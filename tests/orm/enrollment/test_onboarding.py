"""An enrollment begins when the steps that the company requires are done."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .onboarding import CRON_MAIL, OnboardingCase

CRON_ROLL = "edu_crm_addon.ir_cron_enrollment_roll"
STEPS = ("documents", "account", "schedule")


@tagged("post_install", "-at_install")
class TestOnboarding(OnboardingCase):
    def enroll(self, *codes, **values):
        mother, learner = self.make_family()
        course = self.make_course_with(*codes)
        return self.make_enrollment(learner, mother, course=course, **values)

    # ------------------------------------------------------------------ the three steps
    def test_by_default_all_three_steps_are_required(self):
        company = self.make_company()
        self.assertEqual(company._edu_required_steps(), set(STEPS))
        enrollment = self.enroll("identity")
        self.assertEqual(enrollment.state, "onboarding")
        self.assertEqual(enrollment.missing_steps, "Documents, Account, Schedule")

    def test_it_begins_with_the_last_step_whatever_the_order(self):
        def documents(enrollment):
            self.hand_in(enrollment.document_ids)

        def account(enrollment):
            enrollment.action_invite_account()

        def schedule(enrollment):
            enrollment.action_mark_told()

        for first, second, third in (
            (documents, account, schedule),
            (schedule, documents, account),
            (account, schedule, documents),
        ):
            with self.subTest(last=third.__name__):
                enrollment = self.enroll("identity")
                first(enrollment)
                second(enrollment)
                self.assertFalse(enrollment.is_ready)
                self.assertEqual(enrollment.state, "onboarding")
                third(enrollment)
                self.assertTrue(enrollment.is_ready)
                self.assertEqual(enrollment.state, "active")

    def test_each_step_alone_can_be_required(self):
        for step in STEPS:
            with self.subTest(step=step):
                self.require(step)
                enrollment = self.enroll("identity")
                label = step.capitalize()
                self.assertEqual(enrollment._missing_steps(), [label])
                with self.assertRaisesRegex(UserError, label):
                    enrollment.action_activate()

    def test_without_requirements_it_begins_at_once(self):
        self.require()
        self.assertEqual(self.enroll("identity").state, "active")

    def test_a_course_that_asks_for_nothing_needs_no_documents(self):
        self.require("documents")
        self.assertEqual(self.enroll().state, "active")

    def test_an_optional_document_does_not_hold_back(self):
        self.require("documents")
        enrollment = self.enroll("school_report")
        self.assertEqual(enrollment.document_ids.state, "missing")
        self.assertEqual(enrollment.state, "active")

    def test_before_the_first_day_it_waits_although_ready(self):
        self.require("documents")
        enrollment = self.enroll(edu_date_start=self.days_ago(-5))
        self.assertTrue(enrollment.is_ready)
        self.assertEqual(enrollment.state, "onboarding")

    def test_an_active_one_stays_active_when_a_document_is_rejected(self):
        self.require("documents")
        enrollment = self.enroll("identity")
        self.hand_in(enrollment.document_ids)
        enrollment.document_ids.reject_reason = "Another person"
        enrollment.document_ids.action_reject()
        self.assertEqual(enrollment.state, "active")
        self.assertEqual(enrollment.missing_document_count, 1)

    def test_a_document_that_expires_before_the_course_begins_is_missing(self):
        self.require("documents")
        enrollment = self.enroll("identity", edu_date_start=self.days_ago(-5))
        self.hand_in(enrollment.document_ids)
        self.assertTrue(enrollment.is_ready)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE edu_enrollment_document SET expires_on = %s WHERE id = %s",
            [self.days_ago(1), enrollment.document_ids.id],
        )
        self.env.cr.execute(
            "UPDATE edu_enrollment SET date_start = %s WHERE id = %s",
            [self.days_ago(0), enrollment.id],
        )
        self.env.invalidate_all()
        self.run_cron(CRON_ROLL)
        self.assertFalse(enrollment.is_ready)
        self.assertEqual(enrollment.state, "onboarding")

    # ------------------------------------------------------------------ the settings
    def test_requiring_less_lets_those_begin_who_are_ready_now(self):
        self.require("documents", "account")
        waits, begins = self.enroll("identity"), self.enroll()
        self.assertEqual(begins.state, "onboarding")
        self.require("documents")
        self.assertEqual(begins.state, "active")
        self.assertEqual(waits.state, "onboarding")

    def test_requiring_more_holds_back_who_has_not_begun(self):
        self.require()
        active = self.enroll()
        later = self.enroll(edu_date_start=self.days_ago(-5))
        self.require("account")
        self.assertEqual(active.state, "active")
        self.assertFalse(later.is_ready)

    def test_an_optional_type_of_document_can_become_required(self):
        self.require("documents")
        enrollment = self.enroll("school_report", edu_date_start=self.days_ago(-5))
        self.assertTrue(enrollment.is_ready)
        self.document_type("school_report").is_required = True
        self.assertFalse(enrollment.is_ready)

    def test_another_companys_settings_do_not_count(self):
        other = self.make_company()
        self.require()
        enrollment = self.enroll(company_id=other.id)
        self.assertEqual(enrollment.state, "onboarding")
        self.require("documents")
        other.write({f"edu_require_{step}": False for step in STEPS})
        self.assertEqual(enrollment.state, "active")

    # ------------------------------------------------------------------ the waiver
    def test_a_leader_lets_begin_without_the_rest(self):
        enrollment = self.enroll("identity")
        leader = self.make_user("leader")
        enrollment.user_id = leader
        enrollment.with_user(leader).action_waive()
        self.assertEqual(enrollment.state, "active")
        self.assertTrue(enrollment.is_waived)
        self.assertIn("Begins without", enrollment.message_ids[0].body)

    def test_an_agent_does_not(self):
        enrollment = self.enroll("identity")
        agent = self.make_user("agent")
        enrollment.user_id = agent
        with self.assertRaisesRegex(UserError, "team leader"):
            enrollment.with_user(agent).action_waive()
        with self.assertRaises(AccessError):
            enrollment.with_user(self.make_user("readonly")).action_waive()

    # ------------------------------------------------------------------ filters
    def test_the_filters_find_who_lacks_what(self):
        lacking = self.enroll("identity")
        done = self.enroll("identity")
        self.hand_in(done.document_ids)
        done.action_invite_account()
        self.run_cron(CRON_MAIL)
        both = lacking | done
        for domain, found in (
            ([("document_ids.is_missing", "=", True)], lacking),
            ([("account_user_id", "=", False)], lacking),
            ([("schedule_sent_at", "!=", False)], both),
            ([("is_ready", "=", True)], done),
        ):
            with self.subTest(domain=domain):
                domain = [("id", "in", both.ids), *domain]
                self.assertEqual(both.search(domain), found.sorted())

    # ------------------------------------------------------------------ phase
    def test_the_phase_of_care_follows_the_state(self):
        self.require("documents")
        enrollment = self.enroll("identity")
        self.assertEqual(enrollment.phase, "recruitment")
        self.hand_in(enrollment.document_ids)
        self.assertEqual(enrollment.phase, "teaching")
        enrollment.phase = "tutoring"
        enrollment._update_state(("active",), "ended")
        self.assertEqual(enrollment.phase, "tutoring")

    def test_whoever_learns_a_profession_is_helped_to_a_job(self):
        self.require()
        course = self.make_course(edu_course_stage_id=self.stage("vocational").id)
        enrollment = self.make_enrollment(course=course, edu_date_start="2024-01-01")
        self.assertEqual(enrollment.state, "ended")
        self.assertEqual(enrollment.phase, "employment")
