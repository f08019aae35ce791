"""The page for no more surveys: looking at it does nothing."""

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestOptOutPage(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.mother = self.make_customer(email="f@example.com")
        self.invitation = self.invite(self.make_wave(), self.mother)
        self.url = f"/survey/invited/{self.invitation.token}/stop"
        self.authenticate(None, None)

    def post(self, act, **data):
        data.setdefault("csrf_token", http.Request.csrf_token(self))
        response = self.url_open(self.url, data={"act": act, **data})
        self.env.invalidate_all()
        return response

    def test_looking_changes_nothing(self):
        self.assertIn("No more surveys?", self.url_open(self.url).text)
        self.url_open(f"{self.url}?act=stop")
        self.env.invalidate_all()
        self.assertFalse(self.mother.edu_no_surveys)

    def test_the_button_stops_and_resumes(self):
        self.assertIn("You get no more surveys", self.post("stop").text)
        self.assertTrue(self.mother.edu_no_surveys)
        self.assertIn("No more surveys?", self.post("resume").text)
        self.assertFalse(self.mother.edu_no_surveys)

    def test_another_page_cannot_press_the_button(self):
        with mute_logger("odoo.http"):
            response = self.post("stop", csrf_token="made up")
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.mother.edu_no_surveys)

    def test_a_made_up_link_stops_nobody(self):
        response = self.url_open("/survey/invited/abc/stop")
        self.assertEqual(response.status_code, 404)
