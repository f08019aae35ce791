"""My enrollments in the portal: who sees what, and the contract signed there."""

import json
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Date
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ...orm.common import SIGNATURE, EduCase

PDF = b"%PDF-1.4 contract "
NO_HTTP_LOG = mute_logger("odoo.http")


@tagged("post_install", "-at_install")
class TestPortal(EduCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother_user = cls.make_user("portal", name="Mother")
        cls.mother = cls.mother_user.partner_id
        cls.father_user = cls.make_user("portal", name="Father")
        cls.father = cls.father_user.partner_id
        cls.child = cls.make_learner(cls.mother, name="Child One")
        cls.link(cls.father, cls.child, relation="father")
        cls.sibling = cls.make_learner(cls.mother, name="Child Two")
        course = cls.make_course(name="Piano")
        run = cls.make_run(
            course, name="Saturday class", schedule="Saturdays 9:00", notes="Bring ink"
        )
        cls.order = cls.make_course_order(
            cls.mother, cls.child, course=course, edu_run_id=run.id
        )
        cls.enrollment = cls.order.edu_enrollment_ids
        cls.contract = cls.archive(cls.order)

    @classmethod
    def archive(cls, order):
        with patch.object(
            type(cls.env["edu.contract"]),
            "_render",
            lambda contract: PDF + contract.name.encode(),
        ):
            return cls.sign(order, "Mother")

    def login(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path):
        """Return status and text of a page of the logged-in user."""
        response = self.url_open(path)
        return response.status_code, response.text

    def sign_online(self, contract, **params):
        with NO_HTTP_LOG:
            return self.make_jsonrpc_request(
                f"/my/contracts/{contract.id}/sign",
                {
                    "digest": contract.facts_digest,
                    "name": "Mother",
                    "signature": SIGNATURE.decode(),
                    **params,
                },
            )

    def new_version(self):
        self.order.order_line.price_unit = 120
        self.env.flush_all()
        return self.order.edu_contract_to_sign_id

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

    # ------------------------------------------------------------------ the file
    def test_the_file_is_sent_as_archived(self):
        self.login(self.mother_user)
        response = self.url_open(f"/my/contracts/{self.contract.id}/pdf")
        self.assertEqual(response.content, PDF + self.contract.name.encode())
        self.assertEqual(response.headers["Content-Type"], "application/pdf")

    def test_an_altered_file_is_not_sent_and_the_school_learns_of_it(self):
        attachment = self.contract.attachment_id
        path = Path(attachment._full_path(attachment.store_fname))
        content = path.read_bytes()
        self.addCleanup(path.write_bytes, content)
        path.write_bytes(content + b"!")
        self.login(self.mother_user)
        status, text = self.page(f"/my/contracts/{self.contract.id}/pdf")
        self.assertEqual(status, 409)
        self.assertIn("not the one that was signed", " ".join(text.split()))
        status, text = self.page(f"/my/contracts/{self.contract.id}")
        self.assertIn("not the one that was signed", " ".join(text.split()))
        self.env.invalidate_all()
        self.assertTrue(self.contract.tampered_at)
        self.assertEqual(len(self.contract.activity_ids), 1)

    def test_a_file_that_is_not_made_yet_is_said_to_come(self):
        contract = self.sign(self.make_course_order(self.mother, self.sibling))
        self.assertTrue(contract.is_pending)
        self.login(self.mother_user)
        status, text = self.page(f"/my/contracts/{contract.id}/pdf")
        self.assertEqual(status, 409)
        self.assertIn("not ready yet", text)

    # ------------------------------------------------------------------ signing
    def test_the_customer_signs_the_new_version(self):
        waiting = self.new_version()
        self.login(self.mother_user)
        text = self.page(f"/my/enrollments/{self.enrollment.id}")[1]
        self.assertIn(f"/my/contracts/{waiting.id}", text)
        self.assertIn("edu_contract_sign", self.page(f"/my/contracts/{waiting.id}")[1])
        result = self.sign_online(waiting)
        self.assertTrue(result.get("force_refresh"), result)
        self.env.invalidate_all()
        self.assertEqual(waiting.state, "signed")
        self.assertEqual(waiting.signed_by, "Mother")
        self.assertEqual(self.contract.state, "superseded")

    def test_who_has_the_link_of_the_mail_signs_without_login(self):
        waiting = self.new_version()
        token = waiting._portal_ensure_token()
        self.env.flush_all()
        self.authenticate(None, None)
        result = self.sign_online(waiting, access_token=token)
        self.assertTrue(result.get("force_refresh"), result)

    def test_nobody_else_signs(self):
        waiting = self.new_version()
        self.login(self.father_user)
        page = self.page(f"/my/contracts/{waiting.id}")[1]
        self.assertNotIn('id="edu_contract_sign"', page)
        self.assertIn("Only the customer", self.sign_online(waiting)["error"])
        token = self.enrollment._portal_ensure_token()
        self.env.flush_all()
        result = self.sign_online(waiting, access_token=token)
        self.assertIn("Only the customer", result["error"])
        self.env.invalidate_all()
        self.assertEqual(waiting.state, "to_sign")

    def test_what_changed_while_reading_is_not_signed(self):
        waiting = self.new_version()
        read = waiting.facts_digest
        self.order.order_line.edu_date_start = Date.add(
            self.enrollment.date_start, days=3
        )
        self.env.flush_all()
        self.assertNotEqual(waiting.facts_digest, read)
        self.login(self.mother_user)
        result = self.sign_online(waiting, digest=read)
        self.assertIn("changed meanwhile", result["error"])
        self.assertIn("missing", self.sign_online(waiting, signature="")["error"])

    def test_a_form_of_another_site_signs_nothing(self):
        """The route speaks JSON only, which no foreign form can send with cookies."""
        waiting = self.new_version()
        self.login(self.mother_user)
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_http"):
            response = self.url_open(
                f"/my/contracts/{waiting.id}/sign",
                data={"digest": waiting.facts_digest, "name": "X", "signature": "x"},
            )
        self.assertIn(response.status_code, (400, 415))
        self.env.invalidate_all()
        self.assertEqual(waiting.state, "to_sign")

    def test_a_stranger_signing_learns_nothing(self):
        waiting = self.new_version()
        self.login(self.make_user("portal"))
        with self.assertRaisesRegex(JsonRpcException, "NotFound"):
            self.sign_online(waiting)
