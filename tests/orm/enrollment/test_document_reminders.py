"""Families are reminded of documents, once per episode."""

from odoo.tests import tagged

from .onboarding import CRON_DOCUMENTS, PDF, OnboardingCase


@tagged("post_install", "-at_install")
class TestDocumentReminders(OnboardingCase):
    def enroll(self, *codes, days=5, email=True):
        """Return an enrollment whose documents are asked for since so many days."""
        mother, learner = self.make_family()
        if not email:
            mother.email = False
        course = self.make_course_with(*codes)
        enrollment = self.make_enrollment(learner, mother, course=course)
        enrollment.user_id = self.make_user("agent")
        self.age(enrollment.document_ids, days)
        return enrollment

    def age(self, documents, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE edu_enrollment_document SET create_date = %s WHERE id IN %s",
            [self.moment_ago(days), tuple(documents.ids)],
        )
        self.env.invalidate_all()

    def remind(self):
        self.run_cron(CRON_DOCUMENTS)

    def mails(self, enrollment):
        return self.mails_to(enrollment.contact_id)

    def test_one_mail_lists_everything_that_is_missing(self):
        enrollment = self.enroll("identity", "photo")
        self.remind()
        mail = self.mails(enrollment)
        self.assertEqual(len(mail), 1)
        for code in ("identity", "photo"):
            self.assertIn(self.document_type(code).name, mail.body)

    def test_the_second_night_is_silent(self):
        enrollment = self.enroll("identity")
        self.remind()
        self.remind()
        self.assertEqual(len(self.mails(enrollment)), 1)

    def test_the_family_has_some_days_first(self):
        enrollment = self.enroll("identity", days=2)
        self.remind()
        self.assertFalse(self.mails(enrollment))

    def test_a_company_reminds_later_or_never(self):
        enrollment = self.enroll("identity")
        for days in (0, 9):
            self.env.company.edu_document_reminder_days = days
            self.remind()
            self.assertFalse(self.mails(enrollment))

    def test_an_optional_document_is_no_reason(self):
        enrollment = self.enroll("school_report")
        self.remind()
        self.assertFalse(self.mails(enrollment))

    def test_nobody_is_reminded_once_all_is_there(self):
        enrollment = self.enroll("identity")
        enrollment.document_ids._upload("id.pdf", PDF)
        self.remind()
        self.assertFalse(self.mails(enrollment))

    def test_a_rejection_is_told_with_its_reason(self):
        enrollment = self.enroll("identity")
        self.remind()
        enrollment.document_ids._upload("id.pdf", PDF)
        enrollment.document_ids.reject_reason = "The picture is too dark"
        enrollment.document_ids.action_reject()
        self.remind()
        self.remind()
        mails = self.mails(enrollment)
        self.assertEqual(len(mails), 2)
        self.assertIn("The picture is too dark", mails[1].body)

    def test_what_expires_soon_is_told_once(self):
        enrollment = self.enroll("identity")
        self.hand_in(enrollment.document_ids)
        enrollment.document_ids.expires_on = self.days_ago(-40)
        self.remind()
        self.assertFalse(self.mails(enrollment))
        enrollment.document_ids.expires_on = self.days_ago(-20)
        self.remind()
        enrollment.document_ids.expires_on = self.days_ago(1)
        self.remind()
        self.assertEqual(len(self.mails(enrollment)), 1)

    def test_without_an_address_the_adviser_is_asked_once(self):
        enrollment = self.enroll("identity", email=False)
        self.remind()
        self.remind()
        self.assertEqual(len(enrollment.activity_ids), 1)
        self.assertIn("missing documents", enrollment.activity_ids.summary)

    def test_who_left_is_left_in_peace(self):
        enrollment = self.enroll("identity")
        enrollment._withdraw(self.days_ago(0))
        self.remind()
        self.assertFalse(self.mails(enrollment))

    def test_each_company_has_its_own_days(self):
        other = self.make_company(edu_document_reminder_days=9)
        mother, learner = self.make_family()
        enrollment = self.make_enrollment(
            learner,
            mother,
            course=self.make_course_with("identity"),
            company_id=other.id,
        )
        self.age(enrollment.document_ids, 5)
        self.remind()
        self.assertFalse(self.mails(enrollment))
        other.edu_document_reminder_days = 5
        self.remind()
        self.assertEqual(len(self.mails(enrollment)), 1)

    def test_one_that_fails_does_not_stop_the_others(self):
        bad, good = self.enroll("identity"), self.enroll("identity")
        template = self.env.ref("edu_crm_addon.mail_template_edu_enrollment_documents")
        template.body_html = (
            f"<p t-if='object.id == {bad.id}' t-out='1 // 0'/><p>Hello</p>"
        )
        self.remind()
        self.assertEqual(len(self.mails(good)), 1)
        failure = self.env["edu.job.failure"].search(
            [("job", "=", "enrollment_documents")]
        )
        self.assertEqual(failure.res_id, bad.id)
