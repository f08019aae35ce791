"""Pending points are released when their day has come, or when they are paid."""

from odoo.tests import tagged

from odoo.addons.edu_crm_addon.logic import points as rule

from ..common import EduCase

CRON = "edu_crm_addon.ir_cron_loyalty_points"


@tagged("post_install", "-at_install")
class TestRelease(EduCase):
    def award_for(self, record, event="enrollment", customer=None, **values):
        """Return the pending entry of an event of ``record``."""
        self.make_points_rule(event, 50, **values)
        customer = customer or self.make_customer()
        claim = self.claim(customer, model=record._name, record_id=record.id)
        return self.award(event, claim)

    def test_points_that_wait_for_a_day_are_released_on_it(self):
        early = self.make_card(
            points=10,
            state=rule.PENDING,
            available_from=self.days_ago(0),
            expires_on=self.days_ago(-100),
        )
        late = self.make_card(
            points=10, state=rule.PENDING, available_from=self.days_ago(-1)
        )
        self.run_cron(CRON)
        self.assertBalance(early, 10)
        self.assertBalance(late, 0, pending=10)
        self.assertEqual(early.edu_entry_ids[0].expires_on, self.days_ago(-100))
        self.assertEqual(early.edu_next_expiry, self.days_ago(-100))

    def test_twice_a_day_is_harmless(self):
        card = self.make_card(
            points=10, state=rule.PENDING, available_from=self.days_ago(3)
        )
        self.run_cron(CRON)
        self.run_cron(CRON)
        self.assertBalance(card, 10)
        self.assertEqual(len(card.edu_entry_ids), 3)

    def test_points_of_an_order_are_left_to_the_order(self):
        card = self.make_card(points=10, state=rule.PENDING)
        self.run_cron(CRON)
        self.assertBalance(card, 0, pending=10)

    def test_points_of_an_unpaid_enrollment_wait(self):
        enrollment = self.make_enrollment()
        card = self.award_for(enrollment, hold="paid").card_id
        self.run_cron(CRON)
        self.assertBalance(card, 0, pending=50)

    def test_points_of_a_paid_enrollment_wait_for_the_refund_window(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id)
        card = self.award_for(enrollment, hold="paid", expiry_months=1).card_id
        self.pay(invoice)
        self.assertEqual(
            enrollment._edu_paid_on(), {enrollment: self.env.company._edu_today()}
        )
        self.run_cron(CRON)
        self.assertBalance(card, 0, pending=50)
        card.program_id.edu_refund_days = 0
        self.run_cron(CRON)
        self.assertBalance(card, 50)
        self.assertEqual(
            card.edu_entry_ids[0].expires_on,
            card.edu_entry_ids.rule_id._last_day(self.env.company._edu_today()),
        )

    def test_a_paid_part_is_not_the_price(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id)
        self.pay(invoice, invoice.amount_total / 2)
        self.assertFalse(enrollment._edu_paid_on())
        enrollment.price_total *= 2
        self.pay(invoice)
        self.assertFalse(enrollment._edu_paid_on())

    def test_a_canceled_enrollment_gives_nothing(self):
        enrollment = self.make_enrollment()
        card = self.award_for(enrollment, hold="days", hold_days=5).card_id
        enrollment._cancel()
        self.assertBalance(card, 0)
        self.assertEqual(card.edu_entry_ids[0].state, rule.VOID)

    def test_what_came_to_nothing_is_not_released_and_says_why(self):
        enrollment = self.make_enrollment()
        entry = self.award_for(enrollment, hold="days", hold_days=5)
        enrollment.sudo().state = "canceled"  # past all that follows
        self.run_cron(CRON)
        self.assertBalance(entry.card_id, 0, pending=50)  # nobody asks before the day
        entry._release()
        self.assertBalance(entry.card_id, 0)
        self.assertEqual(entry.card_id.edu_entry_ids[0].state, rule.VOID)
        self.assertIn("canceled", entry.card_id.edu_entry_ids[0].reason)

    def test_several_are_released_together(self):
        cards = [
            self.make_card(
                points=10,
                state=rule.PENDING,
                available_from=self.days_ago(1),
                expires_on=self.days_ago(-days),
            )
            for days in (10, 20, 20)
        ]
        self.run_cron(CRON)
        for card in cards:
            self.assertBalance(card, 10)

    def test_the_price_of_a_release_is_that_of_the_batch(self):
        def release(count):
            entries = self.env["edu.points.entry"].union(
                *(
                    self.make_card(
                        points=10, state=rule.PENDING, available_from=self.days_ago(1)
                    ).edu_entry_ids
                    for _ in range(count)
                )
            )
            return self.queries(entries.sudo()._release)

        few, many = release(5), release(45)
        self.assertLessEqual(many - few, 2)

    def test_enrollments_are_asked_together(self):
        self.make_points_rule("enrollment", 50, hold="paid")

        def pending(count):
            enrollments = [self.make_enrollment() for _ in range(count)]
            for enrollment in enrollments:
                self.pay(self.make_invoice(enrollment.order_id))
            claims = [
                self.claim(e.payer_id, f"q{e.id}", model=e._name, record_id=e.id)
                for e in enrollments
            ]
            return self.award("enrollment", *claims)

        self.env.company.edu_member_program_id.edu_refund_days = 0
        few, many = pending(2), pending(6)
        few = self.queries(few._release)
        self.assertLessEqual(self.queries(many._release) - few, 2)
        self.assertFalse(many._waiting())
        self.assertAddsUp(*many.card_id)
