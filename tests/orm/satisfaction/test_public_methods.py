from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ..public_methods import PublicMethodCalls
from .anonymity import AnonymityCase

MODELS = (
    "edu.survey.campaign",
    "edu.survey.wave",
    "edu.survey.invitation",
    "edu.satisfaction.score",
    "edu.satisfaction.follow.up",
    "survey.user_input",
)
# What only a fraction of the methods could show: names, addresses, answers, links.
WORDS = ("Known", "known@", "too noisy")


@tagged("post_install", "-at_install")
class TestPublicMethods(PublicMethodCalls, AnonymityCase):
    """What can be called from outside tells nobody more than one's rights do."""

    def setUp(self):
        super().setUp()
        owner = self.make_user("agent")
        self.customer = self.make_customer(
            name="Mrs. Known", email="known@example.com", user_id=owner.id
        )
        wave = self.make_wave(self.make_campaign(self.survey, user_id=owner.id))
        sheet = self.begin(wave, self.customer)
        sheet._save_lines(self.survey.question_ids[-1], "It is too noisy")
        self.answer(sheet, {rule.OVERALL: 1})
        follow_up = self.env["edu.satisfaction.follow.up"]
        found = follow_up.search([("input_id", "=", sheet.id)])
        self.known = {
            "edu.survey.campaign": wave.campaign_id,
            "edu.survey.wave": wave,
            "edu.survey.invitation": sheet.edu_invitation_id,
            "edu.satisfaction.score": self.scores_of(sheet),
            "edu.satisfaction.follow.up": found
            or follow_up.create(
                {
                    "company_id": self.env.company.id,
                    "partner_id": self.customer.id,
                    "user_id": owner.id,
                    "date": wave.date_start,
                }
            ),
            "survey.user_input": sheet,
        }
        self.words = (*WORDS, sheet.edu_invitation_id.token, sheet.access_token)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def sweep(self, users, records, words):
        before = {
            model: record.sudo().read(self.stored(record))
            for model, record in records.items()
        }
        for model, record in records.items():
            names = list(self.methods(record))
            self.assertGreater(len(names), 10)
            for user in users:
                for name in names:
                    text = self.call(name, record.with_user(user))
                    for word in words:
                        with self.subTest(model=model, method=name, user=user.login):
                            self.assertNotIn(word, text)
            with self.subTest(model=model):
                self.assertEqual(record.sudo().read(self.stored(record)), before[model])

    def stored(self, record):
        """Return the columns that say what was answered and how far it went."""
        names = {"state", "experience", "name", "is_anonymous", "reminders", "result"}
        return sorted(names & set(record._fields))

    def test_whoever_has_no_role_gets_and_changes_nothing(self):
        users = [self.make_user("employee"), self.make_user("portal")]
        self.sweep(users, self.known, self.words)

    def test_whoever_is_elsewhere_gets_and_changes_nothing(self):
        manager = self.make_user("manager", company=self.make_company())
        self.sweep([manager], self.known, self.words)

    def test_a_colleague_gets_no_names(self):
        colleague = self.make_user("agent")
        own = {"edu.survey.campaign", "edu.survey.wave"}
        rows = {m: record for m, record in self.known.items() if m not in own}
        self.sweep([colleague], rows, self.words)

    def test_the_owner_gets_no_answer_and_no_link(self):
        owner = self.customer.user_id
        self.sweep([owner], self.known, self.words[2:])

    def test_nobody_gets_an_anonymous_answer(self):
        self.respond(self.make_respondent())
        sheets = self.sheets()
        records = {"survey.user_input": sheets, "edu.satisfaction.score": self.facts()}
        words = ("As I said", sheets.access_token)
        self.sweep([self.make_user("manager")], records, words)
