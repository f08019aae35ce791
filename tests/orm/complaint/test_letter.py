from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import MODULE, EduCase

ZH_DECISION = "我们的决定"


@tagged("post_install", "-at_install")
class TestLetter(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            name="Wang Fang", email="fang@example.com", lang="en_US"
        )
        cls.accused = cls.make_person(name="Teacher Zhao")
        cls.leader = cls.make_user("leader", name="Li Na")
        cls.complaint_team = cls.make_complaint_team(leader_id=cls.leader.id)

    def decided(self, step="feedback", **values):
        return self.make_complaint(
            self.customer,
            step=step,
            **{
                "subject": "Canceled lesson",
                "team_id": self.complaint_team.id,
                "user_id": self.leader.id,
                "accused_partner_ids": self.accused.ids,
                "description": "Teacher Zhao did not come",
                "clarified": "The lesson of May 4 did not take place",
                "plan": "Internal: talk to Teacher Zhao, costs 300",
                "staff_finding": "Overslept",
                "verdict": "partly",
                "verdict_reason": "The room was flooded",
                **values,
            },
        )

    def mails(self, complaint):
        return self.env["mail.mail"].search(
            [("model", "=", "edu.complaint"), ("res_id", "=", complaint.id)]
        )

    def letter(self, complaint):
        report = self.env["ir.actions.report"]
        html, _kind = report._render_qweb_html(
            f"{MODULE}.edu_complaint_letter_report", complaint.ids
        )
        return html.decode()

    def test_entering_feedback_sends_the_result(self):
        complaint = self.decided()
        mail = self.mails(complaint)
        self.assertEqual(len(mail), 1)
        self.assertIn("fang@example.com", mail.email_to)
        self.assertIn(complaint.name, mail.subject)
        self.assertIn("'Auto-Submitted': 'auto-generated'", mail.headers)
        self.assertIn("justified in part", mail.body_html)
        self.assertIn("The room was flooded", mail.body_html)
        self.assertIn(complaint._answer_token(), mail.body_html)

    def test_the_history_tells_of_it_without_the_link(self):
        complaint = self.decided()
        message = self.mails(complaint).mail_message_id
        self.assertIn("result of your complaint", message.body)
        self.assertFalse(
            complaint.message_ids.filtered(lambda m: "access_token" in (m.body or ""))
        )

    def test_the_letter_says_why_and_not_who(self):
        complaint = self.decided()
        texts = (self.letter(complaint), self.mails(complaint).body_html)
        for text in texts:
            self.assertIn("The room was flooded", text)
            self.assertIn("The lesson of May 4", text)
            for secret in ("Zhao", "Internal", "300", "Overslept"):
                self.assertNotIn(secret, text)

    def test_the_person_concerned_cannot_print_it(self):
        manager = self.make_user("manager")
        complaint = self.decided(accused_partner_ids=manager.partner_id.ids)
        report = self.env["ir.actions.report"].with_user(manager)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            report._render_qweb_html(
                f"{MODULE}.edu_complaint_letter_report", complaint.ids
            )

    def test_it_names_what_was_chosen_and_done_but_no_cost(self):
        complaint = self.decided(step="implement")
        solution = self.env["edu.complaint.solution"].create(
            {
                "complaint_id": complaint.id,
                "name": "Repeat the lesson",
                "description": "On a day you choose",
                "cost": 712,
            }
        )
        solution._choose("staff")
        measure = self.env["edu.complaint.measure"].create(
            {
                "complaint_id": complaint.id,
                "kind": "apologise",
                "description": "Internal: by Zhao",
            }
        )
        measure.write({"state": "done", "done_at": self.moment_ago(0)})
        complaint.state = "feedback"
        for text in (self.letter(complaint), self.mails(complaint).body_html):
            self.assertIn("Repeat the lesson: On a day you choose", text)
            self.assertIn("Sincere apology", text)
            for secret in ("Internal", "Zhao", "712"):
                self.assertNotIn(secret, text)

    def test_it_is_written_in_the_customers_language(self):
        self.customer.lang = "zh_CN"
        template = self.env.ref(f"{MODULE}.mail_template_edu_complaint_result")
        template.with_context(lang="zh_CN").subject = "投诉结果 {{ object.name }}"
        view = self.env.ref(f"{MODULE}.edu_complaint_letter_document")
        view.update_field_translations(
            "arch_db", {"zh_CN": {"Our decision": ZH_DECISION}}
        )
        complaint = self.decided()
        self.assertIn("投诉结果", self.mails(complaint).subject)
        self.assertIn(ZH_DECISION, self.letter(complaint))
        self.customer.lang = "en_US"
        self.assertIn("Our decision", self.letter(complaint))

    def test_the_pdf_goes_with_it(self):
        model = self.env.registry["edu.complaint"]
        with patch.object(model, "_letter_pdf", lambda complaint: b"%PDF-1.7"):
            complaint = self.decided()
        attachment = self.mails(complaint).attachment_ids
        self.assertEqual(attachment.raw, b"%PDF-1.7")
        self.assertEqual(attachment.res_id, complaint.id)

    def test_a_broken_printer_does_not_stop_the_result(self):
        def fail(complaint):
            raise ValueError("no printer")

        model = self.env.registry["edu.complaint"]
        with (
            patch.object(model, "_letter_pdf", fail),
            self.assertLogs("odoo.addons.edu_crm_addon", "WARNING"),
        ):
            complaint = self.decided()
        self.assertTrue(self.mails(complaint))

    def test_without_an_address_it_says_so_and_can_be_printed(self):
        self.customer.email = False
        complaint = self.decided()
        self.assertFalse(self.mails(complaint))
        self.assertIn("print the letter", complaint.message_ids[0].body)
        action = complaint.with_user(self.leader).action_print_letter()
        self.assertEqual(action["type"], "ir.actions.report")
        with self.assertRaisesRegex(UserError, "no email address"):
            complaint.action_send_letter()
        complaint.email_from = "later@example.com"
        complaint.action_send_letter()
        self.assertIn("later@example.com", self.mails(complaint).email_to)

    def test_there_is_nothing_to_tell_before_the_verdict(self):
        with self.assertRaisesRegex(UserError, "no verdict"):
            self.make_complaint(step="plan").action_print_letter()

    def test_who_refuses_is_told_that_it_goes_on(self):
        complaint = self.decided()
        self.mails(complaint).unlink()
        complaint._refuse("No")
        mail = self.mails(complaint)
        self.assertIn("go on", mail.subject)
        self.assertIn("more responsibility", mail.body_html)

    def test_the_end_thanks_the_customer(self):
        complaint = self.decided(cause_id=self.cause().id, lesson="Dry rooms")
        complaint._accept()
        self.mails(complaint).unlink()
        complaint.action_close()
        mail = self.mails(complaint)
        self.assertIn("is closed", mail.subject)
        self.assertIn("we are sorry", mail.body_html)
        self.assertIn("we open it again", mail.body_html)
        self.assertNotIn("rate us", mail.body_html, "the letter asked for it already")
