"""What is not screened costs nothing; a hundred cost as many queries as ten."""

from unittest.mock import patch

from odoo.tests import tagged

from ..common import MODULE, EduCase

FEW, MANY, CHUNKS = 10, 100, 4
HIGH = {"edu_man_money": "yes", "edu_man_authority": "decide", "edu_man_need": "yes"}


@tagged("post_install", "-at_install")
class TestScreeningQueries(EduCase):
    @classmethod
    def default_env_context(cls):
        return {**super().default_env_context(), "tracking_disable": False}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.clerk = cls.make_user("salesperson")
        cls.team = cls.env["crm.team"].create({"name": "North"})
        cls.stage = cls.env["crm.stage"].create({"name": "New", "sequence": 0})

    def values(self, number, **values):
        # The host searches team and stage of each lead that comes without.
        given = {"team_id": self.team.id, "stage_id": self.stage.id}
        given |= {"user_id": self.agent.id, **values}
        return [{"name": f"L{i}", **given} for i in range(number)]

    def create(self, number, **values):
        leads = self.env["crm.lead"].create(self.values(number, **values))
        self.env.flush_all()
        return leads

    def assertFlat(self, function, **values):
        function(self.create(FEW, **values))
        few = self.queries(function, self.create(FEW, **values))
        many = self.queries(function, self.create(MANY, **values))
        self.assertLessEqual(many, few + CHUNKS)

    # ------------------------------------------------------------------ nothing
    def assertSameWithout(self, function):
        """Assert that screening adds no query to ``function``."""
        function()
        with_it = self.queries(function)
        empty = type(self.env["crm.lead"])
        with patch.object(empty, "_after_screening", lambda self: None):
            without = self.queries(function)
        self.assertEqual(with_it, without)

    def test_creating_a_lead_that_is_not_screened(self):
        for user in (self.agent, self.clerk):
            leads = self.env["crm.lead"].with_user(user)
            values = self.values(1, user_id=user.id)
            with self.subTest(user=user.login):
                self.assertSameWithout(lambda: leads.create(values))  # noqa: B023

    def test_it_asks_no_rule_and_no_level(self):
        with (
            patch.object(
                type(self.env["edu.screening.rule"]), "_rules_of", side_effect=KeyError
            ),
            patch.object(
                type(self.env["edu.intent.policy"]), "_levels", side_effect=KeyError
            ),
        ):
            leads = self.create(FEW)
            leads.write({"phone": "+86 138 1234 5678", "referred": "Wang"})
            self.env.flush_all()

    def test_writing_a_lead_that_is_not_screened(self):
        def write(lead):
            lead.write({"referred": "Wang"})

        lead = self.create(1)
        write(lead)
        with_it = self.queries(write, lead)
        names = self.env["edu.screening.rule"]._fields_named()
        with patch.object(
            type(self.env["edu.screening.rule"]),
            "_fields_named",
            lambda self: names - {"referred"},
        ):
            without = self.queries(write, lead)
        self.assertLessEqual(with_it, without + 1)

    # ------------------------------------------------------------------ flat
    def test_screening_by_hand(self):
        self.assertFlat(lambda leads: leads.write(HIGH))

    def test_creating_screened_leads(self):
        def create(number):
            return self.queries(self.create, number)

        def screened(number):
            return self.queries(lambda: self.create(number, **HIGH))

        create(FEW), screened(FEW)
        plain = create(MANY) - create(FEW)
        self.assertLessEqual(screened(MANY) - screened(FEW), plain + CHUNKS)

    def test_screening_at_night(self):
        def night(leads):
            leads._screen_again()

        self.assertFlat(night, **HIGH)

    def test_a_changed_rule(self):
        rule = self.env.ref(f"{MODULE}.edu_screening_rule_money_yes")

        def change(leads):
            rule.points = -rule.points
            self.env.flush_all()
            leads._screen_again()

        self.assertFlat(change, **HIGH)

    def test_showing_why(self):
        self.assertFlat(lambda leads: leads.mapped("edu_screening"), **HIGH)

    def test_a_second_night_writes_nothing(self):
        leads = self.create(FEW, **HIGH)
        self.run_cron(f"{MODULE}.ir_cron_lead_screening")
        before = leads.mapped("write_date"), leads.activity_ids
        stamps = leads.mapped("edu_screened_at")
        self.assertFalse(leads & leads._leads_to_screen())
        self.run_cron(f"{MODULE}.ir_cron_lead_screening")
        self.assertEqual((leads.mapped("write_date"), leads.activity_ids), before)
        self.assertEqual(leads.mapped("edu_screened_at"), stamps)
