"""Points expire grant by grant, once, whoever looks first."""

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_points"


@tagged("post_install", "-at_install")
class TestExpiry(EduCase):
    def kinds(self, card):
        return card.sudo().edu_entry_ids.sorted("id").mapped("kind")

    def test_points_can_be_used_on_their_last_day_and_are_gone_on_the_next(self):
        today = self.make_card(points=100, expires_on=self.days_ago(0))
        over = self.make_card(points=100, expires_on=self.days_ago(1))
        never = self.make_card(points=100)
        self.run_cron(CRON)
        self.assertBalance(today, 100)
        self.assertBalance(over, 0)
        self.assertBalance(never, 100)
        entry = over.edu_entry_ids[0]
        self.assertEqual((entry.kind, entry.points), (rule.EXPIRE, -100))
        self.assertEqual(entry.reverses_id, over.edu_entry_ids[1])

    def test_what_was_spent_does_not_expire(self):
        card = self.make_card(points=100, expires_on=self.days_ago(1))
        self.book(card, 50, expires_on=self.days_ago(-5))
        self.book(card, -70)
        self.run_cron(CRON)
        self.assertBalance(card, 50)

    def test_twice_a_day_is_harmless(self):
        card = self.make_card(points=100, expires_on=self.days_ago(1))
        self.run_cron(CRON)
        self.run_cron(CRON)
        self.assertEqual(self.kinds(card), [rule.EARN, rule.EXPIRE])
        card.sudo()._edu_expire_by_job()
        self.assertBalance(card, 0)

    def test_before_points_are_spent_what_is_over_is_taken(self):
        card = self.make_card(points=100, expires_on=self.days_ago(1))
        card.with_user(self.make_user("agent"))._edu_expire_due()
        self.assertBalance(card, 0)

    def test_a_card_with_nothing_over_costs_no_query(self):
        card = self.make_card(points=100, expires_on=self.days_ago(-1))
        card.edu_next_expiry, card.company_id._edu_today()
        with self.count_queries() as queries:
            card._edu_expire_due()
        self.assertEqual(queries, [0])

    def test_the_text_is_in_the_language_of_the_member(self):
        customer = self.make_customer(lang="zh_CN")
        card = self.make_card(customer, 100, expires_on=self.days_ago(1))
        self.run_cron(CRON)
        self.assertIn(card.edu_entry_ids[0].text, ("已过期", "Expired"))

    # ------------------------------------------------------------------ the two days
    def test_the_day_the_job_looks_again_is_never_late(self):
        card = self.make_card()
        self.assertFalse(card.edu_next_expiry)
        self.book(card, 10, expires_on=self.days_ago(-50))
        self.assertEqual(card.edu_next_expiry, self.days_ago(-50))
        self.book(card, 10, expires_on=self.days_ago(-20))
        self.assertEqual(card.edu_next_expiry, self.days_ago(-20))
        self.book(card, 10, expires_on=self.days_ago(-90))
        self.assertEqual(card.edu_next_expiry, self.days_ago(-20))
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(card.edu_next_expiry, self.days_ago(-20))

    def test_after_the_job_it_is_the_next_last_day(self):
        card = self.make_card(points=10, expires_on=self.days_ago(1))
        self.book(card, 10, expires_on=self.days_ago(-20))
        self.assertEqual(self.env["loyalty.card"]._edu_to_expire(), card)
        self.run_cron(CRON)
        self.assertEqual(card.edu_next_expiry, self.days_ago(-20))
        self.assertFalse(self.env["loyalty.card"]._edu_to_expire())

    def test_points_given_back_to_an_old_grant_expire_with_it(self):
        card = self.make_card(points=100, expires_on=self.days_ago(-1))
        spend = self.book(card, -100)
        card.sudo()._edu_expire()
        self.assertFalse(card.edu_next_expiry)
        self.book(card, 100, reverses_id=spend.id, expires_on=self.days_ago(-30))
        self.assertIn(card, self.env["loyalty.card"]._edu_to_expire())
        self.run_cron(CRON)
        self.assertEqual(card.edu_next_expiry, self.days_ago(-1))
        self.assertBalance(card, 100)

    def test_the_day_shown_is_of_points_that_are_left(self):
        card = self.make_card(points=10, expires_on=self.days_ago(-30))
        self.book(card, 20, expires_on=self.days_ago(-60))
        self.book(card, -10)
        self.assertEqual(card.edu_expires_on, self.days_ago(-60))

    def test_what_expires_soon_is_known(self):
        card = self.make_card(points=10, expires_on=self.days_ago(-30))
        self.book(card, 20, expires_on=self.days_ago(-31))
        self.assertEqual(card._edu_expiring(30), {card: 10})
        self.assertEqual(card._edu_expiring(31), {card: 30})

    # ------------------------------------------------------------------ cost
    def test_the_price_of_expiring_is_that_of_the_batch(self):
        def expire(count):
            cards = self.env["loyalty.card"].union(
                *(
                    self.make_card(points=10, expires_on=self.days_ago(1))
                    for _ in range(count)
                )
            )
            return self.queries(cards.sudo()._edu_expire_by_job)

        few, many = expire(5), expire(45)
        self.assertLessEqual(many - few, 2)
