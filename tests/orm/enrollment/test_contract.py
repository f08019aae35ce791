"""Whoever signs an order with courses, in whatever way, makes its contract."""

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import SIGNATURE, EduCase


@tagged("post_install", "-at_install")
class TestContract(EduCase):
    def family_order(self, **values):
        guardian = self.make_person(name="Mother")
        learner = self.make_learner(guardian, name="Child")
        return self.make_course_order(guardian, learner, **values)

    def test_a_signature_makes_one_numbered_contract(self):
        order = self.family_order(confirm=False)
        contract = self.sign(order, "Mother")
        self.assertRecordValues(
            contract,
            [
                {
                    "order_id": order.id,
                    "company_id": order.company_id.id,
                    "version": 1,
                    "state": "signed",
                    "signed_by": "Mother",
                    "signed_at": order.signed_on,
                    "partner_id": order.partner_id.id,
                    "learner_ids": order.order_line.edu_learner_id.ids,
                    "amount_total": 100.0,
                }
            ],
        )
        self.assertRegex(contract.name, r"^CT\d+$")
        self.assertEqual(contract.signature, order.signature)
        other = self.sign(self.family_order(confirm=False))
        self.assertNotEqual(other.name, contract.name)

    def test_the_facts_say_who_learns_what_when_and_for_how_much(self):
        course = self.make_course(
            edu_term=3, edu_lessons=24, edu_gift_lessons=2, list_price=900.0
        )
        course.with_context(lang="zh_CN").name = "钢琴"
        order = self.family_order(course=course, edu_date_start="2099-09-01")
        facts = self.sign(order).facts
        [terms] = facts["terms"]["lines"]
        [texts] = facts["lines"]
        self.assertEqual(terms["term"], "3 months")
        self.assertEqual(terms["lessons"], "24+2")
        self.assertEqual(terms["price"], "900.00")
        self.assertEqual(terms["date_start"], "2099-09-01")
        self.assertEqual(terms["date_end"], "2099-11-30")
        self.assertEqual(texts["learner"], "Child")
        self.assertEqual(texts["guardians"], ["Mother"])
        self.assertEqual(texts["course"]["en_US"], course.name)
        self.assertEqual(texts["course"]["zh_CN"], "钢琴")

    def test_the_facts_list_the_instalments(self):
        halves = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    Command.create({"value_amount": 50, "nb_days": 0}),
                    Command.create({"value_amount": 50, "nb_days": 30}),
                ],
            }
        )
        order = self.family_order(confirm=False)
        order.payment_term_id = halves
        parts = self.sign(order).facts["instalments"]
        self.assertEqual([part["amount"] for part in parts], ["50.00", "50.00"])
        self.assertLess(parts[0]["date"], parts[1]["date"])

    def test_signing_then_confirming_is_still_the_same_contract(self):
        order = self.family_order(confirm=False)
        contract = self.sign(order)
        order.action_confirm()
        self.assertEqual(order.edu_contract_ids, contract)
        enrollment = order.edu_enrollment_ids
        self.assertEqual(enrollment.contract_id, contract)
        self.assertFalse(enrollment.contract_to_sign_id)

    def test_the_same_signature_twice_is_one_contract(self):
        order = self.family_order()
        contract = self.sign(order)
        self.sign(order)
        order.signed_on = contract.signed_at
        self.assertEqual(order.edu_contract_ids, contract)

    def test_an_order_imported_as_signed_has_its_contract(self):
        partner = self.make_person()
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "signature": SIGNATURE,
                "signed_by": "Somebody",
                "signed_on": "2026-01-01 10:00:00",
                "order_line": [Command.create({"product_id": self.make_course().id})],
            }
        )
        self.assertEqual(order.edu_contract_id.signed_by, "Somebody")

    def test_an_order_without_course_makes_no_contract(self):
        order = self.make_order(self.make_person(), confirm=False)
        self.assertFalse(self.sign(order))
        self.assertFalse(order.edu_contract_ids)

    def test_a_copied_order_is_not_signed(self):
        order = self.family_order()
        self.sign(order)
        copy = order.copy()
        self.assertFalse(copy.edu_contract_id)
        self.assertFalse(copy.edu_contract_ids)

    def test_a_contract_can_be_signed_for_an_order_confirmed_without(self):
        order = self.family_order()
        self.assertFalse(order.edu_contract_id)
        order.with_user(self.make_user("manager")).action_edu_ask_signature()
        contract = order.edu_contract_id
        self.assertEqual(contract.state, "to_sign")
        order.action_edu_ask_signature()
        self.assertEqual(order.edu_contract_ids, contract)
        self.assertEqual(self.sign(order), contract)
        self.assertEqual(contract.state, "signed")

    def test_the_invoice_leads_to_the_contract(self):
        order = self.family_order()
        contract = self.sign(order)
        invoice = order._create_invoices()
        self.assertEqual(invoice.edu_contract_ids, contract)
        action = invoice.action_edu_open_contracts()
        self.assertEqual(self.env["edu.contract"].search(action["domain"]), contract)

    # ------------------------------------------------------------------ immutable
    def test_nobody_changes_a_signed_contract(self):
        contract = self.sign(self.family_order())
        for role in ("readonly", "agent", "leader", "manager"):
            user = self.make_user(role)
            with self.subTest(role=role):
                here = contract.with_user(user)
                with self.assertRaises(AccessError):
                    here.write({"signed_by": "Another"})
                with self.assertRaises(AccessError):
                    here.unlink()
        for vals in (
            {"signed_by": "Another"},
            {"signed_at": "2020-01-01"},
            {"facts": {}},
            {"signature": False},
            {"partner_id": self.make_person().id},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "signed"):
                contract.sudo().write(vals)
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            contract.sudo().unlink()

    def test_an_order_with_a_signed_contract_is_not_deleted(self):
        order = self.family_order(confirm=False)
        self.sign(order)
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            order.unlink()

    def test_the_database_refuses_a_version_twice(self):
        contract = self.sign(self.family_order())
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            contract.sudo().copy({"name": "X", "version": 1, "facts": {"terms": {}}})

    # ------------------------------------------------------------------ minors
    def test_a_stranger_signs_for_no_minor(self):
        learner = self.make_learner(self.make_person())
        order = self.make_course_order(self.make_person(), learner, confirm=False)
        with self.assertRaisesRegex(UserError, "no guardian"):
            self.sign(order)
        self.assertFalse(order.edu_contract_ids)
        with self.assertRaisesRegex(UserError, "no guardian"):
            order.action_confirm()

    def test_each_guardian_and_an_organization_sign_for_a_minor(self):
        mother, father = self.make_person(), self.make_person()
        school = self.make_organization()
        clerk = self.make_person(parent_id=school.id)
        learner = self.make_learner(mother)
        self.link(father, learner, relation="father")
        for customer in (mother, father, school, clerk):
            with self.subTest(customer=customer.name):
                order = self.make_course_order(customer, learner, confirm=False)
                self.assertEqual(self.sign(order).partner_id, customer)

    def test_anybody_signs_for_an_adult(self):
        order = self.make_course_order(
            self.make_person(), self.make_customer(), confirm=False
        )
        self.assertTrue(self.sign(order))
