"""One link for a class, as a QR code."""

from odoo.exceptions import UserError

from ..common import EduCase


class TestWaveLink(EduCase):
    def setUp(self):
        super().setUp()
        self.campaign = self.make_campaign(is_anonymous=True)
        self.wave = self.make_wave(self.campaign, is_anonymous=True)

    def test_the_link_is_made_once_and_withdrawn(self):
        self.assertFalse(self.wave.link)
        self.wave.action_make_link()
        link = self.wave.link
        self.assertIn("/survey/wave/", link)
        self.wave.action_make_link()
        self.assertEqual(self.wave.link, link)
        self.wave.action_drop_link()
        self.assertFalse(self.wave.link)

    def test_nobody_finds_a_wave_without_a_link(self):
        for token in ("", None, False):
            self.assertFalse(self.env["edu.survey.wave"]._find_by_token(token))

    def test_only_who_may_write_the_wave_makes_a_link(self):
        agent = self.make_user("agent")
        self.assertRefused(self.wave.with_user(agent).action_make_link)
        self.assertRefused(self.wave.with_user(agent).action_drop_link)

    def test_the_page_to_print_has_the_code(self):
        self.wave.action_make_link()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "edu_crm_addon.edu_survey_wave_document", self.wave.ids
        )[0]
        self.assertIn("<svg", html.decode())
        self.assertIn(self.wave.link, html.decode())

    def test_an_unnamed_answer_is_of_nobody(self):
        answer = self.wave._begin_unnamed_answer()
        self.assertRecordValues(
            answer,
            [
                {
                    "edu_wave_id": self.wave.id,
                    "edu_is_anonymous": True,
                    "edu_invitation_id": False,
                    "partner_id": False,
                    "email": False,
                    "nickname": False,
                    "create_uid": self.env.ref("base.public_user").id,
                }
            ],
        )

    def test_a_wave_with_names_takes_no_unnamed_answer(self):
        with self.assertRaises(UserError):
            self.make_wave()._begin_unnamed_answer()

    def test_a_closed_wave_takes_no_unnamed_answer(self):
        self.wave.state = "closed"
        with self.assertRaises(UserError):
            self.wave._begin_unnamed_answer()
