"""A customer is found by name, number, e-mail, and phone in whatever format."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestSearch(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer(
            name="Wang Xiaoming",
            email="Xiaoming.Wang@Example.com",
            phone="+86 138 1234 5678",
            country_id=cls.env.ref("base.cn").id,
        )
        cls.other = cls.make_customer(
            name="Li Na", email="li.na@example.com", phone="+86 139 8765 4321"
        )

    def search(self, text):
        return self.env["res.partner"].search([("display_name", "ilike", text)])

    def assertFinds(self, text):
        found = self.search(text)
        self.assertIn(self.customer, found, text)
        self.assertNotIn(self.other, found, text)

    def assertNamed(self, text):
        """The pick list of a many2one finds it as well."""
        ids = [row[0] for row in self.env["res.partner"].name_search(text)]
        self.assertIn(self.customer.id, ids)
        self.assertNotIn(self.other.id, ids)

    def test_by_name_and_part_of_the_name(self):
        for text in ("Wang Xiaoming", "xiaoming", "wang"):
            self.assertFinds(text)
            self.assertNamed(text)

    def test_by_customer_number(self):
        self.assertRegex(self.customer.ref, r"^C\d{6}$")
        self.assertFinds(self.customer.ref)
        self.assertNamed(self.customer.ref)

    def test_by_email_in_any_case(self):
        self.assertFinds("xiaoming.wang@example.com")
        self.assertNamed("XIAOMING.WANG@EXAMPLE.COM")

    def test_by_phone_in_any_format(self):
        for text in (
            "+86 138 1234 5678",
            "+8613812345678",
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "138.1234.5678",
            "(138) 1234 5678",
            "0086 138 1234 5678",
            " 13812345678 ",
        ):
            with self.subTest(typed=text):
                self.assertFinds(text)
                self.assertNamed(text)

    def test_by_the_end_of_a_phone_number(self):
        self.assertFinds("12345678")

    def test_by_a_number_stored_in_local_format(self):
        stored = self.make_customer(name="Local", phone="13700001111")
        for text in ("+86 137 0000 1111", "137-0000-1111", "13700001111"):
            with self.subTest(typed=text):
                found = self.env["res.partner"].search(
                    [("display_name", "ilike", text)]
                )
                self.assertEqual(found, stored)

    def test_a_foreign_number_is_found_with_its_country_code(self):
        foreign = self.make_customer(name="Foreign", phone="+33 1 42 68 53 00")
        for text in ("+33142685300", "0033 1 42 68 53 00", "+33 1 42-68-53-00"):
            with self.subTest(typed=text):
                found = self.env["res.partner"].search(
                    [("display_name", "ilike", text)]
                )
                self.assertEqual(found, foreign)

    def test_few_digits_are_no_phone_number(self):
        """Digits of a name or reference must not drag in phone numbers."""
        found = self.search("5678")
        self.assertNotIn(self.customer, found)

    def test_a_number_in_a_name_is_still_found(self):
        school = self.make_organization(name="School 2026-1122")
        found = self.search("2026-1122")
        self.assertEqual(found, school)

    def test_what_is_not_like_does_not_find(self):
        found = self.env["res.partner"].search(
            [("display_name", "not ilike", self.customer.ref)]
        )
        self.assertNotIn(self.customer, found)
        self.assertIn(self.other, found)

    def test_the_search_box_of_the_customers_menu_searches_all_of_them(self):
        view = self.env.ref("edu_crm_addon.res_partner_view_search_customer")
        self.assertIn("[('display_name', 'ilike', self)]", view.arch)

    def test_a_salesperson_finds_by_phone_too(self):
        partners = self.env["res.partner"].with_user(self.make_user("salesperson"))
        found = partners.search([("display_name", "ilike", "138-1234-5678")])
        self.assertEqual(found, self.customer)
