"""Pending points become available or void, never more than wait."""

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


class TestPending(EduCase):
    def setUp(self):
        super().setUp()
        self.card = self.make_card(points=100, state=rule.PENDING)
        self.entry = self.card.edu_entry_ids
        self.entries = self.env["edu.points.entry"].sudo()

    def test_released_points_can_be_spent(self):
        self.entries._settle({self.entry: 40}, expires_on=self.days_ago(-30))
        self.assertBalance(self.card, 40, pending=60)
        available = self.card.edu_entry_ids.filtered(lambda e: e.state == "available")
        self.assertEqual(available.origin_id, self.entry)
        self.assertEqual(available.expires_on, self.days_ago(-30))

    def test_no_more_is_released_than_waits(self):
        self.entries._settle({self.entry: 70})
        self.entries._settle({self.entry: 70})
        self.assertBalance(self.card, 100)
        self.assertFalse(self.entries._settle({self.entry: 1}))

    def test_void_points_are_on_no_balance(self):
        self.entries._settle({self.entry: 100}, state=rule.VOID)
        self.assertBalance(self.card, 0)
        self.assertFalse(self.entry._waiting())
