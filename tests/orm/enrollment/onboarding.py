"""What the tests of the onboarding share."""

from ..common import MODULE, EduCase

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
CRON_MAIL = f"{MODULE}.ir_cron_enrollment_mail"
CRON_DOCUMENTS = f"{MODULE}.ir_cron_enrollment_documents"


class OnboardingCase(EduCase):
    """Every step is required, as it is by default, unless the test says less."""

    requires_onboarding = True

    @classmethod
    def require(cls, *steps):
        """Require these steps only: documents, account, schedule."""
        cls.env.company.write(
            {
                f"edu_require_{step}": step in steps
                for step in ("documents", "account", "schedule")
            }
        )

    @classmethod
    def document_type(cls, code):
        return cls.env.ref(f"{MODULE}.edu_document_type_{code}")

    @classmethod
    def make_course_with(cls, *codes, **values):
        """Return a course that asks for the documents of these types."""
        kinds = cls.env["edu.document.type"].union(*map(cls.document_type, codes))
        return cls.make_course(edu_document_type_ids=kinds.ids, **values)

    @classmethod
    def make_document(cls, code="identity", **values):
        """Return the missing document of a new enrollment."""
        course = cls.make_course_with(code)
        return cls.make_enrollment(course=course, **values).document_ids

    @classmethod
    def document(cls, enrollment, code):
        return enrollment.document_ids.filtered(
            lambda document: document.document_type_id.code == code
        )

    @classmethod
    def make_family(cls, **values):
        """Return a mother who can be written to and her child under age."""
        number = next(cls._numbers)
        mother = cls.make_customer(
            name=f"Mother {number}", email=f"mother.{number}@example.com", **values
        )
        return mother, cls.make_learner(mother)

    def hand_in(self, documents):
        for document in documents:
            document._upload("scan.pdf", PDF)
        documents.action_accept()

    def mails_to(self, partner):
        """Return the messages that went to the partner, oldest first."""
        self.env.flush_all()
        notifications = self.env["mail.notification"].search(
            [("res_partner_id", "=", partner.id), ("notification_type", "=", "email")]
        )
        return notifications.mail_message_id.sorted("id")
