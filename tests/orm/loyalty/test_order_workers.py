"""Two carts at once: one balance is spent once, one person gets one card."""

from psycopg2 import OperationalError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import EduCase
from ..workers import Workers

GUARD = "edu_points_entry_guard"


@tagged("post_install", "-at_install")
class TestOrderWorkers(Workers, EduCase):
    def make_committed(self, points=100):
        """Return ids of a program, a member with points and two carts, committed."""
        with self.worker() as env:
            program = env["loyalty.program"].create(
                {
                    "name": "At once",
                    "program_type": "loyalty",
                    "applies_on": "both",
                    "trigger": "auto",
                    "company_id": env.company.id,
                    "edu_mode": "independent_points",
                    "edu_hold_until_paid": True,
                    "rule_ids": [Command.create({"reward_point_mode": "money"})],
                    "reward_ids": [
                        Command.create(
                            {
                                "reward_type": "discount",
                                "discount_mode": "per_order",
                                "discount": 10,
                                "required_points": 100,
                            }
                        )
                    ],
                }
            )
            member = env["res.partner"].create({"name": "At once"})
            product = env["product.product"].create(
                {"name": "At once", "type": "service", "list_price": 50}
            )
            if points:
                card = member._edu_member_cards(program)[member]
                row = {"card_id": card.id, "kind": "earn", "text": "At once"}
                env["edu.points.entry"]._book([{**row, "points": points}])
            line = {"product_id": product.id, "tax_ids": [Command.clear()]}
            values = {"partner_id": member.id, "order_line": [Command.create(line)]}
            orders = env["sale.order"].create([values, values])
            for order in orders if points else ():
                order._update_programs_and_rewards()
                order._apply_program_reward(program.reward_ids, card)
            env.flush_all()
            self.addCleanup(self._clean, program, member, product, orders)
            return program.id, orders.ids

    def _clean(self, program, *others):
        """Even the database refuses to delete entries: its guard is put aside."""
        with self.worker() as env:
            program = program.with_env(env)
            member, product, orders = (records.with_env(env) for records in others)
            orders._action_cancel()
            orders.unlink()
            env.flush_all()
            switch = "ALTER TABLE edu_points_entry %s TRIGGER %s"
            env.cr.execute(switch % ("DISABLE", GUARD))
            for table in ("edu_points_entry", "loyalty_card"):
                query = f"DELETE FROM {table} WHERE program_id = %s"  # noqa: S608
                env.cr.execute(query, [program.id])
            env.cr.execute(switch % ("ENABLE", GUARD))
            env.invalidate_all()
            program.active = False
            program.unlink()
            (member | product.product_tmpl_id.env["res.partner"]).unlink()
            product.product_tmpl_id.unlink()

    def test_host_fails_two_carts_at_once_spend_one_balance_once(self):
        _program, (one, two) = self.make_committed()
        with self.late_worker() as late:
            with self.worker() as first:
                first["sale.order"].browse(one).action_confirm()
            with self.assertRaises(OperationalError):  # tried again by the host
                late["sale.order"].browse(two).action_confirm()
                late.flush_all()
        with self.worker() as again:
            order = again["sale.order"].browse(two)
            with self.assertRaises(ValidationError), again.cr.savepoint():
                order.action_confirm()
            card = again["loyalty.card"].search([("program_id", "=", _program)])
            self.assertEqual((card.points, card.edu_pending_points), (0, 50))

    def test_host_fails_two_first_carts_at_once_make_one_card(self):
        program, (one, two) = self.make_committed(points=0)
        with self.late_worker() as late:
            with self.worker() as first:
                first["sale.order"].browse(one).action_confirm()
            with self.assertRaises(OperationalError):
                late["sale.order"].browse(two).action_confirm()
                late.flush_all()
        with self.worker() as again:
            again["sale.order"].browse(two).action_confirm()
            card = again["loyalty.card"].search([("program_id", "=", program)])
            self.assertEqual((len(card), card.edu_pending_points), (1, 100))
