"""My enrollments in the portal: who sees what."""

import json

from odoo.tests import tagged

from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortal(PortalCase):
    # ------------------------------------------------------------------ who sees what
    def test_the_guardian_finds_enrollment_and_contract(self):
        self.login(self.mother_user)
        status, text = self.page("/my/enrollments")
        self.assertEqual(status, 200)
        self.assertIn("Child One", text)
        self.assertIn("Piano", text)
        status, text = self.page(f"/my/enrollments/{self.enrollment.id}")
        self.assertEqual(status, 200)
        for word in ("Saturday class", "Saturdays 9:00", "Bring ink", "Child One"):
            self.assertIn(word, text)
        self.assertIn(self.contract.name, text)

    def test_the_order_names_the_learner(self):
        self.login(self.mother_user)
        status, text = self.page(self.order.get_portal_url())
        self.assertEqual(status, 200)
        self.assertEqual(text.count("Learner: Child One"), 1)

    def test_messages_speak_chinese_too(self):
        """The host leaves out the words of its chatter where there is no website."""
        self.login(self.mother_user)
        _status, text = self.page("/website/translations?lang=zh_CN")
        messages = json.loads(text)["modules"]["mail"]["messages"]
        words = {message["id"]: message["string"] for message in messages}
        self.assertEqual(words["The conversation is empty."], "对话内容为空")

    def test_the_home_page_counts_the_enrollments(self):
        self.login(self.mother_user)
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["enrollment_count"]}
        )
        self.assertEqual(result["enrollment_count"], 1)
        self.assertIn("/my/enrollments", self.page("/my")[1])

    def test_the_other_guardian_sees_it_too(self):
        self.login(self.father_user)
        for path in (
            f"/my/enrollments/{self.enrollment.id}",
            f"/my/contracts/{self.contract.id}",
            f"/my/contracts/{self.contract.id}/pdf",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.page(path)[0], 200)

    def test_a_guardian_of_siblings_sees_each_by_learner(self):
        self.make_enrollment(self.sibling, self.mother)
        self.login(self.mother_user)
        _status, text = self.page("/my/enrollments")
        self.assertIn("Child One", text)
        self.assertIn("Child Two", text)
        self.login(self.father_user)
        _status, text = self.page("/my/enrollments")
        self.assertNotIn("Child Two", text)

    def test_a_grown_learner_sees_its_own(self):
        user = self.make_user("portal")
        enrollment = self.make_enrollment(user.partner_id, self.make_organization())
        self.login(user)
        self.assertEqual(self.page(f"/my/enrollments/{enrollment.id}")[0], 200)

    def test_a_stranger_gets_404_everywhere(self):
        self.login(self.make_user("portal"))
        for path in (
            f"/my/enrollments/{self.enrollment.id}",
            f"/my/contracts/{self.contract.id}",
            f"/my/contracts/{self.contract.id}/pdf",
            "/my/enrollments/999999999",
            "/my/contracts/999999999",
            f"/my/contracts/{self.contract.id}?access_token=wrong",
        ):
            with self.subTest(path=path):
                self.assertEqual(self.page(path)[0], 404)
        self.assertNotIn("Child One", self.page("/my/enrollments")[1])

    def test_the_archived_file_is_not_read_past_the_check(self):
        self.login(self.mother_user)
        attachment = self.contract.attachment_id
        self.assertEqual(self.page(f"/web/content/{attachment.id}")[0], 404)

    def test_another_company_gets_404(self):
        other = self.make_company()
        user = self.make_user("portal", company=other)
        enrollment = self.make_enrollment(user.partner_id)
        self.assertNotEqual(enrollment.company_id, other)
        self.login(user)
        self.assertEqual(self.page(f"/my/enrollments/{enrollment.id}")[0], 404)

    def test_who_is_not_logged_in_logs_in_or_has_the_link(self):
        self.authenticate(None, None)
        path = f"/my/enrollments/{self.enrollment.id}"
        response = self.url_open(path, allow_redirects=False)
        self.assertIn(response.status_code, (302, 303))
        self.assertIn("/web/login", response.headers["Location"])
        url = self.enrollment.get_portal_url()
        self.env.flush_all()
        self.assertEqual(self.page(url)[0], 200)

    def test_the_staff_opens_the_pages_by_its_rights(self):
        user = self.make_user("manager")
        self.login(user)
        self.assertEqual(self.page(f"/my/enrollments/{self.enrollment.id}")[0], 200)
        self.assertEqual(self.page(f"/my/contracts/{self.contract.id}/pdf")[0], 200)
        self.login(self.make_user("employee"))
        self.assertEqual(self.page(f"/my/enrollments/{self.enrollment.id}")[0], 404)
        self.assertEqual(self.page(f"/my/contracts/{self.contract.id}/pdf")[0], 404)

    def test_a_message_of_the_guardian_reaches_the_enrollment(self):
        self.login(self.mother_user)
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "edu.enrollment",
                "thread_id": self.enrollment.id,
                "post_data": {"body": "When does it start?"},
            },
        )
        self.assertIn("When does it start?", self.enrollment.message_ids[0].body)
        self.assertEqual(self.enrollment.message_ids[0].author_id, self.mother)

    def test_the_pages_are_chinese_for_who_reads_chinese(self):
        self.mother_user.lang = "zh_CN"
        self.login(self.mother_user)
        status, text = self.page(f"/my/contracts/{self.contract.id}")
        self.assertEqual(status, 200)
        self.assertIn("Enrollment contract 入学合同", " ".join(text.split()))

    def test_the_page_of_the_order_shows_what_is_signed_there(self):
        order = self.make_course_order(self.mother, self.sibling, confirm=False)
        order.write({"state": "sent", "require_signature": True})
        self.env.flush_all()
        self.login(self.mother_user)
        text = self.page(f"/my/orders/{order.id}")[1]
        self.assertIn("edu_contract_preview", text)
        self.assertIn("Enrollment contract 入学合同", text)
        self.assertIn("Child Two", text)
        text = self.page(f"/my/orders/{self.order.id}")[1]
        self.assertNotIn("edu_contract_preview", text)
        self.assertIn(f'href="/my/contracts/{self.contract.id}"', text)
        plain = self.make_order(self.mother)
        self.assertNotIn("edu_contract", self.page(f"/my/orders/{plain.id}")[1])
