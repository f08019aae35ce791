"""The host's operations fetch what they fetched without us."""

from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestFetching(EduCase):
    def setUp(self):
        super().setUp()
        self.person = self.make_person(edu_background="Plays the piano")
        self.env.flush_all()
        self.env.invalidate_all()
        self.person.check_access("read")  # warms the caches

    def is_known(self, name):
        field = self.person._fields[name]
        return self.person.id in field._get_cache(self.env)

    def test_a_field_of_the_host_does_not_bring_ours(self):
        self.assertTrue(self.person.name)
        self.assertTrue(self.is_known("email"))
        self.assertFalse(self.is_known("edu_background"))

    def test_what_every_lead_asks_for_comes_with_the_host(self):
        self.assertTrue(self.person.name)
        with self.assertQueryCount(0):
            self.assertFalse(self.person.edu_is_customer)

    def test_one_of_ours_brings_all_of_them(self):
        self.assertEqual(self.person.edu_background, "Plays the piano")
        self.assertTrue(self.is_known("edu_is_target"))

    def test_a_view_fetches_both_in_one_query(self):
        with self.assertQueryCount(1):
            self.person.fetch(["name", "edu_background"])

    def test_a_default_that_somebody_set_counts(self):
        self.env["ir.default"].set("res.partner", "edu_background", "From the fair")
        self.assertEqual(self.make_person().edu_background, "From the fair")

    def test_a_default_of_the_screen_counts(self):
        screen = self.env["res.partner"].with_context(default_edu_background="Walk-in")
        self.assertEqual(screen.create({"name": "Lin"}).edu_background, "Walk-in")
        given = screen.create({"name": "Lin", "edu_background": False})
        self.assertFalse(given.edu_background)

    def test_a_rule_of_the_company_costs_no_query_and_is_never_stale(self):
        company = self.env.company
        self.assertTrue(company._edu_setting("edu_send_schedule"))
        self.env.invalidate_all()
        with self.assertQueryCount(0):
            self.assertTrue(company._edu_setting("edu_send_schedule"))
        company.edu_send_schedule = False
        self.assertFalse(company._edu_setting("edu_send_schedule"))

    def test_who_may_not_see_ours_gets_none(self):
        person = self.person.with_user(self.make_user("salesperson"))
        self.assertTrue(person.name)
        self.assertFalse(self.is_known("edu_relationship"))
