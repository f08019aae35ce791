"""The page behind a member's link: what it takes, and what it tells nobody."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import http
from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.controllers import refer

from ...orm.loyalty.referrals import ReferralCase


@tagged("post_install", "-at_install")
class TestReferPage(ReferralCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        for throttle in (refer.SENDING, refer.LOOKING):
            throttle.clear()
            self.addCleanup(throttle.clear)
        self.url = f"/refer/{self.card.edu_referral_code}"
        self.before = self.env["crm.lead"].search([])

    def page(self, url=None):
        with mute_logger("odoo.http"):
            response = self.url_open(url or self.url)
        return response.status_code, " ".join(response.text.split())

    def stamp(self, age=timedelta(minutes=2)):
        with freeze_time(Datetime.now() - age):
            text = self.page()[1]
        return re.search(r'name="stamp" value="([^"]+)"', text)[1]

    def send(self, url=None, **data):
        values = {
            "name": "Zhao",
            "phone": "+86 139 0000 0002",
            "consent": "yes",
            "stamp": data.get("stamp") or self.stamp(),
            "csrf_token": http.Request.csrf_token(self),
            **data,
        }
        with mute_logger("odoo.http"):
            response = self.url_open(url or self.url, data=values)
        self.env.invalidate_all()
        return response

    def sent(self):
        return self.env["crm.lead"].search([]) - self.before

    def test_who_leaves_a_number_is_recommended(self):
        response = self.send(learner="Little Zhao", message="Piano")
        self.assertEqual(response.status_code, 200)
        self.assertIn("edu_refer_thanks", response.text)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        lead = self.sent()
        self.assertEqual(lead.contact_name, "Zhao")
        self.assertEqual(lead.edu_learner_name, "Little Zhao")
        self.assertEqual(lead.referred, "Wang")
        self.assertFalse(lead.user_id)
        self.assertTrue(lead.team_id.edu_is_education)
        referral = lead.edu_referral_id
        self.assertEqual((referral.state, referral.channel), ("lead", "link"))
        self.assertEqual(referral.referrer_id, self.wang)
        self.assertIn("I agree that", referral.consent_text)
        self.assertTrue(referral.consent_at)

    def test_who_inquires_may_say_what_for(self):
        self.assertIn('<textarea id="edu_refer_message"', self.page()[1])

    def test_the_form_needs_name_number_and_consent(self):
        for data, words in (
            ({"name": " "}, "Please tell us your name"),
            ({"phone": ""}, "a telephone number or an email address"),
            ({"email": "nowhere"}, "This is no email address"),
            ({"consent": ""}, "Please agree"),
        ):
            with self.subTest(words=words):
                response = self.send(**data)
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, response.text)
        self.assertFalse(self.sent())

    def test_a_code_that_is_none_is_answered_alike(self):
        def plain(text):
            return re.sub(r"/refer/\w+|value=\"[^\"]*\"|csrf_token: \S+", "", text)

        real, made_up = self.page()[1], self.page("/refer/BBBBBBBB")[1]
        self.assertEqual(plain(real), plain(made_up))
        self.assertNotIn("Wang", real)
        one = self.send()
        other = self.send("/refer/BBBBBBBB", name="Sun")
        self.assertEqual(plain(one.text), plain(other.text))
        lead = self.sent().filtered(lambda lead: lead.contact_name == "Sun")
        self.assertFalse(lead.edu_referral_id)

    def test_sent_twice_it_is_one_inquiry(self):
        stamp = self.stamp()
        self.send(stamp=stamp)
        self.assertEqual(self.send(stamp=stamp).status_code, 200)
        self.assertEqual(len(self.sent()), 1)

    def test_nothing_else_is_taken_from_the_form(self):
        other = self.make_user("agent")
        self.send(user_id=other.id, state="rewarded", referrer_id=other.partner_id.id)
        lead = self.sent()
        self.assertFalse(lead.user_id)
        self.assertEqual(lead.edu_referral_id.referrer_id, self.wang)
        self.assertState(lead.edu_referral_id, "lead")

    def test_the_number_of_the_member_is_looked_at(self):
        self.send(phone="139 0000 0001")
        self.assertState(self.sent().edu_referral_id, "blocked", "phone")

    def test_who_was_invited_is_found_again(self):
        invited = self.env["edu.referral"].create(
            {"referrer_id": self.wang.id, "phone": "13900000002"}
        )
        self.send()
        self.assertState(invited, "lead")
        self.assertEqual(self.sent().edu_referral_id, invited)

    # ------------------------------------------------------------------ robots
    def test_robots_are_kept_out(self):
        for data, words in (
            ({"website": "https://spam.example"}, "could not take your message"),
            ({"stamp": self.stamp(timedelta())}, "very fast"),
            ({"stamp": self.stamp(timedelta(days=2))}, "open for too long"),
            ({"stamp": "made.up"}, "open for too long"),
        ):
            with self.subTest(words=words):
                response = self.send(**data)
                self.assertEqual(response.status_code, 422)
                self.assertIn(words, " ".join(response.text.split()))
        self.assertFalse(self.sent())

    def test_ten_an_hour_from_one_address(self):
        for _number in range(10):
            refer.SENDING.allows("127.0.0.1", Datetime.now())
        self.assertIn("Too many messages", self.send().text)
        self.assertFalse(self.sent())

    def test_without_the_token_of_the_form_nothing_is_taken(self):
        self.assertEqual(self.send(csrf_token="").status_code, 400)
        self.assertFalse(self.sent())

    def test_the_page_can_be_switched_off(self):
        self.env.company.edu_referral_page = False
        self.env.flush_all()
        self.assertEqual(self.page()[0], 404)

    def test_no_member_program_no_page(self):
        self.env.company.edu_member_program_id = False
        self.card.company_id.edu_member_program_id = False
        self.env.flush_all()
        self.assertEqual(self.page()[0], 404)

    def test_customers_have_no_right_on_referrals(self):
        user = self.make_user("portal")
        self.assertEqual(self.rights(user, "edu.referral"), "")
        self.assertRefused(self.env["edu.referral"].with_user(user).search, [])
