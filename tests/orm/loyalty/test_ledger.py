"""Entries are written once, and say what the balance is."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


class TestLedger(EduCase):
    def test_a_booked_movement_moves_the_balance_with_it(self):
        card = self.make_card(points=100)
        self.book(card, -30)
        self.assertBalance(card, 70)

    def test_pending_points_are_not_on_the_balance(self):
        card = self.make_card(points=100, state=rule.PENDING)
        self.assertBalance(card, 0, pending=100)

    def test_a_key_is_booked_once(self):
        card = self.make_card(points=100, key="event")
        self.assertFalse(self.book(card, 100, key="event"))
        self.assertBalance(card, 100)

    def test_one_key_twice_in_a_batch_is_booked_once(self):
        card = self.make_card()
        row = {"card_id": card.id, "points": 5, "kind": "earn", "text": "T", "key": "k"}
        self.assertEqual(len(self.env["edu.points.entry"].sudo()._book([row, row])), 1)
        self.assertBalance(card, 5)

    def test_nobody_writes_entries_not_even_the_server(self):
        card = self.make_card(points=100)
        entry = card.edu_entry_ids
        self.assertRefused(entry.sudo().write, {"text": "More"})
        self.assertRefused(entry.sudo().unlink)
        self.assertRefused(entry.sudo().copy)
        self.assertBalance(card, 100)

    def test_the_database_refuses_what_goes_around_odoo(self):
        entry = self.make_card(points=100).edu_entry_ids
        for query in (
            "UPDATE edu_points_entry SET points = 1 WHERE id = %s",
            "UPDATE edu_points_entry SET state = 'void' WHERE id = %s",
            "DELETE FROM edu_points_entry WHERE id = %s",
        ):
            with (
                self.subTest(query),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RaiseException),
                self.cr.savepoint(),
            ):
                self.cr.execute(query, [entry.id])

    def test_a_card_with_movements_is_not_deleted(self):
        card = self.make_card(points=100)
        with self.assertRaises(UserError):
            card.sudo().unlink()

    def test_points_that_the_server_writes_are_mirrored(self):
        card = self.make_card(points=100)
        card.sudo().points = 60
        self.assertBalance(card, 60)
        self.assertEqual(card.edu_entry_ids[0].kind, rule.HOST)

    def test_nobody_types_a_balance(self):
        card = self.make_card(points=100)
        clerk = self.make_user("manager")
        self.assertRefused(card.with_user(clerk).write, {"points": 500})
        forged = card.with_user(clerk).with_context(edu_points_source="earn")
        self.assertRefused(forged.write, {"points": 500})
        self.assertBalance(card, 100)

    def test_a_card_made_with_points_has_them_in_the_ledger(self):
        partner = self.make_customer()
        card = self.env["loyalty.card"].create(
            {
                "program_id": self.member_program().id,
                "partner_id": partner.id,
                "points": 20,
            }
        )
        self.assertTrue(card.edu_is_member)
        self.assertBalance(card, 20)
