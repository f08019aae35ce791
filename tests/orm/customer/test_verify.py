"""Data is verified by a button; what is overdue is asked for once per episode."""

from odoo.fields import Date, Datetime
from odoo.tests import tagged

from ..common import CRON_UPKEEP, EduCase

ACTIVITY = "edu_crm_addon.mail_activity_type_verify"


@tagged("post_install", "-at_install")
class TestVerify(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_user("agent")
        cls.customer = cls.make_customer(
            user_id=cls.owner.id, company_id=cls.env.company.id
        )
        cls.age(cls.customer, 1000)

    @classmethod
    def age(cls, customers, days):
        """Make the customers look as if entered so many days ago."""
        cls.env.flush_all()
        cls.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id IN %s",
            [Datetime.subtract(Datetime.now(), days=days), tuple(customers.ids)],
        )
        customers.invalidate_recordset(["create_date", "edu_to_verify"])

    def reminders(self, customers=None, *, done=False):
        activities = self.env["mail.activity"].with_context(active_test=not done)
        return activities.search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", (customers or self.customer).ids),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        )

    # ------------------------------------------------------------------ the button
    def test_the_button_stamps_who_and_when(self):
        self.customer.with_user(self.owner).action_edu_verify()
        self.assertRecordValues(
            self.customer,
            [
                {
                    "edu_verified_on": Date.context_today(self.customer),
                    "edu_verified_by_id": self.owner.id,
                    "edu_to_verify": False,
                }
            ],
        )

    def test_several_are_verified_at_once(self):
        customers = self.make_people(3, edu_is_customer=True)
        customers.action_edu_verify()
        self.assertEqual(customers.edu_verified_by_id, self.env.user)
        self.assertEqual(customers.mapped("edu_to_verify"), [False] * 3)

    def test_the_button_closes_the_reminder(self):
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(len(self.reminders()), 1)
        self.customer.with_user(self.owner).action_edu_verify()
        self.assertFalse(self.reminders())
        self.assertEqual(self.reminders(done=True).mapped("state"), ["done"])

    def test_another_activity_stays_open(self):
        todo = self.customer.activity_schedule("mail.mail_activity_data_todo")
        self.customer.action_edu_verify()
        self.assertTrue(todo.active)

    def test_a_copy_is_not_verified(self):
        self.customer.action_edu_verify()
        copy = self.customer.copy()
        self.assertFalse(copy.edu_verified_on)
        self.age(copy, 1000)
        self.assertTrue(copy.edu_to_verify)

    # ------------------------------------------------------------------ the filter
    def test_overdue_on_the_day_after_the_limit(self):
        self.env.company.edu_review_days = 30
        self.customer.edu_verified_on = self.days_ago(30)
        self.assertFalse(self.customer.edu_to_verify)
        self.customer.edu_verified_on = self.days_ago(31)
        self.assertTrue(self.customer.edu_to_verify)

    def test_never_verified_is_overdue(self):
        self.assertTrue(self.customer.edu_to_verify)

    def test_a_new_customer_counts_as_fresh_until_its_time_comes(self):
        """Who has just been entered need not be verified at once."""
        self.env.company.edu_review_days = 30
        customer = self.make_customer()
        self.assertFalse(customer.edu_to_verify)
        self.age(customer, 29)
        self.assertFalse(customer.edu_to_verify)
        self.age(customer, 32)
        self.assertTrue(customer.edu_to_verify)

    def test_zero_days_means_never(self):
        self.env.company.edu_review_days = 0
        self.customer.invalidate_recordset()
        self.assertFalse(self.customer.edu_to_verify)

    def test_a_plain_contact_is_never_to_verify(self):
        contact = self.make_person()
        self.age(contact, 1000)
        self.assertFalse(contact.edu_to_verify)

    def test_filter_and_field_agree_on_a_grid(self):
        """Company or none, customer or not, verified when: all of them."""
        campus = self.make_company(edu_review_days=10)
        never = self.make_company(edu_review_days=0)
        self.env.company.edu_review_days = 100
        people = self.env["res.partner"].create(
            [
                {
                    "name": "Grid",
                    "company_id": company,
                    "edu_is_customer": is_customer,
                    "edu_verified_on": days is not None and self.days_ago(days),
                }
                for company in (False, self.env.company.id, campus.id, never.id)
                for is_customer in (True, False)
                for days in (None, None, 5, 50, 500)
            ]
        )
        self.age(people[::2], 1000)
        for current in (self.env.company, campus, never):
            with self.subTest(company=current.name):
                here = people.with_company(current)
                self.env.invalidate_all()
                shown = here.filtered("edu_to_verify")
                domain = [("id", "in", people.ids)]
                self.assertTrue(shown or current == never)
                found = here.search([*domain, ("edu_to_verify", "=", True)])
                rest = here.search([*domain, ("edu_to_verify", "=", False)])
                self.assertEqual(found, shown)
                self.assertEqual(rest, here - shown)

    def test_the_grid_of_the_current_company_by_hand(self):
        self.env.company.edu_review_days = 100
        for days, expected in ((None, True), (5, False), (100, False), (101, True)):
            with self.subTest(days=days):
                customer = self.make_customer(
                    edu_verified_on=days is not None and self.days_ago(days)
                )
                self.age(customer, 1000)
                self.assertEqual(customer.edu_to_verify, expected)

    # ------------------------------------------------------------------ the reminder
    def test_the_owner_is_asked_once(self):
        self.run_cron(CRON_UPKEEP)
        self.run_cron(CRON_UPKEEP)
        self.assertRecordValues(self.reminders(), [{"user_id": self.owner.id}])

    def test_the_owner_is_not_flooded_with_mail(self):
        """A hundred customers to verify are a list to work on, not a hundred mails."""
        mails = self.env["mail.mail"].search_count([])
        self.run_cron(CRON_UPKEEP)
        self.assertTrue(self.reminders())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_who_has_no_owner_is_not_asked(self):
        customer = self.make_customer(company_id=self.env.company.id)
        self.age(customer, 1000)
        self.run_cron(CRON_UPKEEP)
        self.assertFalse(self.reminders(customer))

    def test_a_verified_customer_is_not_asked_for(self):
        self.customer.edu_verified_on = self.days_ago(1)
        self.run_cron(CRON_UPKEEP)
        self.assertFalse(self.reminders())

    def test_the_next_episode_asks_again(self):
        self.run_cron(CRON_UPKEEP)
        self.customer.action_edu_verify()
        self.customer.edu_verified_on = self.days_ago(1000)
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(len(self.reminders()), 1)
        self.assertEqual(len(self.reminders(done=True)), 2)

    def test_each_owner_is_asked_for_their_own(self):
        other = self.make_user("agent")
        customers = self.make_people(
            2, edu_is_customer=True, user_id=other.id, company_id=self.env.company.id
        )
        self.age(customers, 1000)
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(self.reminders(customers).user_id, other)
        self.assertEqual(len(self.reminders(customers)), 2)

    def test_the_limit_of_each_company_holds(self):
        campus = self.make_company(edu_review_days=10)
        owner = self.make_user("agent", company=campus)
        overdue, fresh = (
            self.make_customer(
                company_id=campus.id,
                user_id=owner.id,
                edu_verified_on=self.days_ago(days),
            )
            for days in (11, 9)
        )
        self.run_cron(CRON_UPKEEP)
        self.assertEqual(len(self.reminders(overdue)), 1)
        self.assertFalse(self.reminders(fresh))
