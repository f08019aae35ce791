"""Partner firms report points, by hand or in a file: each report counts once."""

import base64

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger

from ..common import EduCase


class TestPartner(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create(
            {"name": "Book shop", "is_company": True}
        )
        cls.program = cls.make_program(
            edu_mode="alliance_points", edu_firm_ids=[Command.set(cls.firm.ids)]
        )
        cls.leader = cls.make_user("leader")
        cls.card = cls.make_card(points=100)
        cls.card.edu_external_number = "BANK-1"

    # ------------------------------------------------------------------ by hand
    def enter(self, points=50, way="given", external_id="R1", user=None, card=None):
        wizard = self.env["edu.points.firm"].with_user(user or self.leader)
        wizard = wizard.with_context(default_card_id=(card or self.card).id)
        with Form(wizard) as form:
            form.firm_id = self.firm
            form.points = points
            form.way = way
            form.external_id = external_id
        form.save().action_book()

    def test_points_of_a_partner_firm_come_on_the_same_card(self):
        self.enter(50)
        entry = self.card.edu_entry_ids[0]
        self.assertEqual((entry.points, entry.firm_id), (50, self.firm))
        self.assertIn("Book shop", entry.text)
        self.assertTrue(entry.expires_on)
        self.assertBalance(self.card, 150)

    def test_a_member_redeems_at_a_partner_firm_what_there_is(self):
        self.enter(80, "redeemed")
        self.assertBalance(self.card, 20)
        with self.assertRaisesRegex(UserError, "not enough"):
            self.enter(21, "redeemed", "R2")
        self.assertBalance(self.card, 20)

    def test_a_receipt_is_entered_once(self):
        self.enter(50)
        with self.assertRaisesRegex(UserError, "already"):
            self.enter(50)
        self.assertBalance(self.card, 150)

    def test_a_card_that_does_not_add_up_redeems_nothing(self):
        self.card.sudo().edu_difference = 1
        with self.assertRaisesRegex(UserError, "blocked"):
            self.enter(1, "redeemed")

    def test_who_is_no_partner_gives_no_points(self):
        self.program.edu_firm_ids = False
        wizard = self.env["edu.points.firm"].create(
            {
                "card_id": self.card.id,
                "firm_id": self.firm.id,
                "points": 5,
                "external_id": "R1",
            }
        )
        with self.assertRaises(ValidationError):
            wizard.action_book()

    def test_agents_enter_no_points_of_partners(self):
        agent = self.make_user("agent")
        for model in ("edu.points.firm", "edu.points.import"):
            self.assertEqual(self.rights(agent, model), "", model)
        self.assertEqual(self.rights(self.leader, "edu.points.import.line"), "r")

    # ------------------------------------------------------------------ a file
    def report(self, *lines, user=None):
        content = "\n".join(["id,card,points", *lines]).encode()
        record = (
            self.env["edu.points.import"]
            .with_user(user or self.leader)
            .create(
                {
                    "program_id": self.program.id,
                    "firm_id": self.firm.id,
                    "file": base64.b64encode(content),
                    "file_name": "points.csv",
                }
            )
        )
        record.action_read()
        return record

    def test_a_file_is_booked_by_either_card_number(self):
        record = self.report("A1,BANK-1,30", f"A2,{self.card.code},-10")
        self.assertEqual((record.booked_count, record.error_count), (2, 0))
        self.assertBalance(self.card, 120)

    def test_a_file_read_again_books_nothing_twice(self):
        self.report("A1,BANK-1,30")
        record = self.report("A1,BANK-1,30", "A2,BANK-1,5")
        self.assertEqual((record.booked_count, record.known_count), (1, 1))
        self.assertBalance(self.card, 135)

    def test_errors_are_listed_line_by_line_and_can_be_reported_anew(self):
        record = self.report(
            "A1,unknown,30", "A2,BANK-1,-1000", "A3,BANK-1,x", "A4,BANK-1,7"
        )
        self.assertEqual((record.booked_count, record.error_count), (1, 3))
        wrong = record.line_ids.filtered("error").sorted("line")
        self.assertEqual(wrong.mapped("line"), [2, 3, 4])
        self.assertIn("No member", wrong[0].error)
        self.assertIn("not enough", wrong[1].error)
        self.assertBalance(self.card, 107)
        self.report("A1,BANK-1,30")
        self.assertBalance(self.card, 137)

    def test_a_file_is_read_once_and_stays(self):
        record = self.report("A1,BANK-1,30")
        record.action_read()
        self.assertBalance(self.card, 130)
        with self.assertRaises(UserError):
            record.file_name = "other.csv"
        with self.assertRaises(UserError):
            record.unlink()
        with self.assertRaises(UserError):
            record.copy({"state": "done"}).write({"state": "done"})

    def test_a_file_costs_the_same_for_many_lines(self):
        few = self.queries(self.report, *(f"F{n},BANK-1,1" for n in range(10)))
        many = self.queries(self.report, *(f"M{n},BANK-1,1" for n in range(200)))
        self.assertLessEqual(many - few, 8)

    # ------------------------------------------------------------------ co-brand
    def test_a_card_names_the_institution_and_its_number(self):
        bank = self.env["res.partner"].create({"name": "Bank", "is_company": True})
        program = self.make_program(
            edu_mode="cobranded_affinity_card", edu_institution_id=bank.id
        )
        card = self.make_card(program=program)
        self.assertEqual(card.edu_institution_id, bank)
        card.edu_external_number = "BANK-1"  # of another program: another card
        other = self.make_card(program=program)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            other.edu_external_number = "BANK-1"
            self.env.flush_all()

    def test_another_company_sees_no_reports(self):
        record = self.report("A1,BANK-1,30")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "edu_crm_addon.group_edu_manager",
            company_id=company.id,
        )
        for found in (record, record.line_ids):
            self.assertRefused(found.with_user(stranger).read, ["state"])
