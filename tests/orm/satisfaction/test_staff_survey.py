"""Employees are asked with the same means as customers, and never mixed with them."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestStaffSurvey(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school = cls.make_company()
        cls.teacher = cls.make_user("employee", company=cls.school)
        cls.adviser = cls.make_user("agent", company=cls.school)
        cls.survey = cls.env.ref(f"{MODULE}.survey_survey_staff")

    def make_staff_campaign(self, **values):
        return self.make_campaign(
            self.survey,
            asked="employee",
            is_anonymous=True,
            company_id=self.school.id,
            user_id=False,
            **values,
        )

    @property
    def staff(self):
        return self.teacher.partner_id | self.adviser.partner_id

    def test_the_employees_of_the_company_are_the_audience(self):
        self.make_user("portal", company=self.school)
        self.make_user("employee")
        self.make_user("employee", company=self.school).active = False
        self.make_customer(company_id=self.school.id)
        campaign = self.make_staff_campaign()
        audience = self.env["res.partner"].search(campaign._audience_domain())
        self.assertEqual(audience, self.staff)
        self.assertEqual(campaign.audience_count, 2)

    def test_further_conditions_narrow_it(self):
        campaign = self.make_staff_campaign(
            audience_domain=f"[('id', '=', {self.teacher.partner_id.id})]"
        )
        self.assertEqual(campaign.audience_count, 1)

    def test_they_are_invited_as_employees(self):
        # Also who learns here oneself.
        learner = self.make_customer(company_id=False)
        self.teacher.partner_id = learner
        learner.email = "t@example.com"
        campaign = self.make_staff_campaign()
        campaign.action_start()
        invitations = campaign.wave_ids.invitation_ids
        self.assertEqual(invitations.partner_id, self.staff)
        self.assertEqual(set(invitations.mapped("role")), {"employee"})
        self.assertFalse(invitations.learner_id)
        self.assertEqual(invitations.user_id, self.env.user)

    def test_colleagues_do_not_see_who_has_answered(self):
        campaign = self.make_staff_campaign()
        campaign.action_start()
        seen = self.env["edu.survey.invitation"].with_user(self.adviser)
        self.assertFalse(seen.search([("wave_id", "in", campaign.wave_ids.ids)]))

    def test_they_are_asked_anonymously(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.make_campaign(asked="employee")

    def test_the_form_makes_it_anonymous(self):
        with Form(self.env["edu.survey.campaign"]) as form:
            form.name = "Staff"
            form.survey_id = self.survey
            form.asked = "employee"
        self.assertTrue(form.record.is_anonymous)

    def test_they_are_not_asked_about_events(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.make_staff_campaign(frequency="targeted", event="order_confirmed")

    def test_a_campaign_that_runs_does_not_turn_to_others(self):
        campaign = self.make_staff_campaign()
        campaign.action_start()
        with self.assertRaisesRegex(UserError, "either customers or employees"):
            campaign.asked = "payer"

    def test_their_answers_do_not_count_among_those_of_customers(self):
        campaign = self.make_staff_campaign()
        campaign.action_start()
        invitation = campaign.wave_ids.invitation_ids[:1]
        answer = invitation._begin_answer()
        for question in self.survey.question_ids.filtered("edu_dimension"):
            answer._save_lines(question, "5")
        answer._mark_done()
        scores = self.env["edu.satisfaction.score"].sudo()
        found = scores.search([("wave_id", "=", campaign.wave_ids.id)])
        self.assertEqual(
            set(found.mapped("dimension")), {rule.OVERALL, rule.RECOMMENDATION}
        )
        self.assertTrue(all(found.mapped("is_anonymous")))
        manager = self.make_user("manager", company=self.school)
        seen = self.env["edu.satisfaction.score"].with_user(manager)
        self.assertFalse(seen.search([("wave_id", "=", campaign.wave_ids.id)]))
