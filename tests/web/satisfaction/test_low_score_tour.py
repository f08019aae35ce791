"""A low score from the call to the second question, in a real browser."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.edu_crm_addon.logic import satisfaction as rule

from ...orm.satisfaction.low_scores import LowScoreCase


@tagged("post_install", "-at_install")
class TestLowScoreTour(LowScoreCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            name="Low Score Mother",
            user_id=cls.adviser.id,
            email="low.score@example.com",
        )
        answer = cls.begin(cls.wave, cls.customer)
        question = cls.add_open_question(cls.wave.survey_id)
        answer._save_lines(question, "Nobody answers the telephone")
        cls.answer(answer, {rule.SERVICE: 1, rule.OVERALL: 4})
        cls.follow_up = cls.follow_ups.search([("partner_id", "=", cls.customer.id)])

    def test_an_adviser_calls_and_asks_again(self):
        self.start_tour("/odoo", "edu_low_score", login=self.adviser.login)
        self.env.invalidate_all()
        self.assertEqual(self.follow_up.state, "asked")
        self.assertIn("front desk", self.follow_up.result)
        self.assertEqual(self.follow_up.reask_id.partner_id, self.customer)

    def test_a_leader_reads_who_keeps_silent(self):
        leader = self.make_user("leader")
        members = (leader | self.adviser).ids
        self.team().member_ids = [Command.link(key) for key in members]
        self.start_tour("/odoo", "edu_silent_share", login=leader.login)
