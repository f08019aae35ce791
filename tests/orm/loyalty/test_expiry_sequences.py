"""What becomes of points that are earned, spent, given back and taken back in time."""

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestExpirySequences(EduCase):
    """A grant of 100 in January that expires at the end of June, in most of them."""

    def setUp(self):
        super().setUp()
        self.program = self.make_program(edu_grace_days=30)
        self.customer = self.make_customer()

    def on(self, day):
        """Let it be that day of 2026, about noon everywhere in the tests."""
        frozen = freeze_time(f"2026-{day} 04:00:00")
        frozen.start()
        self.addCleanup(frozen.stop)

    def granted(self, points=100):
        self.on("01-10")
        return self.make_card(
            self.customer, points, self.program, expires_on="2026-06-30"
        )

    def expire(self, card):
        card.sudo()._edu_expire_by_job()
        self.env.invalidate_all()

    def give_back(self, card, spend, points, grace):
        return self.book(card, points, reverses_id=spend.id, expires_on=grace)

    def take_back(self, card, grant, points):
        return self.book(card, -points, reverses_id=grant.id, kind=rule.REVERSE)

    def test_award_refund_expire_takes_nothing_twice(self):
        card = self.granted()
        grant = card.edu_entry_ids
        self.on("02-01")
        self.take_back(card, grant, 100)
        self.assertBalance(card, 0)
        self.on("07-01")
        self.expire(card)
        self.assertBalance(card, 0)
        self.assertNotIn(rule.EXPIRE, card.edu_entry_ids.mapped("kind"))

    def test_award_partial_refund_expire_takes_the_rest(self):
        card = self.granted()
        self.on("02-01")
        self.take_back(card, card.edu_entry_ids, 30)
        self.on("07-01")
        self.expire(card)
        self.assertEqual(card.edu_entry_ids[0].points, -70)
        self.assertBalance(card, 0)

    def test_award_expire_refund_leaves_a_debt(self):
        card = self.granted()
        grant = card.edu_entry_ids
        self.on("07-01")
        self.expire(card)
        self.take_back(card, grant, 100)
        self.assertBalance(card, -100)

    def test_spend_and_cancel_before_expiry_returns_to_the_old_grant(self):
        card = self.granted()
        self.on("02-01")
        spend = self.book(card, -100)
        self.give_back(card, spend, 100, "2026-03-03")
        self.on("03-04")  # the grace is over, and does not count
        self.expire(card)
        self.assertBalance(card, 100)
        self.on("07-01")
        self.expire(card)
        self.assertBalance(card, 0)

    def test_spend_and_cancel_after_expiry_has_days_of_grace(self):
        card = self.granted()
        self.on("06-20")
        spend = self.book(card, -80)
        self.on("07-01")
        self.expire(card)
        self.assertBalance(card, 0)
        self.on("07-05")
        self.give_back(card, spend, 80, "2026-08-04")
        self.assertBalance(card, 80)
        self.assertEqual(card.edu_next_expiry.isoformat(), "2026-07-04")
        self.on("08-04")
        self.expire(card)
        self.assertBalance(card, 80)
        self.assertEqual(card.edu_next_expiry.isoformat(), "2026-08-04")
        self.on("08-05")
        self.expire(card)
        self.assertBalance(card, 0)

    def test_spend_and_cancel_after_expiry_before_the_job_ran(self):
        card = self.granted()
        self.on("06-20")
        spend = self.book(card, -80)
        self.on("07-05")
        self.give_back(card, spend, 80, "2026-08-04")
        self.expire(card)
        # The 20 that were never spent are gone; the 80 have their grace.
        self.assertBalance(card, 80)
        self.assertEqual(card.edu_entry_ids[0].points, -20)

    def test_expiry_twice_takes_once(self):
        card = self.granted()
        self.on("07-01")
        self.expire(card)
        self.expire(card)
        card._edu_expire_due()
        kinds = card.edu_entry_ids.mapped("kind")
        self.assertEqual(kinds.count(rule.EXPIRE), 1)
        self.assertBalance(card, 0)

    def test_the_oldest_expires_first_and_spending_takes_it_first(self):
        card = self.granted()
        self.on("02-01")
        self.book(card, 100, expires_on="2026-04-30")
        self.book(card, -120)
        self.on("05-01")
        self.expire(card)
        self.assertBalance(card, 80)
        self.on("07-01")
        self.expire(card)
        self.assertBalance(card, 0)

    def test_points_that_pay_a_debt_do_not_expire(self):
        card = self.granted()
        grant = card.edu_entry_ids
        self.on("02-01")
        self.book(card, -100)
        self.take_back(card, grant, 100)
        self.assertBalance(card, -100)
        self.book(card, 150, expires_on="2026-03-31")
        self.on("04-01")
        self.expire(card)
        self.assertBalance(card, 0)
        self.assertEqual(card.edu_entry_ids[0].points, -50)

    def test_expired_points_that_are_given_back_by_hand_are_new_ones(self):
        card = self.granted()
        self.on("07-01")
        self.expire(card)
        expiry = card.edu_entry_ids[0]
        self.book(card, 100, reverses_id=expiry.id, expires_on="2026-07-31")
        self.assertBalance(card, 100)
        self.on("08-01")
        self.expire(card)
        self.assertBalance(card, 0)
