"""A customer is lost by a rule of the company; when the rule changes, it is found."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..common import CRON_UPKEEP, EduCase


@tagged("post_install", "-at_install")
class TestLostCustomers(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.make_customer()
        cls.env.company.edu_lost_after_days = 30
        ordered_at = Datetime.now() - timedelta(days=100)
        cls.make_order(cls.customer, ordered_at=ordered_at)

    def relationship_after_a_night(self, days):
        self.env.company.edu_lost_after_days = days
        self.run_cron(CRON_UPKEEP)
        return self.customer.edu_relationship

    def test_lost_and_found_again_when_the_company_waits_longer(self):
        self.assertEqual(self.relationship_after_a_night(30), "lost")
        self.assertEqual(self.relationship_after_a_night(540), "first")

    def test_found_again_when_the_company_gives_nobody_up(self):
        self.assertEqual(self.relationship_after_a_night(30), "lost")
        self.assertEqual(self.relationship_after_a_night(0), "first")

    def test_one_of_many_nights_changes_nothing(self):
        self.assertEqual(self.relationship_after_a_night(30), "lost")
        self.assertEqual(self.relationship_after_a_night(30), "lost")
