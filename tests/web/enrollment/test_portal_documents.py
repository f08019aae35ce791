"""The family hands in documents in the portal; nobody else finds them."""

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...orm.enrollment.onboarding import PDF, OnboardingCase

NO_HTTP_LOG = mute_logger("odoo.http")


@tagged("post_install", "-at_install")
class TestPortalDocuments(OnboardingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother_user = cls.make_user("portal", name="Mother")
        cls.mother = cls.mother_user.partner_id
        cls.child = cls.make_learner(cls.mother, name="Child One")
        cls.enrollment = cls.make_enrollment(
            cls.child, cls.mother, course=cls.make_course_with("identity", "photo")
        )
        cls.identity = cls.document(cls.enrollment, "identity")
        cls.photo = cls.document(cls.enrollment, "photo")
        cls.url = f"/my/enrollments/{cls.enrollment.id}"
        cls.upload_url = f"{cls.url}/documents/{cls.identity.id}"
        cls.file_url = f"{cls.upload_url}/file"

    def login(self, user):
        self.authenticate(user.login, user.login)

    def upload(self, content=PDF, name="id card.pdf", url=None, **data):
        if self.session.uid:
            data.setdefault("csrf_token", http.Request.csrf_token(self))
        with NO_HTTP_LOG:
            return self.url_open(
                url or self.upload_url,
                data=data,
                files={"file": (name, content)},
                allow_redirects=False,
            )

    # ------------------------------------------------------------------ the family
    def test_the_guardian_uploads_and_finds_the_file(self):
        self.login(self.mother_user)
        page = self.url_open(self.url).text
        self.assertIn(self.upload_url, page)
        self.assertIn("Missing", page)
        response = self.upload()
        self.assertEqual(response.status_code, 303)
        self.assertIn(self.url, response.headers["Location"])
        self.env.invalidate_all()
        self.assertEqual(self.identity.state, "uploaded")
        self.assertEqual(self.identity.uploaded_by_id, self.mother_user)
        page = self.url_open(self.url).text
        self.assertIn("Being checked", page)
        self.assertIn("id card.pdf", page)
        response = self.url_open(self.file_url)
        self.assertEqual(response.content, PDF)
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_a_refused_file_is_explained_on_the_page(self):
        self.login(self.mother_user)
        for content, message in (
            (b"<html></html>", "Please upload a PDF file or a picture"),
            (b"", "The file is empty"),
            (PDF + bytes(10 * 1024 * 1024), "larger than"),
        ):
            with self.subTest(message=message):
                response = self.upload(content)
                self.assertEqual(response.status_code, 422)
                self.assertIn(message, response.text)
        self.env.invalidate_all()
        self.assertEqual(self.identity.state, "missing")

    def test_the_reason_of_a_rejection_is_read_there(self):
        self.identity._upload("id.pdf", PDF)
        self.identity.reject_reason = "The picture is too dark"
        self.identity.action_reject()
        self.login(self.mother_user)
        self.assertIn("The picture is too dark", self.url_open(self.url).text)

    def test_what_was_accepted_is_not_asked_for_again(self):
        self.hand_in(self.identity)
        self.login(self.mother_user)
        page = self.url_open(self.url).text
        self.assertNotIn(f'action="{self.upload_url}"', page)
        self.assertEqual(self.upload().status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(self.identity.state, "accepted")

    # ------------------------------------------------------------------ everybody else
    def test_without_the_token_of_the_form_nothing_is_uploaded(self):
        self.login(self.mother_user)
        response = self.upload(csrf_token="")
        self.assertEqual(response.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.identity.state, "missing")

    def test_a_stranger_finds_nothing(self):
        self.identity._upload("id.pdf", PDF)
        self.login(self.make_user("portal"))
        with NO_HTTP_LOG:
            self.assertEqual(self.url_open(self.url).status_code, 404)
            self.assertEqual(self.url_open(self.file_url).status_code, 404)
        self.assertEqual(self.upload().status_code, 404)

    def test_nobody_gets_in_without_logging_in(self):
        self.identity._upload("id.pdf", PDF)
        response = self.url_open(self.file_url, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])
        token = self.enrollment._portal_ensure_token()
        page = self.url_open(f"{self.url}?access_token={token}").text
        self.assertIn("Documents are shown to the learner", page)
        self.assertNotIn(self.file_url, page)

    def test_the_document_of_another_family_is_not_reached_by_its_number(self):
        other = self.make_document()
        other._upload("id.pdf", PDF)
        self.login(self.mother_user)
        url = f"{self.url}/documents/{other.id}"
        with NO_HTTP_LOG:
            self.assertEqual(self.url_open(f"{url}/file").status_code, 404)
        self.assertEqual(self.upload(url=url).status_code, 404)

    def test_whoever_pays_for_an_organization_sees_no_papers(self):
        organization = self.make_organization()
        user = self.make_user("portal")
        user.partner_id.parent_id = organization
        enrollment = self.make_enrollment(
            self.child, organization, course=self.make_course_with("identity")
        )
        document = enrollment.document_ids
        document._upload("id.pdf", PDF)
        self.login(user)
        url = f"/my/enrollments/{enrollment.id}"
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("id.pdf", page.text)
        with NO_HTTP_LOG:
            path = f"{url}/documents/{document.id}/file"
            self.assertEqual(self.url_open(path).status_code, 404)
