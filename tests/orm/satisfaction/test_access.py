from odoo.tests import tagged

from ..common import EduCase

ROLES = ("readonly", "agent", "leader", "manager")
# What each role may do at all, as letters of read, write, create, delete.
RIGHTS = {
    "edu.survey.campaign": ("r", "r", "rwc", "rwcd"),
    "edu.survey.wave": ("r", "r", "rwc", "rwcd"),
    "edu.survey.invitation": ("r", "r", "r", "r"),
    "edu.satisfaction.score": ("r", "r", "r", "r"),
    "edu.satisfaction.follow.up": ("r", "rw", "rw", "rw"),
    "survey.survey": ("r", "r", "r", "rwcd"),
    "survey.question": ("r", "r", "r", "rwcd"),
    "survey.question.answer": ("r", "r", "r", "rwcd"),
    "survey.user_input": ("", "", "r", "rd"),
    "survey.user_input.line": ("", "", "r", "r"),
}
# Whose record it is that each role sees: one's own, nobody's, one of the team, others'.
SEES = {
    "readonly": {"own", "nobody", "team", "other"},
    "agent": {"own", "nobody"},
    "leader": {"own", "nobody", "team"},
    "manager": {"own", "nobody", "team", "other"},
}


class AccessCase(EduCase):
    def setUp(self):
        super().setUp()
        self.users = {role: self.make_user(role) for role in ROLES}
        self.mate, self.stranger = self.make_user("agent"), self.make_user("agent")
        self.team().member_ids |= self.users["leader"] | self.mate
        self.team("career").member_ids |= self.stranger

    def owners(self, user):
        """Return the user that each kind of record belongs to."""
        nobody = self.env["res.users"]
        return {
            "own": user,
            "nobody": nobody,
            "team": self.mate,
            "other": self.stranger,
        }

    def make_invitations(self, user, company=None):
        """Return an invitation for each of the owners."""
        company = company or self.env.company
        wave = self.make_wave(self.make_campaign(company_id=company.id))
        return {
            kind: self.invite(wave, self.make_customer(user_id=owner.id))
            for kind, owner in self.owners(user).items()
        }

    def make_scores(self, user, company=None):
        company = company or self.env.company
        wave = self.make_wave(self.make_campaign(company_id=company.id))
        return {
            kind: self.make_score(wave, user_id=owner.id)
            for kind, owner in self.owners(user).items()
        }

    def make_score(self, wave, **values):
        return self.env["edu.satisfaction.score"].create(
            {
                "date": wave.date_start,
                "company_id": wave.company_id.id,
                "source": "survey",
                "dimension": "overall",
                "experience": 50,
                "has_experience": True,
                "wave_id": wave.id,
                **values,
            }
        )

    def make_follow_ups(self, user, company=None):
        company = company or self.env.company
        return {
            kind: self.env["edu.satisfaction.follow.up"].create(
                {
                    "company_id": company.id,
                    "partner_id": self.make_customer().id,
                    "user_id": owner.id,
                    "date": "2026-11-02",
                }
            )
            for kind, owner in self.owners(user).items()
        }

    def make_sheets(self, user, company=None):
        """Return an answer of a customer of each of the owners."""
        company = company or self.env.company
        wave = self.make_wave(self.make_campaign(company_id=company.id))
        return {
            kind: self.answer(
                self.begin(wave, self.make_customer(user_id=owner.id)), {"overall": 4}
            )
            for kind, owner in self.owners(user).items()
        }

    def seen(self, records, user):
        """Return the kinds of the records that ``user`` finds."""
        self.env.flush_all()
        found = next(iter(records.values())).with_user(user).search([])
        return {kind for kind, record in records.items() if record.id in found.ids}


