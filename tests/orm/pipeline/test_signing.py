"""Nobody enters signing without a clear wish to learn (PIPE-10)."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestSigning(EduCase):
    def test_each_step_from_signing_on_asks_for_the_wish(self):
        for code in ("signing", "payment", "enrolled"):
            lead = self.make_prospect()
            with self.subTest(step=code), self.assertRaises(ValidationError):
                lead.stage_id = self.step(code)

    def test_the_steps_before_do_not(self):
        for code in ("consulting", "trial"):
            lead = self.make_prospect()
            lead.stage_id = self.step(code)
            self.assertEqual(lead.stage_id, self.step(code))

    def test_with_the_wish_it_enters(self):
        lead = self.make_prospect(edu_has_wish=True)
        lead.stage_id = self.step("signing")
        self.assertEqual(lead.stage_id, self.step("signing"))

    def test_high_intent_will_do(self):
        lead = self.make_prospect(
            edu_intent_override="high", edu_intent_override_reason="Called twice"
        )
        lead.stage_id = self.step("signing")
        self.assertEqual(lead.stage_id, self.step("signing"))

    def test_wish_and_step_may_come_together(self):
        lead = self.make_prospect()
        lead.write({"edu_has_wish": True, "stage_id": self.step("signing").id})
        self.assertEqual(lead.stage_id, self.step("signing"))

    def test_an_import_into_signing_obeys_too(self):
        with self.assertRaises(ValidationError):
            self.make_prospect(stage_id=self.step("signing").id)

    def test_won_obeys_too(self):
        with self.assertRaises(ValidationError):
            self.make_prospect().action_set_won()

    def test_a_salesperson_without_role_is_told_as_well(self):
        user = self.make_user("salesperson")
        lead = self.make_prospect(user_id=user.id)
        with self.assertRaisesRegex(ValidationError, "wish"):
            lead.with_user(user).stage_id = self.step("signing")

    def test_a_won_stage_of_the_school_asks_too(self):
        own = self.step("enrolled").copy({"name": "Won", "edu_step": False})
        own.team_ids = self.team()
        with self.assertRaises(ValidationError):
            self.make_prospect().stage_id = own

    def test_other_teams_need_no_wish(self):
        team = self.env["crm.team"].create({"name": "Corporate sales"})
        lead = self.make_lead(self.env["res.partner"], team_id=team.id)
        lead.action_set_won()
        self.assertEqual(lead.won_status, "won")

    def test_a_copy_has_to_state_the_wish_anew(self):
        lead = self.make_prospect(edu_has_wish=True)
        self.assertFalse(lead.copy().edu_has_wish)
