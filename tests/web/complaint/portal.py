"""What the tests of the pages for customers share."""

from odoo import http
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ...orm.common import EduCase

PDF = b"%PDF-1.7 what happened"
NO_HTTP_LOG = mute_logger("odoo.http")


class PortalCase(EduCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother_user = cls.make_user("portal", name="Mother", tz="Asia/Shanghai")
        cls.mother = cls.mother_user.partner_id
        cls.child = cls.make_learner(cls.mother, name="Child One")
        cls.handler = cls.make_user("agent", name="Handler")
        cls.complaint = cls.make_complaint(
            cls.mother,
            subject="Lesson canceled",
            learner_id=cls.child.id,
            user_id=cls.handler.id,
        )
        cls.url = f"/my/complaints/{cls.complaint.id}"

    def login(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path=None):
        """Return status and text of a page, the text on one line."""
        with NO_HTTP_LOG:
            response = self.url_open(path or self.url)
        return response.status_code, " ".join(response.text.split())

    def post(self, path, files=None, **data):
        """Send a form as the browser does; no redirect is followed."""
        if "csrf_token" not in data:
            data["csrf_token"] = http.Request.csrf_token(self)
        with NO_HTTP_LOG:
            response = self.url_open(
                path, data=data, files=files, allow_redirects=False
            )
        self.env.invalidate_all()
        return response

    def say(self, body, user=None, **values):
        """A colleague says something to the customer."""
        return self.complaint.with_user(user or self.handler).message_post(
            body=body,
            message_type="comment",
            **{"subtype_xmlid": "mail.mt_comment", **values},
        )

    def note(self, body, **values):
        return self.say(body, subtype_xmlid="mail.mt_note", **values)
