"""Documents of an enrollment: asked for, uploaded, checked, expired."""

import base64
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .onboarding import PDF, OnboardingCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestDocuments(OnboardingCase):
    def upload_by_form(self, document, content):
        document.write({"file": base64.b64encode(content), "file_name": "scan.pdf"})

    # ------------------------------------------------------------------ asked for
    def test_an_enrollment_asks_for_what_its_course_asks_for(self):
        course = self.make_course_with("identity", "photo")
        enrollment = self.make_enrollment(course=course)
        self.assertEqual(
            enrollment.document_ids.document_type_id, course.edu_document_type_ids
        )
        self.assertEqual(set(enrollment.document_ids.mapped("state")), {"missing"})
        self.assertEqual(enrollment.missing_document_count, 2)

    def test_asking_again_changes_nothing(self):
        enrollment = self.make_enrollment(course=self.make_course_with("identity"))
        documents = enrollment.document_ids
        enrollment._make_documents()
        order = enrollment.order_id
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(enrollment.document_ids, documents)

    def test_a_document_is_asked_for_once(self):
        document = self.make_document()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            document.copy()
            self.env.flush_all()

    def test_another_course_asks_for_other_documents(self):
        first = self.make_course_with("identity", "photo")
        second = self.make_course_with("photo", "health")
        enrollment = self.make_enrollment(course=first)
        identity = self.document(enrollment, "identity")
        identity._upload("id.pdf", PDF)
        enrollment.order_id.order_line.product_id = second
        self.assertEqual(
            set(enrollment.document_ids.mapped("document_type_id.code")),
            {"identity", "photo", "health"},
        )

    def test_rows_of_the_old_course_go_while_nothing_was_handed_in(self):
        enrollment = self.make_enrollment(course=self.make_course_with("identity"))
        enrollment.order_id.order_line.product_id = self.make_course_with("health")
        self.assertEqual(enrollment.document_ids.document_type_id.code, "health")

    def test_another_learner_begins_without_the_first_ones_files(self):
        guardian = self.make_person()
        first, second = self.make_learner(guardian), self.make_learner(guardian)
        course = self.make_course_with("identity")
        enrollment = self.make_enrollment(first, guardian, course=course)
        enrollment.document_ids._upload("id.pdf", PDF)
        enrollment.document_ids.action_accept()
        enrollment.order_id.order_line.edu_learner_id = second
        self.assertEqual(enrollment.document_ids.state, "missing")
        self.assertFalse(enrollment.document_ids.file)

    def test_an_archived_type_is_not_asked_for(self):
        course = self.make_course_with("identity")
        course.edu_document_type_ids.action_archive()
        self.env.invalidate_all()
        self.assertFalse(self.make_enrollment(course=course).document_ids)

    # ------------------------------------------------------------------ upload
    def test_the_family_uploads_and_the_agent_accepts(self):
        document = self.make_document()
        document._upload("C:\\scans\\id card.pdf", PDF)
        self.assertRecordValues(
            document,
            [
                {
                    "state": "uploaded",
                    "file_name": "id card.pdf",
                    "uploaded_by_id": self.env.uid,
                    "is_missing": False,
                }
            ],
        )
        self.assertEqual(base64.b64decode(document.file), PDF)
        document.action_accept()
        self.assertEqual(document.state, "accepted")
        self.assertEqual(document.checked_by_id, self.env.user)
        self.assertTrue(document.checked_at)

    def test_pictures_of_a_phone_are_accepted(self):
        for content in (PNG, bytes(4) + b"ftypheic" + bytes(100)):
            with self.subTest(content=content[:12]):
                document = self.make_document()
                document._upload("photo", content)
                self.assertEqual(document.state, "uploaded")

    def test_anything_else_is_refused_with_a_clear_message(self):
        document = self.make_document()
        for name, content, message in (
            ("id.pdf", b"", "empty"),
            ("id.pdf", b"<html><script>alert(1)</script></html>", "PDF file or a pict"),
            ("id.pdf", b"MZ\x90\x00" + bytes(100), "PDF file or a picture"),
            ("id.pdf", PDF + bytes(10 * 1024 * 1024), "10"),
        ):
            with (
                self.subTest(content=content[:12]),
                self.assertRaisesRegex(ValidationError, message),
            ):
                document._upload(name, content)
        self.assertEqual(document.state, "missing")

    def test_the_form_obeys_the_same_rules(self):
        document = self.make_document()
        with self.assertRaisesRegex(ValidationError, "PDF file or a picture"):
            self.upload_by_form(document, b"<html></html>")
        self.upload_by_form(document, PDF)
        self.assertEqual(document.state, "uploaded")

    def test_removing_the_file_makes_it_missing_again(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        document.action_accept()
        document.file = False
        self.assertEqual(document.state, "missing")
        self.assertFalse(document.checked_at)

    def test_the_family_does_not_replace_what_was_accepted(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        document._upload("better.pdf", PDF)
        document.action_accept()
        with self.assertRaisesRegex(UserError, "not needed now"):
            document._upload("other.pdf", PDF)

    def test_the_family_replaces_what_expires_soon(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        document.expires_on = self.days_ago(-10)
        document.action_accept()
        document._upload("new.pdf", PDF)
        self.assertEqual(document.state, "uploaded")
        self.assertFalse(document.expires_on)

    def test_nothing_is_uploaded_for_an_enrollment_that_is_over(self):
        document = self.make_document()
        document.enrollment_id.order_id._action_cancel()
        with self.assertRaisesRegex(UserError, "not needed now"):
            document._upload("id.pdf", PDF)

    # ------------------------------------------------------------------ check
    def test_a_rejection_needs_a_reason_and_can_be_mended(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        with self.assertRaisesRegex(UserError, "why"):
            document.action_reject()
        document.reject_reason = "Too dark"
        document.action_reject()
        self.assertTrue(document.is_missing)
        document._upload("id.pdf", PDF)
        self.assertEqual(document.state, "uploaded")
        self.assertFalse(document.reject_reason)

    def test_without_a_file_nothing_is_accepted(self):
        document = self.make_document()
        with self.assertRaisesRegex(UserError, "no new file"):
            document.action_accept()

    def test_import_and_rpc_do_not_set_the_state(self):
        document = self.make_document()
        agent = self.make_user("agent")
        document.enrollment_id.user_id = agent
        theirs = document.with_user(agent)
        for name, value in (
            ("state", "accepted"),
            ("checked_by_id", agent.id),
            ("uploaded_at", "2026-01-01"),
            ("enrollment_id", self.make_enrollment().id),
        ):
            with self.subTest(field=name), self.assertRaises(UserError):
                theirs.write({name: value})
        with self.assertRaises(UserError):
            theirs.create(
                {
                    "enrollment_id": document.enrollment_id.id,
                    "document_type_id": self.document_type("health").id,
                    "state": "accepted",
                }
            )

    def test_the_history_of_the_enrollment_tells(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        document.action_accept()
        bodies = " ".join(document.enrollment_id.message_ids.mapped("body"))
        self.assertIn("Document uploaded", bodies)
        self.assertIn("Document accepted", bodies)

    # ------------------------------------------------------------------ expiry
    def test_the_type_says_how_long_it_is_valid(self):
        document = self.make_document("health")
        document._upload("health.pdf", PDF)
        document.action_accept()
        today = self.env.company._edu_today()
        self.assertEqual(document.expires_on, today.replace(year=today.year + 1))

    def test_what_is_read_off_the_document_goes_before(self):
        document = self.make_document("health")
        document._upload("health.pdf", PDF)
        document.expires_on = self.days_ago(-10)
        document.action_accept()
        self.assertEqual(document.expires_on, self.days_ago(-10))

    def test_search_and_field_agree_on_what_is_expired_and_missing(self):
        documents = self.env["edu.enrollment.document"]
        for offset in (-1, 0, 1):
            for code in ("identity", "photo"):
                document = self.make_document(code)
                document._upload("a.pdf", PDF)
                document.expires_on = self.env.company._edu_today() + timedelta(
                    days=offset
                )
                if code == "identity":
                    document.action_accept()
                documents |= document
        documents |= self.make_document()
        for name in ("is_expired", "is_missing"):
            with self.subTest(field=name):
                domain = [("id", "in", documents.ids)]
                found = documents.search([*domain, (name, "=", True)])
                self.assertEqual(found, documents.filtered(name).sorted())
                others = documents.search([*domain, (name, "=", False)])
                self.assertEqual(others, (documents - found).sorted())
        self.assertEqual(len(documents.filtered("is_expired")), 1)
