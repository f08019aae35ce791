"""My points: one's own card and those of one's learners, and what each point is for."""

from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...orm.common import EduCase


@tagged("post_install", "-at_install")
class TestPortalPoints(EduCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.user = self.make_user("portal", name="Mother")
        self.mother = self.user.partner_id
        self.today = self.env.company._edu_today()
        self.card = self.make_card(self.mother)
        self.authenticate(self.user.login, self.user.login)

    def page(self, path="/my/points"):
        """Return status and text of a page, the text on one line."""
        self.env.flush_all()
        with mute_logger("odoo.http"):
            response = self.url_open(path)
        self.env.invalidate_all()
        return response.status_code, " ".join(response.text.split())

    def count(self):
        result = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["points_card_count"]}
        )
        return result["points_card_count"]

    # ------------------------------------------------------------------ what it says
    def test_it_shows_balance_pending_and_expiring(self):
        soon = self.today + relativedelta(days=30)
        self.book(self.card, 120, text="Autumn course", expires_on=soon)
        self.book(self.card, 45, state="pending", text="Referral of Anna")
        text = self.page()[1]
        for figure, points in (("balance", 120), ("pending", 45), ("expiring", 120)):
            with self.subTest(figure):
                self.assertRegex(text, f"edu_points_{figure}[^>]*>{points} ")
        self.assertIn("Autumn course", text)

    def test_it_says_why_points_are_pending_and_until_when(self):
        day = self.today + relativedelta(days=9)
        self.book(
            self.card, 45, state="pending", text="Trial lesson", available_from=day
        )
        self.book(self.card, 30, state="pending", text="Referral of Anna")
        text = self.page()[1]
        self.assertIn("Trial lesson", text)
        self.assertIn(day.strftime("%m/%d/%Y"), text)
        self.assertIn("when it is paid", text)

    def test_points_that_wait_no_more_are_not_pending(self):
        entry = self.book(self.card, 45, state="pending", text="Trial lesson")
        entry._settle({entry: 45})
        text = self.page()[1]
        self.assertNotIn("edu_points_waiting", text)
        self.assertEqual(text.count("Trial lesson"), 1)

    def test_points_that_were_not_given_are_told_with_their_reason(self):
        self.book(self.card, 45, state="void", text="Survey", reason="Limit reached")
        text = self.page()[1]
        self.assertIn("Not given", text)
        self.assertIn("Limit reached", text)

    def test_movements_come_in_pages(self):
        for number in range(85):
            self.book(self.card, 1, text=f"Movement {number:03}")
        first = self.page()[1]
        self.assertIn("Movement 084", first)
        self.assertNotIn("Movement 004", first)
        second = self.page(f"/my/points/{self.card.id}/page/2")[1]
        self.assertIn("Movement 004", second)

    def test_words_of_staff_are_no_markup(self):
        self.book(self.card, 5, text="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", self.page()[1])

    def test_who_is_no_member_is_told_how_to_become_one(self):
        stranger = self.make_user("portal")
        self.authenticate(stranger.login, stranger.login)
        self.assertIn("no member yet", self.page()[1])
        self.assertEqual(self.count(), 0)

    def test_a_card_that_does_not_add_up_says_so(self):
        self.card.sudo().edu_difference = 5
        self.assertIn("checking this card", self.page()[1])

    def test_it_gives_the_own_link_to_recommend_and_no_link_of_a_learner(self):
        link = self.card._edu_referral_url()
        self.assertIn(f'value="{link}"', self.page()[1])
        other = self.make_card(self.make_learner(self.mother))
        text = self.page(f"/my/points/{other.id}")[1]
        self.assertNotIn("edu_points_referral", text)

    def test_it_shows_the_level_and_its_benefits(self):
        grade = self.env["res.partner.grade"].create(
            {"name": "Gold of the school", "edu_benefits": "<p>Free parking</p>"}
        )
        self.mother.grade_id = grade
        text = self.page()[1]
        self.assertIn("Gold of the school", text)
        self.assertIn("<p>Free parking</p>", text)

    # ------------------------------------------------------------------ whose
    def test_a_guardian_sees_the_cards_of_the_own_learners(self):
        child = self.make_learner(self.mother, name="Child One")
        card = self.make_card(child)
        self.book(card, 77, text="Own points of the child")
        status, text = self.page(f"/my/points/{card.id}")
        self.assertEqual(status, 200)
        self.assertIn("Own points of the child", text)
        self.assertIn(f"/my/points/{card.id}", self.page()[1])
        self.assertEqual(self.count(), 2)

    def test_a_card_of_another_is_not_found(self):
        other = self.make_card(points=300)
        self.assertEqual(self.page(f"/my/points/{other.id}")[0], 404)
        self.assertEqual(self.page(f"/my/points/{other.id}/page/2")[0], 404)
        self.assertEqual(self.page("/my/points/999999999")[0], 404)
        self.assertNotIn(other.code, self.page()[1])

    def test_a_learner_does_not_see_the_card_of_the_guardian(self):
        teenager = self.make_user("portal")
        self.link(self.mother, teenager.partner_id)
        self.authenticate(teenager.login, teenager.login)
        self.assertEqual(self.page(f"/my/points/{self.card.id}")[0], 404)

    def test_an_archived_card_or_program_is_not_shown(self):
        self.card.program_id.active = False
        self.assertEqual(self.page(f"/my/points/{self.card.id}")[0], 404)

    def test_a_card_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Other school"})
        program = self.make_program(company=other)
        card = self.make_card(self.mother, program=program)
        self.assertEqual(self.page(f"/my/points/{card.id}")[0], 404)

    def test_a_gift_card_is_not_one_of_points(self):
        program = self.env["loyalty.program"].create(
            {"name": "Gifts", "program_type": "gift_card"}
        )
        card = self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": self.mother.id}
        )
        self.assertEqual(self.page(f"/my/points/{card.id}")[0], 404)

    def test_members_have_no_right_on_cards_and_ledger(self):
        for model in ("loyalty.card", "edu.points.entry", "edu.points.rule"):
            with self.subTest(model=model):
                self.assertEqual(self.rights(self.user, model), "")

    def test_who_is_not_logged_in_is_asked_to(self):
        self.authenticate(None, None)
        response = self.url_open("/my/points", allow_redirects=False)
        self.assertIn("/web/login", response.headers.get("Location", ""))

    # ------------------------------------------------------------------ host
    def test_host_fails_to_tell_pending_points_so_its_history_leads_to_ours(self):
        response = self.url_open(
            f"/my/loyalty_card/{self.card.id}/history", allow_redirects=False
        )
        self.assertEqual(response.headers["Location"], f"/my/points/{self.card.id}")

    def test_the_dialog_of_the_host_shows_the_ledger(self):
        self.book(self.card, 120, text="Autumn course")
        self.book(self.card, 45, state="pending", text="Trial lesson")
        values = self.make_jsonrpc_request(
            f"/my/loyalty_card/{self.card.id}/values", {}
        )
        words = [line["description"] for line in values["history_lines"]]
        self.assertEqual(words, ["Autumn course"])
        self.assertTrue(values["history_lines"][0]["points"].startswith("+120"))

    def test_the_dialog_tells_nothing_of_the_card_of_another(self):
        other = self.make_card(points=300)
        self.assertFalse(
            self.make_jsonrpc_request(f"/my/loyalty_card/{other.id}/values", {})
        )
