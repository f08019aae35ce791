"""What users may try on cards, programs and the ledger, and do not get."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..common import EduCase

FORGED = {
    "edu_points_source": {"kind": "earn", "model": "", "record_id": 0},
    "edu_rewards_by_program": True,
    "install_mode": True,
    "su": True,
}


class TestAttacksOnCards(EduCase):
    def setUp(self):
        super().setUp()
        self.program = self.make_program()
        self.member = self.make_customer()
        self.card = self.make_card(self.member, 300)
        self.master = self.make_user("manager")
        self.master.group_ids |= self.env.ref("sales_team.group_sale_manager")
        self.env.flush_all()

    def forged(self, records, **context):
        return records.with_user(self.master).with_context(**FORGED, **context)

    def refuses(self, call, *arguments, **values):
        self.env.flush_all()
        try:
            with mute_logger("odoo.sql_db"), self.cr.savepoint():
                call(*arguments, **values)
                self.env.flush_all()
        except (UserError, IntegrityError):
            self.env.invalidate_all()
        else:
            self.fail("It was not refused.")

    # ------------------------------------------------------------------ points
    def test_nobody_makes_a_card_with_points(self):
        cards = self.forged(self.card.browse())
        other = self.make_customer()
        vals = {"program_id": self.program.id, "partner_id": other.id, "points": 900}
        self.refuses(cards.create, vals)
        for given in ("program_id", "partner_id", "points"):
            rest = {name: value for name, value in vals.items() if name != given}
            default = {f"default_{given}": vals[given]}
            with self.subTest(default=given):
                self.refuses(cards.with_context(**default).create, rest)
        active = cards.with_context(active_id=self.program.id)
        self.refuses(active.create, {"partner_id": other.id, "points": 900})
        self.refuses(cards.web_save, vals, {})
        self.refuses(self.forged(self.card).web_save, {"points": 900}, {})

    def test_a_card_of_members_is_somebodys(self):
        cards = self.forged(self.card.browse())
        vals = {"program_id": self.program.id, "points": 100000}
        self.refuses(cards.create, vals)
        self.refuses(cards.create, {"program_id": self.program.id})
        self.refuses(self.forged(self.card).write, {"partner_id": False})

    def test_a_program_gives_no_points_by_its_cards(self):
        program = self.forged(self.program)
        other = self.make_customer()
        for command in (
            Command.update(self.card.id, {"points": 900}),
            Command.create({"partner_id": other.id, "points": 900}),
            Command.create({"points": 900}),
            Command.update(self.card.id, {"partner_id": other.id}),
            Command.delete(self.card.id),
        ):
            with self.subTest(command=command):
                self.refuses(program.write, {"coupon_ids": [command]})
        self.assertBalance(self.card, 300)

    def test_the_hosts_wizards_give_no_points(self):
        other = self.make_customer()
        for mode in ("selected", "anonymous"):
            wizard = self.forged(self.env["loyalty.generate.wizard"]).create(
                {
                    "program_id": self.program.id,
                    "mode": mode,
                    "coupon_qty": 1,
                    "customer_ids": [Command.set(other.ids)],
                    "points_granted": 900,
                }
            )
            with self.subTest(mode=mode):
                self.refuses(wizard.generate_coupons)
        balance = self.forged(self.env["loyalty.card.update.balance"]).create(
            {"card_id": self.card.id, "new_balance": 900, "description": "Gift"}
        )
        self.refuses(balance.action_update_card_point)
        self.assertBalance(self.card, 300)

    def test_a_file_gives_no_points(self):
        cards = self.forged(self.card.browse())
        result = cards.load([".id", "points"], [[str(self.card.id), "900"]])
        self.assertFalse(result["ids"])
        result = cards.load(
            ["program_id/.id", "points"], [[str(self.program.id), "900"]]
        )
        self.assertFalse(result["ids"])
        self.assertBalance(self.card, 300)

    def test_a_copy_of_a_card_has_no_points(self):
        self.refuses(self.forged(self.card).copy)
        other = self.make_customer()
        self.refuses(self.forged(self.card).copy, {"partner_id": other.id})

    def test_cards_with_points_are_not_archived(self):
        for value in (False, 0, "", None):
            with self.subTest(value=value):
                self.refuses(self.forged(self.card).write, {"active": value})
        self.refuses(self.forged(self.card).action_archive)

    # ------------------------------------------------------------------ ledger
    def test_nobody_writes_the_ledger(self):
        entry = self.forged(self.card.edu_entry_ids)
        for vals in ({"points": 1}, {"text": "x"}, {"company_id": 1}, {}):
            with self.subTest(vals=vals):
                if vals:
                    self.refuses(entry.write, vals)
        self.refuses(entry.unlink)
        self.refuses(entry.copy)
        self.refuses(entry.name_create, "x")
        self.refuses(entry.web_save, {"points": 1}, {})
        card = self.forged(self.card)
        for command in (
            Command.create({"points": 5, "kind": "earn", "text": "x"}),
            Command.update(entry.id, {"points": 5}),
            Command.delete(entry.id),
            Command.clear(),
        ):
            with self.subTest(command=command):
                self.refuses(card.write, {"edu_entry_ids": [command]})
        self.assertBalance(self.card, 300)

    # ------------------------------------------------------------------ programs
    def test_a_program_with_a_ledger_stays_what_it_is(self):
        program = self.forged(self.program)
        other = self.make_company()
        self.master.company_ids |= other
        self.refuses(program.write, {"edu_mode": False})
        self.refuses(program.write, {"company_id": other.id})
        self.refuses(program.write, {"company_id": False})
        self.refuses(program.write, {"program_type": "promotion"})
        self.refuses(program.write, {"applies_on": "current"})
        self.refuses(program.unlink)

    def test_a_member_is_not_deleted(self):
        self.refuses(self.member.unlink)
        self.assertBalance(self.card, 300)

    def test_an_archived_program_keeps_the_points(self):
        self.program.action_archive()
        self.assertBalance(self.card, 300)
        self.program.action_unarchive()
        self.assertBalance(self.card, 300)

    def test_an_archived_member_keeps_the_points(self):
        self.member.action_archive()
        self.member.action_unarchive()
        self.assertBalance(self.card, 300)
        self.assertEqual(self.make_card(self.member), self.card)
