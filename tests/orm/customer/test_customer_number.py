"""Education customers draw a number into ``ref``; nobody else does."""

from odoo import api
from odoo.tests import tagged

from ..common import EduCase

SEQUENCE = "edu_crm_addon.seq_edu_customer"
FORMAT = r"^C\d{6}$"


@tagged("post_install", "-at_install")
class TestCustomerNumber(EduCase):
    def next_numbers(self, number):
        """Return the next numbers of the sequence without drawing them."""
        nxt = self.env.ref(SEQUENCE).number_next_actual
        return [f"C{nxt + i:06}" for i in range(number)]

    def test_a_new_customer_gets_the_next_number(self):
        (expected,) = self.next_numbers(1)
        self.assertEqual(self.make_customer().ref, expected)

    def test_a_classified_contact_gets_one_too(self):
        contact = self.make_person()
        self.assertFalse(contact.ref)
        contact.edu_stage_ids = self.stage("primary")
        self.assertRegex(contact.ref, FORMAT)

    def test_a_contact_made_a_customer_later_gets_one(self):
        contact = self.make_person()
        contact.edu_is_customer = True
        self.assertRegex(contact.ref, FORMAT)

    def test_a_plain_contact_gets_none(self):
        person, school = self.make_person(), self.make_organization()
        person.phone = "+86 10 8888 0001"
        self.assertFalse(person.ref)
        self.assertFalse(school.ref)

    def test_a_reference_that_is_there_stays(self):
        customer = self.make_customer(ref="OLD-1")
        customer.edu_stage_ids = self.stage("primary")
        self.assertEqual(customer.ref, "OLD-1")

    def test_a_number_once_given_stays(self):
        customer = self.make_customer()
        number = customer.ref
        customer.edu_is_customer = False
        customer.edu_tier_id = self.tier("vip")
        self.assertEqual(customer.ref, number)

    def test_a_batch_gets_distinct_numbers_in_order(self):
        expected = self.next_numbers(20)
        customers = self.make_people(20, edu_is_customer=True)
        self.assertEqual(customers.mapped("ref"), expected)

    def test_a_batch_classified_at_once_gets_distinct_numbers(self):
        contacts = self.make_people(20)
        contacts.write({"edu_tier_id": self.tier("vip").id})
        self.assertEqual(len(set(contacts.mapped("ref"))), 20)

    def test_a_mixed_batch_numbers_only_those_who_lack_one(self):
        customers = self.env["res.partner"].create(
            [
                {"name": "A", "edu_is_customer": True, "ref": "OWN"},
                {"name": "B"},
                {"name": "C", "edu_is_customer": True},
            ]
        )
        self.assertEqual(customers[0].ref, "OWN")
        self.assertFalse(customers[1].ref)
        self.assertRegex(customers[2].ref, FORMAT)

    def test_numbers_typed_before_are_skipped(self):
        first, second, third = self.next_numbers(3)
        self.make_person(ref=first)
        self.make_person(ref=second, active=False)
        self.assertEqual(self.make_customer().ref, third)

    def test_numbers_of_another_company_are_skipped_too(self):
        first, second = self.next_numbers(2)
        other = self.make_company()
        self.make_person(ref=first, company_id=other.id)
        agent = self.make_user("agent")
        customer = (
            self.env["res.partner"]
            .with_user(agent)
            .create({"name": "Mine", "edu_is_customer": True})
        )
        self.assertEqual(customer.ref, second)

    def test_a_copy_gets_a_number_of_its_own(self):
        customer = self.make_customer()
        copy = customer.copy()
        self.assertRegex(copy.ref, FORMAT)
        self.assertNotEqual(copy.ref, customer.ref)

    def test_an_import_draws_numbers_for_rows_without(self):
        result = self.env["res.partner"].load(
            ["name", "edu_is_customer", "ref"],
            [["First", "1", ""], ["Second", "1", "OWN-9"], ["Third", "0", ""]],
        )
        self.assertFalse(result["messages"])
        customers = self.env["res.partner"].browse(result["ids"])
        self.assertRegex(customers[0].ref, FORMAT)
        self.assertEqual(customers[1].ref, "OWN-9")
        self.assertFalse(customers[2].ref)

    def test_two_transactions_draw_different_numbers(self):
        mine = self.make_people(3, edu_is_customer=True).mapped("ref")
        with self.registry.cursor() as cursor:
            other = api.Environment(cursor, self.env.uid, {})
            theirs = other["res.partner"].create(
                [{"name": "Theirs", "edu_is_customer": True} for _ in range(3)]
            )
            theirs = theirs.mapped("ref")
            cursor.rollback()
        mine += self.make_people(3, edu_is_customer=True).mapped("ref")
        self.assertEqual(len({*mine, *theirs}), 9)

    def test_archiving_a_customer_does_not_free_its_number(self):
        customer = self.make_customer()
        number = customer.ref
        customer.action_archive()
        self.assertNotIn(
            number, self.make_people(3, edu_is_customer=True).mapped("ref")
        )
