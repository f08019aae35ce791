"""The length of an enrollment in words."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestTerm(EduCase):
    def text(self, unit, quantity, **course):
        course = self.make_course(edu_term_unit=unit, **course)
        return self.make_enrollment(course=course, product_uom_qty=quantity).term_text

    def test_one_and_several(self):
        for unit, quantity, expected in (
            ("months", 1, "1 month"),
            ("months", 3, "3 months"),
            ("weeks", 1, "1 week"),
            ("weeks", 10, "10 weeks"),
            ("lessons", 1, "1 lesson"),
            ("lessons", 20, "20 lessons"),
        ):
            with self.subTest(unit=unit, quantity=quantity):
                self.assertEqual(self.text(unit, quantity), expected)

    def test_form_and_portal_show_it(self):
        form = self.env["edu.enrollment"].get_view(view_type="form")["arch"]
        self.assertIn('name="term_text"', form)
        page = self.env.ref("edu_crm_addon.edu_enrollment_portal_facts").arch
        self.assertIn("enrollment.term_text", page)
