from odoo.exceptions import UserError
from odoo.tests import tagged

from .attacks import FORGED, LINE, SCORE, SHEET, AttackCase


@tagged("post_install", "-at_install")
class TestAttacksOnAnonymity(AttackCase):
    """No role and no context shows an answer of an anonymous wave."""

    def setUp(self):
        super().setUp()
        self.respondent = self.make_respondent()
        self.secret = self.respond(self.respondent)
        self.hidden, self.hidden_facts = self.sheets(), self.facts()
        self.begun = self.invite(self.wave, self.make_respondent().partner_id)
        self.begun._begin_answer()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_nobody_finds_an_answer(self):
        for user in self.masters():
            here = [("edu_wave_id", "=", self.wave.id)]
            there = [("user_input_id.edu_wave_id", "=", self.wave.id)]
            sheets, lines = (
                self.model(SHEET, user, **FORGED),
                self.model(LINE, user, **FORGED),
            )
            hidden = self.hidden.with_user(user)
            self.tries(
                lambda sheets=sheets, here=here: sheets.search(here),
                lambda sheets=sheets, here=here: sheets.search_count(here),
                lambda sheets=sheets, here=here: sheets.formatted_read_group(
                    here, ["edu_wave_id"], ["__count"]
                ),
                lambda hidden=hidden: hidden.read(["state"]),
                lambda hidden=hidden: hidden.export_data(["access_token"])["datas"],
                lambda hidden=hidden: hidden.user_input_line_ids.read(["value_scale"]),
                lambda hidden=hidden: hidden.write({"edu_is_anonymous": False}),
                lambda hidden=hidden: hidden.unlink(),
                lambda hidden=hidden: hidden.copy(),
                lambda lines=lines, there=there: lines.search(there),
                lambda lines=lines, there=there: lines.search_count(there),
                lambda lines=lines, there=there: lines.formatted_read_group(
                    there, ["question_id"], ["value_scale:avg"]
                ),
            )

    def test_nobody_finds_a_score(self):
        for user in self.masters():
            scores = self.model(SCORE, user, **FORGED)
            here = [("wave_id", "=", self.wave.id)]
            own = self.hidden_facts.with_user(user)
            self.tries(
                lambda scores=scores, here=here: scores.search(here),
                lambda scores=scores: scores.search([("is_anonymous", "=", True)]),
                lambda scores=scores, here=here: scores.formatted_read_group(
                    here, ["stage_id"], ["experience:avg", "__count"]
                ),
                lambda own=own: own.read(["experience"]),
                lambda own=own: own.export_data(["experience"])["datas"],
            )

    def test_nobody_gets_there_from_elsewhere(self):
        value = "user_input_line_ids.value_scale"
        for user in self.masters():
            survey = self.survey.with_user(user)
            invitations = self.model("edu.survey.invitation", user)
            row = invitations.browse(self.secret.id)
            self.assertTrue(row.read(["state"]))
            self.assertEqual(survey.answer_count, 1)
            self.assertEqual(survey.user_input_ids.ids, self.sheet.ids)
            mine = [("id", "=", self.secret.id)]
            self.tries(
                lambda row=row: row.input_id,
                lambda rows=invitations, mine=mine: rows.search(
                    [*mine, (f"input_id.{value}", ">", 0)]
                ),
                lambda survey=survey: survey.search(
                    [
                        ("id", "=", survey.id),
                        ("user_input_ids.edu_wave_id", "=", self.wave.id),
                    ]
                ),
            )

    def test_nobody_takes_anonymity_away(self):
        for user in self.masters():
            with self.subTest(user=user.login):
                for record in (self.wave, self.campaign):
                    record = record.with_user(user).with_context(**FORGED)
                    with self.assertRaises(UserError), self.cr.savepoint():
                        record.is_anonymous = False

    def test_an_open_wave_is_not_published_whatever_is_sent_along(self):
        for user in self.masters():
            wave = self.wave.with_user(user).with_context(**FORGED)
            self.assertEqual(self.published(wave=wave), {})

    def test_what_is_deleted_leaves_the_figures(self):
        """Figures with and without one person would tell what that person said."""
        for _number in range(5):
            self.respond(self.make_respondent())
        self.wave.state = "closed"
        cells = self.published()
        self.secret.partner_id.user_ids.unlink()
        self.secret.partner_id.unlink()
        self.env.flush_all()
        self.assertEqual(self.published(), cells)
        survey = self.survey.with_user(next(self.masters()))
        with self.assertRaises(UserError), self.cr.savepoint():
            survey.unlink()

    def test_a_template_of_mail_prints_no_answer(self):
        manager = next(self.masters())
        template = self.env["mail.template"].create(
            {
                "name": "Curious",
                "model_id": self.env["ir.model"]._get_id(SHEET),
                "body_html": "<p t-out='object.user_input_line_ids.value_scale'/>",
            }
        )
        self.tries(
            lambda: template.with_user(manager)._render_field(
                "body_html", self.hidden.ids
            )
        )
