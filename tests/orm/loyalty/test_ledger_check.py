"""A balance that is not the sum of its ledger is found, told once, and forgotten."""

from odoo.tests import tagged

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_points"


@tagged("post_install", "-at_install")
class TestLedgerCheck(EduCase):
    def falsify(self, card, points):
        """Change the balance as nothing of ours or of the host does."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE loyalty_card SET points = %s WHERE id = %s", [points, card.id]
        )
        self.env.invalidate_all()

    def alarms(self, card):
        return card.partner_id.activity_search(
            ["edu_crm_addon.mail_activity_type_points_difference"]
        )

    def test_cards_that_add_up_are_left_alone(self):
        card = self.make_card(points=100.25)
        self.book(card, -30.5)
        self.run_cron(CRON)
        self.assertFalse(card.edu_difference)
        self.assertFalse(self.alarms(card))
        self.assertFalse(self.env["loyalty.card"]._edu_to_check())

    def test_a_difference_is_noted_and_told_once(self):
        manager = self.make_user("manager")
        card, other = self.make_card(points=100), self.make_card(points=100)
        self.falsify(card, 130)
        self.run_cron(CRON)
        self.assertEqual(card.edu_difference, 30)
        self.assertEqual(len(self.alarms(card)), 1)
        self.assertTrue(self.alarms(card).user_id.has_group("base.group_user"))
        self.assertTrue(manager.active)
        self.assertFalse(other.edu_difference)
        self.run_cron(CRON)
        self.falsify(card, 140)
        self.run_cron(CRON)
        self.assertEqual(card.edu_difference, 40)
        self.assertEqual(len(self.alarms(card)), 1)

    def test_when_it_adds_up_again_the_alarm_is_over(self):
        card = self.make_card(points=100)
        self.falsify(card, 130)
        self.run_cron(CRON)
        self.falsify(card, 100)
        self.run_cron(CRON)
        self.assertFalse(card.edu_difference)
        self.assertFalse(self.alarms(card))
        # Another episode is told again.
        self.falsify(card, 1)
        self.run_cron(CRON)
        self.assertEqual(len(self.alarms(card)), 1)

    def test_who_has_another_card_that_differs_keeps_the_alarm(self):
        customer = self.make_customer()
        first = self.make_card(customer, 100, self.make_program())
        second = self.make_card(customer, 100, self.make_program())
        self.falsify(first, 1)
        self.falsify(second, 1)
        self.run_cron(CRON)
        self.falsify(first, 100)
        self.run_cron(CRON)
        self.assertFalse(first.edu_difference)
        self.assertTrue(self.alarms(first))
        self.falsify(second, 100)
        self.run_cron(CRON)
        self.assertFalse(self.alarms(second))

    def test_archived_cards_are_checked_as_well(self):
        card = self.make_card()
        card.sudo().active = False
        self.falsify(card, -1)
        self.run_cron(CRON)
        self.assertEqual(card.edu_difference, -1)

    def test_cards_of_no_member_are_not_checked(self):
        program = self.env["loyalty.program"].create(
            {"name": "Host", "program_type": "loyalty", "applies_on": "both"}
        )
        self.env["loyalty.card"].create({"program_id": program.id, "points": 5})
        self.assertFalse(self.env["loyalty.card"]._edu_to_check())

    # ------------------------------------------------------------------ on demand
    def test_a_leader_checks_on_demand(self):
        card = self.make_card(points=100)
        leader = self.make_user("leader")
        result = card.with_user(leader).action_edu_check_ledger()
        self.assertEqual(result["params"]["type"], "success")
        self.falsify(card, 90)
        result = card.with_user(leader).action_edu_check_ledger()
        self.assertEqual(result["params"]["type"], "danger")
        self.assertEqual(card.edu_difference, -10)

    def test_a_whole_program_is_checked_on_demand(self):
        card = self.make_card(points=100)
        self.make_card(points=100)
        self.falsify(card, 90)
        manager = self.make_user("manager")
        result = card.program_id.with_user(manager).action_edu_check_ledger()
        self.assertIn("1 of 2", result["params"]["message"])

    def test_nobody_else_checks_on_demand(self):
        card = self.make_card(points=100)
        for role in ("salesperson", "readonly", "agent", "portal"):
            user = self.make_user(role)
            self.assertRefused(card.with_user(user).action_edu_check_ledger)

    def test_nobody_types_a_difference_or_a_day(self):
        card = self.make_card(points=100)
        manager = self.make_user("manager")
        for values in (
            {"edu_difference": 0},
            {"edu_next_expiry": "2030-01-01"},
            {"edu_next_notice": "2030-01-01"},
        ):
            self.assertRefused(card.with_user(manager).write, values)

    def test_the_check_is_one_query_however_many_cards(self):
        for _number in range(20):
            self.make_card(points=5)
        self.assertEqual(self.queries(self.env["loyalty.card"]._edu_to_check), 1)
