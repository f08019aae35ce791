"""What a curious colleague may try by RPC, and does not get."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from .anonymity import AnonymityCase

SCORE, SHEET, LINE = (
    "edu.satisfaction.score",
    "survey.user_input",
    "survey.user_input.line",
)
WHO = ("partner_id", "learner_id", "input_id", "complaint_id", "enrollment_id")
# What a client may send along, hoping that it opens something.
FORGED = {
    "active_test": False,
    "bin_size": False,
    "edu_is_anonymous": True,
    "force_company": 1,
    "import_file": True,
    "install_mode": True,
    "mail_create_nolog": False,
    "module": "edu_crm_addon",
    "su": True,
    "tracking_disable": True,
}


class AttackCase(AnonymityCase):
    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent")
        self.customer = self.make_customer(user_id=self.agent.id, name="Mrs. Known")
        self.agent.group_ids |= self.env.ref("base.group_allow_export")
        self.known = self.make_wave(self.make_campaign(self.survey))
        self.sheet = self.answer(
            self.begin(self.known, self.customer), {rule.OVERALL: 2}
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def model(self, name, user, **context):
        return self.env[name].with_user(user).with_context(**context)

    def masters(self):
        """Yield users with all rights there are, as they would try."""
        master = self.make_user("manager")
        master.group_ids |= (
            self.env.ref("base.group_system")
            | self.env.ref("survey.group_survey_manager")
            | self.env.ref("base.group_allow_export")
        )
        yield master
        yield self.env.ref("base.user_admin")

    def tries(self, *calls):
        """Assert that each call is refused or finds nothing."""
        for number, call in enumerate(calls):
            with (
                self.subTest(call=number),
                mute_logger("odoo.addons.base.models.ir_rule"),
            ):
                self.env.invalidate_all()
                try:
                    with self.cr.savepoint():
                        found = call()
                # Refused, maybe with words of what could not be shown.
                except UserError:
                    continue
                self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestAttacksOnIdentity(AttackCase):
    """An agent works with figures; who said what needs a leader."""

    def test_an_agent_reads_the_figures(self):
        scores = self.model(SCORE, self.agent)
        groups = scores.formatted_read_group([], ["dimension"], ["experience:avg"])
        self.assertEqual([g["experience:avg"] for g in groups], [25])

    def test_an_agent_asks_for_no_names(self):
        scores = self.model(SCORE, self.agent, **FORGED)
        own = scores.search([])
        self.assertTrue(own)
        for name in WHO:
            path = f"{name}.display_name"
            with self.subTest(field=name):
                self.assertRefused(own.read, [name])
                self.assertRefused(own.web_read, {name: {}})
                self.assertRefused(own.export_data, [name])
                self.assertRefused(own.search_read, [], [name])
                self.assertRefused(scores.search, [(name, "!=", False)])
                self.assertRefused(scores.search, [(path, "ilike", "Known")])
                self.assertRefused(scores.search, [], order=f"{name} desc")
                self.assertRefused(scores.search_count, [(name, "!=", False)])
                self.assertRefused(scores.formatted_read_group, [], [name])
                self.assertRefused(
                    scores.formatted_read_group, [], [], [f"{name}:count_distinct"]
                )
                self.assertRefused(own.grouped, name)
                self.assertRefused(own.mapped, name)
                self.assertRefused(own.filtered_domain, [(name, "!=", False)])

    def test_a_leader_reads_them(self):
        leader = self.make_user("leader")
        self.team().member_ids |= leader | self.agent
        own = self.model(SCORE, leader).search([])
        self.assertEqual(own.partner_id, self.customer)

    def test_an_agent_opens_no_sheet(self):
        sheet = self.sheet.with_user(self.agent)
        invitation = self.sheet.edu_invitation_id.with_user(self.agent)
        self.assertEqual(invitation.read(["state"])[0]["state"], "done")
        value = "input_id.user_input_line_ids.value_scale"
        self.tries(
            lambda: sheet.read(["state"]),
            lambda: sheet.user_input_line_ids.read(["value_scale"]),
            lambda: sheet.search([]),
            lambda: self.model(LINE, self.agent).search([]),
            lambda: invitation.search([(value, "=", 2)]),
            lambda: invitation.search([("input_id.state", "=", "done")]),
            lambda: invitation.export_data([value.replace(".", "/")])["datas"][0][0],
            lambda: invitation.web_read(
                {"input_id": {"fields": {"user_input_line_ids": {}}}}
            )[0]["input_id"]["user_input_line_ids"],
        )

    def test_no_one_gets_the_links_of_others(self):
        invitation = self.sheet.edu_invitation_id
        for role in ("readonly", "agent", "leader", "manager"):
            row = invitation.with_user(self.make_user(role))
            with self.subTest(role=role):
                self.assertRefused(row.read, ["token"])
                self.assertRefused(row.search, [("token", "like", "a%")])

    def test_an_agent_forges_no_answer(self):
        values = {"survey_id": self.survey.id, "edu_wave_id": self.known.id}
        self.tries(
            lambda: self.model(SHEET, self.agent, **FORGED).create(values),
            lambda: self.sheet.with_user(self.agent).write({"edu_wave_id": False}),
            lambda: self.model(SCORE, self.agent, **FORGED).create(
                {"dimension": rule.OVERALL, "experience": 100}
            ),
        )

    def test_who_runs_the_surveys_does_not_move_answers(self):
        officer = self.make_user("readonly")
        officer.group_ids |= self.env.ref("survey.group_survey_user")
        sheet = self.sheet.with_user(officer).with_context(**FORGED)
        self.assertTrue(sheet.read(["state"]))
        for name in ("edu_wave_id", "edu_invitation_id", "edu_interviewer_id"):
            self.assertRefused(sheet.write, {name: False})
        self.assertRefused(sheet.write, {"edu_is_anonymous": True})
        self.assertRefused(sheet.write, {"edu_method": "phone_interview"})
        question = self.survey.question_ids[0].with_user(officer)
        self.assertRefused(question.write, {"edu_dimension": rule.PRICE})
        survey = self.make_questionnaire().with_user(officer)
        self.assertRefused(survey.write, {"edu_is_satisfaction": False})


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
            self.assertEqual(wave._published_cells(), {})

    def test_what_is_deleted_leaves_the_figures(self):
        """Figures with and without one person would tell what that person said."""
        for _number in range(5):
            self.respond(self.make_respondent())
        self.wave.state = "closed"
        cells = self.wave._published_cells()
        self.secret.partner_id.user_ids.unlink()
        self.secret.partner_id.unlink()
        self.env.flush_all()
        self.assertEqual(self.wave._published_cells(), cells)
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


@tagged("post_install", "-at_install")
class TestAttacksFromAnotherCompany(AttackCase):
    def test_who_runs_surveys_elsewhere_sees_no_answer(self):
        other = self.make_company()
        user = self.make_user("manager", company=other)
        user.group_ids |= self.env.ref("survey.group_survey_manager")
        sheet = self.sheet.with_user(user)
        self.tries(
            lambda: sheet.read(["state"]),
            lambda: sheet.search([("edu_wave_id", "=", self.known.id)]),
            lambda: sheet.user_input_line_ids.read(["value_scale"]),
            lambda: self.model(LINE, user).search(
                [("user_input_id", "=", self.sheet.id)]
            ),
            lambda: self.model(SCORE, user).search([("wave_id", "=", self.known.id)]),
            lambda: self.model("edu.survey.invitation", user).search(
                [("wave_id", "=", self.known.id)]
            ),
        )

    def test_other_surveys_of_the_host_are_left_alone(self):
        officer = self.make_user("employee")
        officer.group_ids |= self.env.ref("survey.group_survey_user")
        survey = self.env["survey.survey"].create(
            {
                "title": "Canteen",
                "question_and_page_ids": [Command.create({"title": "Good?"})],
            }
        )
        sheet = survey.sudo()._create_answer(email="a@example.com")
        self.assertTrue(sheet.with_user(officer).read(["email"]))
