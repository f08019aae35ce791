"""From a customer: lead, contact, meeting, e-mail and activity, each prefilled."""

from odoo.tests import Form, tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestActions(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.customer = cls.make_customer(
            name="Wang", email="wang@example.com", user_id=cls.agent.id
        ).with_user(cls.agent)

    def model_of(self, action):
        """Return the model an action opens, in the context it opens it in."""
        self.assertEqual(action["type"], "ir.actions.act_window")
        model = self.env[action["res_model"]].with_user(self.agent)
        return model.with_context(**action.get("context", {}))

    def test_a_new_opportunity_of_the_customer(self):
        form = Form(self.model_of(self.customer.action_edu_new_lead()))
        self.assertEqual(form.partner_id, self.customer)
        form.name = "Robots course"
        lead = form.save()
        self.assertRecordValues(
            lead,
            [
                {
                    "type": "opportunity",
                    "partner_id": self.customer.id,
                    "user_id": self.agent.id,
                }
            ],
        )
        self.assertRelationship(self.customer, "potential")

    def test_an_opportunity_goes_to_the_owner_of_the_customer(self):
        manager = self.make_user("manager")
        action = self.customer.with_user(manager).action_edu_new_lead()
        self.assertEqual(action["context"]["default_user_id"], self.agent.id)

    def test_the_opportunity_of_a_customer_without_owner_is_mine(self):
        self.customer.sudo().user_id = False
        action = self.customer.action_edu_new_lead()
        self.assertEqual(action["context"]["default_user_id"], self.agent.id)

    def test_a_new_contact_of_the_organization(self):
        school = self.make_organization(name="School", user_id=self.agent.id)
        action = school.with_user(self.agent).action_edu_new_contact()
        form = Form(self.model_of(action))
        form.name = "Headmaster"
        contact = form.save()
        self.assertEqual(contact.parent_id.id, school.id)
        self.assertEqual(contact.type, "contact")

    def test_a_meeting_with_the_customer(self):
        action = self.customer.schedule_meeting()
        self.assertEqual(action["res_model"], "calendar.event")
        self.assertIn(self.customer.id, action["context"]["default_partner_ids"])

    def test_an_email_to_the_customer(self):
        action = self.customer.action_edu_email()
        form = Form(self.model_of(action))
        self.assertEqual(form.partner_ids[:], self.customer)
        form.subject, form.body = "Trial lesson", "<p>Tomorrow?</p>"
        form.save()._action_send_mail()
        message = self.customer.message_ids[0]
        self.assertEqual(message.subject, "Trial lesson")
        self.assertEqual(message.partner_ids, self.customer)

    def test_an_activity_for_the_customer(self):
        action = self.customer.action_edu_schedule_activity()
        form = Form(self.model_of(action))
        form.activity_type_id = self.env.ref("mail.mail_activity_data_call")
        form.save().action_schedule_activities()
        self.assertEqual(
            self.customer.activity_ids.activity_type_id,
            self.env.ref("mail.mail_activity_data_call"),
        )

    def test_the_plan_of_the_stage_is_proposed(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Welcome",
                "res_model": "res.partner",
                "template_ids": [
                    (
                        0,
                        0,
                        {
                            "activity_type_id": self.env.ref(
                                "mail.mail_activity_data_call"
                            ).id,
                            "summary": "Welcome call",
                            "responsible_type": "other",
                            "responsible_id": self.agent.id,
                        },
                    )
                ],
            }
        )
        stage = self.env["edu.stage"].create(
            {"name": "Adult education", "activity_plan_id": plan.id}
        )
        self.customer.sudo().edu_stage_ids = stage
        form = Form(self.model_of(self.customer.action_edu_schedule_activity()))
        self.assertEqual(form.plan_id, plan)
        form.save().action_schedule_plan()
        self.assertEqual(self.customer.activity_ids.summary, "Welcome call")

    def test_purchases_are_opened_by_their_button(self):
        action = self.customer.action_edu_view_purchases()
        moves = self.env[action["res_model"]].with_user(self.agent)
        self.assertFalse(moves.search(action["domain"]))
