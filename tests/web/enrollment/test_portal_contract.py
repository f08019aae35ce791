"""The contract in the portal: its file, and signing it there."""

from pathlib import Path

from odoo.fields import Date
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .portal import PDF, PortalCase


@tagged("post_install", "-at_install")
class TestPortalContract(PortalCase):
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
