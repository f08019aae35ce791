"""From the opportunity to the enrollment."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestLead(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env.ref("edu_crm_addon.crm_team_school")
        cls.agent = cls.make_user("agent")
        cls.course = cls.make_course()

    def wizard(self, lead):
        action = lead.with_user(self.agent).action_edu_enroll()
        model = self.env[action["res_model"]].with_user(self.agent)
        return Form(model.with_context(**action["context"]))

    def make_education_lead(self, partner=None, **values):
        return self.make_lead(
            partner or self.env["res.partner"],
            team_id=self.team.id,
            user_id=self.agent.id,
            **values,
        )

    def test_the_wizard_makes_a_quotation_for_learner_and_payer(self):
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        lead = self.make_education_lead(guardian, edu_learning_goal="Read aloud")
        with self.wizard(lead) as form:
            self.assertEqual(form.partner_id, guardian)
            self.assertEqual(form.learner_id, learner)
            form.course_id = self.course
        action = form.record.action_enroll()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.state, "draft")
        self.assertEqual(order.opportunity_id, lead)
        order.action_confirm()
        self.assertRecordValues(
            lead.edu_enrollment_ids,
            [
                {
                    "learner_id": learner.id,
                    "payer_id": guardian.id,
                    "goal": "Read aloud",
                    "user_id": self.agent.id,
                    "team_id": self.team.id,
                }
            ],
        )

    def test_confirm_at_once_enrolls(self):
        lead = self.make_education_lead(self.make_customer())
        with self.wizard(lead) as form:
            form.course_id = self.course
            form.confirm = True
        form.record.action_enroll()
        self.assertEqual(lead.edu_enrollment_count, 1)

    def test_a_prospect_without_contact_becomes_customer_and_learner(self):
        lead = self.make_education_lead(
            contact_name="Liu Fang",
            phone="+86 139 0000 7788",
            edu_learner_name="Liu Xiaobao",
            edu_learner_birth_date=self.days_ago(3650),
            edu_relation="mother",
        )
        with self.wizard(lead) as form:
            form.course_id = self.course
            form.confirm = True
        form.record.action_enroll()
        enrollment = lead.edu_enrollment_ids
        self.assertEqual(enrollment.payer_id.name, "Liu Fang")
        self.assertEqual(enrollment.learner_id.name, "Liu Xiaobao")
        self.assertIn(
            enrollment.payer_id, enrollment.learner_id.edu_guardian_link_ids.guardian_id
        )

    def test_the_child_named_by_a_known_mother_learns_not_the_mother(self):
        mother = self.make_customer()
        lead = self.make_education_lead(
            mother, edu_learner_name="Liu Xiaobao", edu_relation="mother"
        )
        with self.wizard(lead) as form:
            self.assertFalse(form.learner_id)
            self.assertEqual(form.learner_hint, "Liu Xiaobao, a new contact")
            form.course_id = self.course
            form.confirm = True
        form.record.action_enroll()
        enrollment = lead.edu_enrollment_ids
        self.assertEqual(enrollment.payer_id, mother)
        self.assertEqual(enrollment.learner_id.name, "Liu Xiaobao")
        self.assertEqual(enrollment.learner_id, mother.edu_learner_link_ids.learner_id)

    def test_the_customer_chosen_in_the_wizard_becomes_the_customer_of_the_lead(self):
        mother = self.make_customer()
        lead = self.make_education_lead(
            contact_name="Liu Fang", edu_learner_name="Liu Xiaobao"
        )
        with self.wizard(lead) as form:
            self.assertEqual(form.partner_hint, "Liu Fang, a new contact")
            form.partner_id = mother
            form.course_id = self.course
        form.record.action_enroll()
        self.assertEqual(lead.partner_id, mother)
        self.assertEqual(lead.edu_learner_id, mother.edu_learner_link_ids.learner_id)

    def test_the_learner_chosen_in_the_wizard_is_not_made_once_more(self):
        mother, child = self.make_customer(), self.make_customer()
        lead = self.make_education_lead(mother, edu_learner_name="Xiaobao")
        with self.wizard(lead) as form:
            form.learner_id = child
            form.course_id = self.course
        form.record.action_enroll()
        self.assertEqual(lead.edu_learner_id, child)
        self.assertEqual(lead.order_ids.order_line.edu_learner_id, child)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Xiaobao")]))

    def test_a_bare_quotation_is_for_the_child_the_lead_names_too(self):
        mother = self.make_customer()
        lead = self.make_education_lead(mother, edu_learner_name="Liu Xiaobao")
        order = (
            self.env["sale.order"]
            .with_user(self.agent)
            .create(
                {
                    "partner_id": mother.id,
                    "opportunity_id": lead.id,
                    "order_line": [Command.create({"product_id": self.course.id})],
                }
            )
        )
        self.assertEqual(order.order_line.edu_learner_id.name, "Liu Xiaobao")

    def test_no_term_is_no_order(self):
        lead = self.make_education_lead(self.make_customer())
        with self.wizard(lead) as form:
            form.course_id = self.course
            form.quantity = 0
        with self.assertRaisesRegex(UserError, "positive"):
            form.record.action_enroll()

    def test_the_contact_shows_own_enrollments_and_those_paid_for(self):
        guardian = self.make_person()
        learner = self.make_learner(guardian)
        enrollment = self.make_enrollment(learner, guardian)
        own = self.make_enrollment(guardian)
        self.assertEqual(learner.edu_enrollment_ids, enrollment)
        self.assertEqual(guardian.edu_enrollment_ids, own)
        self.assertEqual(guardian.edu_paid_for_ids, enrollment)
        self.assertEqual(guardian.edu_paid_enrollment_count, 2)
        action = guardian.action_edu_open_paid_enrollments()
        found = self.env["edu.enrollment"].search(action["domain"])
        self.assertEqual(found, enrollment | own)

    def test_what_the_order_says_is_not_changed_on_the_enrollment(self):
        enrollment = self.make_enrollment()
        manager = self.make_user("manager")
        for values in (
            {"price_total": 1.0},
            {"learner_id": self.make_person().id},
            {"course_id": self.course.id},
            {"sale_line_id": False},
        ):
            with self.assertRaisesRegex(UserError, "on the order"):
                enrollment.with_user(manager).write(values)
        enrollment.with_user(manager).write({"name": enrollment.name, "goal": "Sing"})
        self.assertEqual(enrollment.goal, "Sing")
