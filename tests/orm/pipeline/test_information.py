"""Course information and letters, through the host's composer, logged on the lead."""

import base64

from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MailCommon

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestInformation(EduCase, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.course = cls.make_product(name="Robots").product_tmpl_id
        cls.stage("primary").teaching_plan = "Two lessons a week"
        cls.lead = cls.make_prospect(
            user_id=cls.agent.id,
            partner_id=cls.make_customer(name="Wang", email="wang@example.com").id,
            edu_course_ids=cls.course.ids,
            edu_learning_goal="Win the cup",
            edu_stage_ids=cls.stage("primary").ids,
        )
        cls.documents = {
            kind: cls.document(f"{kind}.txt", edu_kind=kind)
            for kind in ("introduction", "plan", "case")
        }
        cls.document("prices-for-colleagues.txt")

    @classmethod
    def document(cls, name, **values):
        return cls.env["product.document"].create(
            {
                "name": name,
                "datas": base64.b64encode(b"Hello"),
                "res_model": "product.template",
                "res_id": cls.course.id,
                **values,
            }
        )

    def compose(self, action):
        self.assertEqual(action["res_model"], "mail.compose.message")
        composer = self.env["mail.compose.message"].with_user(self.agent)
        return Form(composer.with_context(**action["context"]))

    def send(self, action):
        with self.mock_mail_gateway():
            self.compose(action).save()._action_send_mail()
        return self.lead.message_ids[0]

    def test_introduction_plan_and_cases_go_out_in_one_mail(self):
        """PIPE-05."""
        lead = self.lead.with_user(self.agent)
        message = self.send(lead.action_edu_send_information())
        for text in ("Robots", "Win the cup", "Two lessons a week"):
            self.assertIn(text, message.body)
        self.assertEqual(
            set(message.attachment_ids.mapped("name")),
            {"introduction.txt", "plan.txt", "case.txt"},
        )
        self.assertIn(self.lead.partner_id, message.partner_ids)
        self.assertEqual(len(self._new_mails), 1)

    def test_a_lead_without_courses_gets_no_documents(self):
        self.lead.edu_course_ids = False
        lead = self.lead.with_user(self.agent)
        message = self.send(lead.action_edu_send_information())
        self.assertFalse(message.attachment_ids)
        self.assertNotIn("attached", message.body)

    def test_each_letter_is_sent_and_logged(self):
        """LEAD-16."""
        lead = self.lead.with_user(self.agent)
        for action, words in (
            (lead.action_edu_send_invitation, "exhibition"),
            (lead.action_edu_send_congratulation, "congratulations"),
            (lead.action_edu_send_sympathy, "difficult time"),
        ):
            with self.subTest(letter=words):
                message = self.send(action())
                self.assertIn(words, message.body)
                self.assertIn("Wang", message.body)
                self.assertFalse(message.attachment_ids)

    def test_stage_moves_and_messages_are_in_one_timeline(self):
        """PIPE-07."""
        self.send(self.lead.with_user(self.agent).action_edu_send_information())
        lead = self.lead.with_user(self.agent)
        lead = lead.with_context(tracking_disable=False, mail_notrack=False)
        lead.stage_id = self.step("consulting")
        self.flush_tracking()
        self.env.invalidate_all()
        tracked = lead.message_ids.sudo().tracking_value_ids.mapped("new_value_char")
        self.assertIn(self.step("consulting").name, tracked)
        self.assertTrue(self.lead.message_ids.filtered("subject"))

    def test_every_template_of_ours_renders_for_a_salesperson(self):
        user = self.make_user("salesperson")
        self.lead.user_id = user
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "mail.template")]
        )
        for template in self.env["mail.template"].browse(data.mapped("res_id")):
            if template.model == "crm.lead":
                with self.subTest(template=template.name):
                    values = template.with_user(user)._generate_template(
                        self.lead.ids, ("subject", "body_html", "email_from")
                    )
                    self.assertIn("Wang", values[self.lead.id]["body_html"])
