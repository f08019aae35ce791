"""Starting a campaign invites its audience, once, and says who is left out."""

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.edu_crm_addon.models.satisfaction import (
    edu_survey_campaign_wave as wave_of_campaign,
)

from .askers import AskersCase


@tagged("post_install", "-at_install")
class TestInvite(AskersCase):
    # ------------------------------------------------------------------ audience
    def test_starting_an_ad_hoc_campaign_puts_the_audience_into_a_wave(self):
        people = self.make_asked() | self.make_asked()
        campaign = self.make_plan()
        self.assertEqual(campaign.audience_count, 2)
        campaign.action_start()
        self.assertEqual(campaign.state, "running")
        self.assertEqual(campaign.wave_ids.state, "open")
        self.assertEqual(self.invitations(campaign).partner_id, people)
        self.assertEqual(set(self.invitations(campaign).mapped("state")), {"waiting"})

    def test_only_customers_are_in_the_audience(self):
        self.make_person(edu_tier_id=False)
        customer = self.make_asked()
        campaign = self.make_plan(audience_domain="[('id', '!=', 0)]")
        domain = campaign._audience_domain()
        self.assertEqual(self.env["res.partner"].search(domain), customer)

    def test_further_conditions_narrow_the_audience(self):
        self.make_asked(city="Wuhan")
        here = self.make_asked(city="Xi'an")
        campaign = self.make_plan(audience_domain="[('city', '=', \"Xi'an\")]")
        self.assertEqual(campaign.audience_count, 1)
        campaign.action_start()
        self.assertEqual(self.invitations(campaign).partner_id, here)

    def test_conditions_that_make_no_sense_are_refused(self):
        campaign = self.make_plan()
        for text in ("[('no_such_field', '=', 1)]", "nonsense", "{}", "[1, 2"):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                campaign.audience_domain = text

    def test_the_audience_counts_before_the_campaign_is_saved(self):
        self.make_asked()
        draft = self.env["edu.survey.campaign"].new(
            {"name": "New", "tier_ids": [Command.set(self.mark.ids)]}
        )
        self.assertEqual(draft.audience_count, 1)

    def test_of_a_course_its_learners_are_asked(self):
        course = self.make_course()
        learner, _other = self.make_asked(), self.make_asked()
        enrollment = self.make_enrollment(learner, course=course)
        campaign = self.started(course_ids=[Command.set(course.ids)])
        self.assertRecordValues(
            self.invitations(campaign),
            [
                {
                    "partner_id": learner.id,
                    "learner_id": learner.id,
                    "enrollment_id": enrollment.id,
                    "role": "learner",
                }
            ],
        )

    def test_customers_of_another_company_are_not_asked(self):
        mine = self.make_asked(company_id=self.env.company.id)
        self.make_asked(company_id=self.make_company().id)
        campaign = self.started()
        self.assertEqual(self.invitations(campaign).partner_id, mine)

    # ------------------------------------------------------------------ who is asked
    def test_the_guardian_who_pays_is_asked_for_the_learner(self):
        guardian = self.make_person(email="mother@example.com")
        learner = self.make_learner(edu_tier_id=self.mark.id)
        self.link(guardian, learner, is_payer=True)
        campaign = self.started()
        self.assertRecordValues(
            self.invitations(campaign),
            [
                {
                    "partner_id": guardian.id,
                    "learner_id": learner.id,
                    "role": "guardian",
                    "state": "waiting",
                }
            ],
        )

    def test_a_guardian_who_is_a_customer_too_is_asked_once(self):
        guardian = self.make_asked()
        learner = self.make_learner(guardian, edu_tier_id=self.mark.id)
        campaign = self.started()
        self.assertRecordValues(
            self.invitations(campaign),
            [{"partner_id": guardian.id, "learner_id": learner.id}],
        )

    def test_of_two_children_of_a_guardian_one_is_asked_about(self):
        guardian = self.make_person(email="mother@example.com")
        for _number in range(2):
            self.make_learner(guardian, edu_tier_id=self.mark.id)
        campaign = self.started()
        self.assertEqual(
            sorted(self.invitations(campaign).mapped("state")), ["skipped", "waiting"]
        )

    def test_each_contact_may_be_asked_itself(self):
        guardian = self.make_person(email="mother@example.com")
        learner = self.make_learner(
            guardian, edu_tier_id=self.mark.id, email="child@example.com"
        )
        campaign = self.started(asked="contact")
        self.assertEqual(self.invitations(campaign).partner_id, learner)

    def test_an_organization_answers_as_one(self):
        school = self.make_organization(
            edu_tier_id=self.mark.id, email="school@example.com"
        )
        campaign = self.started()
        self.assertRecordValues(
            self.invitations(campaign),
            [{"partner_id": school.id, "learner_id": False, "role": "organization"}],
        )

    # ------------------------------------------------------------------ who is not
    def test_who_is_not_asked_is_in_the_wave_with_the_reason(self):
        silent = self.make_asked(edu_no_surveys=True)
        mailless = self.make_asked(email=False)
        blocked = self.make_asked()
        self.env["mail.blacklist"]._add(blocked.email)
        tired = self.make_asked()
        self.invite(self.make_wave(), tired, sent_at=self.moment_ago(3))
        self.assertEqual(
            self.reasons(self.started()),
            {
                silent: "opted_out",
                mailless: "no_address",
                blocked: "opted_out",
                tired: "capped",
            },
        )

    def test_who_rested_for_long_enough_is_asked(self):
        customer = self.make_asked()
        wave = self.make_wave()
        self.invite(wave, customer, sent_at=self.moment_ago(31))
        self.assertFalse(self.reasons(self.started())[customer])

    def test_the_rest_is_counted_in_days_of_the_company(self):
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        customer = self.make_asked()
        # The first of November there.
        self.invite(self.make_wave(), customer, sent_at="2026-10-31 16:30:00")
        with self.on("2026-11-30"):
            self.assertEqual(self.reasons(self.started())[customer], "capped")
        with self.on("2026-12-01"):
            self.assertFalse(self.reasons(self.started())[customer])

    def test_without_a_rest_everybody_is_asked_again(self):
        self.env.company.edu_survey_rest_days = 0
        customer = self.make_asked()
        self.started()
        self.assertFalse(self.reasons(self.started())[customer])

    def test_who_waits_for_another_survey_is_not_asked(self):
        customer = self.make_asked()
        self.started()
        self.assertEqual(self.reasons(self.started())[customer], "capped")

    def test_on_the_telephone_no_mail_address_is_needed(self):
        customer = self.make_asked(email=False)
        campaign = self.started(method="phone_interview")
        self.assertFalse(self.reasons(campaign)[customer])

    # ------------------------------------------------------------------ twice
    def test_filling_a_wave_twice_asks_nobody_twice(self):
        customer = self.make_asked()
        campaign = self.started()
        newcomer = self.make_asked()
        campaign._fill_wave(campaign.wave_ids)
        self.assertEqual(self.invitations(campaign).partner_id, customer | newcomer)
        self.assertEqual(len(self.invitations(campaign)), 2)

    def test_very_many_customers_wait_for_the_job(self):
        self.patch(wave_of_campaign, "AT_ONCE", 1)
        self.make_asked()
        self.make_asked()
        campaign = self.started()
        self.assertEqual(campaign.wave_ids.state, "draft")
        self.assertFalse(self.invitations(campaign))

    def test_an_empty_questionnaire_cannot_be_asked(self):
        empty = self.env["survey.survey"].create(
            {"title": "Empty", "edu_is_satisfaction": True}
        )
        campaign = self.make_campaign(empty)
        with self.assertRaises(UserError):
            campaign.action_start()