@tagged("post_install", "-at_install")
class TestAccess(AccessCase):
    def test_each_role_has_its_rights(self):
        for model, rights in RIGHTS.items():
            for role, expected in zip(ROLES, rights, strict=True):
                with self.subTest(model=model, role=role):
                    self.assertEqual(self.rights(self.users[role], model), expected)

    def test_others_have_no_rights_at_all(self):
        for role in ("employee", "salesperson", "portal"):
            user = self.make_user(role)
            for model in RIGHTS:
                with self.subTest(model=model, role=role):
                    self.assertEqual(self.rights(user, model), "")

    def test_rows_are_of_own_customers_of_the_team_or_all(self):
        for make in (self.make_invitations, self.make_scores, self.make_follow_ups):
            for role, user in self.users.items():
                # A follow-up names who gave a low score.
                names = make == self.make_follow_ups and role == "readonly"
                with self.subTest(rows=make.__name__, role=role):
                    self.assertEqual(
                        self.seen(make(user), user), {"own"} if names else SEES[role]
                    )

    def test_answers_are_seen_by_leaders_of_the_team_and_by_managers(self):
        for role in ("leader", "manager"):
            user = self.users[role]
            sheets = self.make_sheets(user)
            lines = {kind: s.user_input_line_ids[0] for kind, s in sheets.items()}
            with self.subTest(role=role):
                self.assertEqual(self.seen(sheets, user), SEES[role])
                self.assertEqual(self.seen(lines, user), SEES[role])

    def test_nothing_of_another_company_is_seen(self):
        other = self.make_company()
        for make in (self.make_invitations, self.make_scores, self.make_follow_ups):
            for role, user in self.users.items():
                everybody = user | self.mate | self.stranger
                everybody.company_ids |= other
                rows = make(user, other)
                everybody.company_ids -= other
                with self.subTest(rows=make.__name__, role=role):
                    self.assertEqual(self.seen(rows, user), set())

    def test_campaigns_of_another_company_are_not_seen(self):
        wave = self.make_wave(self.make_campaign(company_id=self.make_company().id))
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertRefused(wave.with_user(user).read, ["name"])
                self.assertRefused(wave.campaign_id.with_user(user).read, ["name"])

    def test_leaders_change_campaigns_of_the_team_only(self):
        leader = self.users["leader"]
        for owner, allowed in ((self.mate, True), (self.stranger, False)):
            wave = self.make_wave(self.make_campaign(user_id=owner.id))
            for record in (wave.campaign_id, wave):
                record = record.with_user(leader)
                self.assertTrue(record.read(["name"]))
                if allowed:
                    record.name = "Renamed"
                else:
                    self.assertRefused(record.write, {"name": "Renamed"})

    def test_leaders_make_campaigns_for_the_team_only(self):
        leader, survey = self.users["leader"], self.make_questionnaire()
        campaigns = self.env["edu.survey.campaign"].with_user(leader)
        for owner in (leader, self.mate):
            campaigns.create(
                {"name": "Ours", "survey_id": survey.id, "user_id": owner.id}
            )
        vals = {"name": "X", "survey_id": survey.id, "user_id": self.stranger.id}
        self.assertRefused(campaigns.create, vals)

    def test_scores_are_made_and_changed_by_nobody(self):
        score = self.make_score(self.make_wave())
        for role, user in self.users.items():
            row = score.with_user(user)
            with self.subTest(role=role):
                self.assertRefused(row.write, {"experience": 100})
                self.assertRefused(row.unlink)
                self.assertRefused(row.copy)


@tagged("post_install", "-at_install")
class TestAccessQuestionnaires(AccessCase):
    """The host's surveys: those of satisfaction are ours, the others are not."""

    def test_roles_read_questionnaires_of_satisfaction_only(self):
        ours = self.make_questionnaire()
        other = self.make_questionnaire(edu_is_satisfaction=False)
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertTrue(ours.with_user(user).read(["title"]))
                self.assertTrue(ours.question_ids.with_user(user).read(["title"]))
                self.assertRefused(other.with_user(user).read, ["title"])
                self.assertRefused(other.question_ids.with_user(user).read, ["title"])

    def test_managers_keep_them(self):
        survey = self.make_questionnaire().with_user(self.users["manager"])
        survey.title = "Renamed"
        survey.question_ids[0].title = "Renamed"
        copied = survey.copy()
        self.assertTrue(copied.edu_is_satisfaction)
        copied.unlink()
        self.assertFalse(copied.exists())

    def test_leaders_do_not(self):
        survey = self.make_questionnaire().with_user(self.users["leader"])
        self.assertRefused(survey.write, {"title": "Renamed"})
        self.assertRefused(survey.question_ids[0].write, {"title": "Renamed"})
        self.assertRefused(survey.unlink)

    def test_managers_open_the_form_of_a_questionnaire(self):
        survey = self.make_questionnaire().with_user(self.users["manager"])
        views = survey.get_views([(False, "form"), (False, "list"), (False, "kanban")])
        for view in views["views"].values():
            self.assertTrue(view["arch"])
        fields = views["models"]["survey.survey"]["fields"]
        self.assertTrue(survey.read(list(fields)))
