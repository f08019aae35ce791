"""What a learner handed in before is taken over, and lives as long as it is used."""

import base64

from odoo.tests import tagged

from .onboarding import PDF, OnboardingCase


@tagged("post_install", "-at_install")
class TestDocumentReuse(OnboardingCase):
    def accepted(self, learner, code="identity", **values):
        enrollment = self.make_enrollment(
            learner, course=self.make_course_with(code), **values
        )
        document = enrollment.document_ids
        document._upload("id.pdf", PDF)
        document.action_accept()
        return document

    def test_a_document_of_the_same_learner_is_taken_over(self):
        learner = self.make_customer()
        first = self.accepted(learner, "health")
        second = self.make_enrollment(
            learner, course=self.make_course_with("health")
        ).document_ids
        self.assertEqual(second.state, "accepted")
        self.assertEqual(second.reused_id, first)
        self.assertEqual(second.expires_on, first.expires_on)
        self.assertEqual(second.file_name, "id.pdf")
        self.assertEqual(base64.b64decode(second.file), PDF)

    def test_a_siblings_document_is_not(self):
        guardian = self.make_person()
        first, second = self.make_learner(guardian), self.make_learner(guardian)
        course = self.make_course_with("identity")
        document = self.make_enrollment(first, guardian, course=course).document_ids
        document._upload("id.pdf", PDF)
        document.action_accept()
        other = self.make_enrollment(second, guardian, course=course).document_ids
        self.assertEqual(other.state, "missing")

    def test_an_expired_one_is_not(self):
        learner = self.make_customer()
        document = self.accepted(learner)
        document.expires_on = self.days_ago(1)
        other = self.make_enrollment(learner, course=self.make_course_with("identity"))
        self.assertEqual(other.document_ids.state, "missing")

    def test_one_that_was_rejected_or_is_not_checked_is_not(self):
        learner = self.make_customer()
        first = self.make_enrollment(learner, course=self.make_course_with("identity"))
        first.document_ids._upload("id.pdf", PDF)
        other = self.make_enrollment(learner, course=self.make_course_with("identity"))
        self.assertEqual(other.document_ids.state, "missing")

    def test_what_is_accepted_later_serves_the_other_enrollments_too(self):
        learner = self.make_customer()
        first, second = (
            self.make_enrollment(learner, course=self.make_course_with("identity"))
            for _ in range(2)
        )
        first.document_ids._upload("id.pdf", PDF)
        first.document_ids.action_accept()
        self.assertEqual(second.document_ids.state, "accepted")

    def test_another_company_does_not_get_it(self):
        learner = self.make_customer()
        self.accepted(learner)
        other = self.make_company()
        enrollment = self.make_enrollment(
            learner, course=self.make_course_with("identity"), company_id=other.id
        )
        self.assertEqual(enrollment.document_ids.company_id, other)
        self.assertEqual(enrollment.document_ids.state, "missing")

    def test_the_taken_over_file_survives_the_first_one(self):
        learner = self.make_customer()
        first = self.accepted(learner)
        second = self.make_enrollment(
            learner, course=self.make_course_with("identity")
        ).document_ids
        first.unlink()
        self.env.invalidate_all()
        self.assertFalse(second.reused_id)
        self.assertEqual(base64.b64decode(second.file), PDF)

    def test_the_file_goes_with_the_enrollment(self):
        document = self.make_document()
        document._upload("id.pdf", PDF)
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_field", "=", "file"),
                ("res_id", "=", document.id),
            ]
        )
        self.assertEqual(len(attachments), 1)
        order = document.enrollment_id.order_id
        order._action_cancel()
        order.unlink()
        self.assertFalse(document.exists())
        self.assertFalse(attachments.exists())

    def test_the_name_of_a_type_is_no_markup_in_the_history(self):
        document = self.make_document()
        document.document_type_id.name = "<b>Bold</b>"
        document._upload("id.pdf", PDF)
        body = document.enrollment_id.message_ids[0].body
        self.assertIn("&lt;b&gt;Bold", body)
