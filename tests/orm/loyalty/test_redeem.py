"""Points become a discount, a free lesson or a course, one at a time."""

from odoo.exceptions import UserError

from ..common import MODULE, EduCase


class TestRedeem(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.env.ref(f"{MODULE}.loyalty_program_template_independent")
        cls.program = template._edu_make(cls.env.company)
        cls.program.rule_ids.unlink()  # orders earn nothing: what is spent is seen
        cls.coupon, cls.discount, cls.lesson, cls.course = (
            cls.program.reward_ids.sorted("required_points")
        )
        cls.guardian = cls.make_customer()
        cls.child = cls.make_learner(cls.guardian)
        cls.card = cls.make_card(cls.guardian, 5000)

    def order(self, **line):
        return self.make_course_order(
            self.guardian, self.child, confirm=False, price_unit=500, **line
        )

    def test_a_discount_is_taken_off_the_order(self):
        order = self.order()
        order._edu_redeem(self.discount)
        self.assertEqual(order.amount_total, 490)
        order.action_confirm()
        self.assertEqual(self.spent(order), -1000)
        self.assertAddsUp(self.card)

    def test_a_free_lesson_enrolls_the_learner(self):
        order = self.order()
        line = order._edu_redeem(self.lesson)
        self.assertEqual((line.price_total, line.product_uom_qty), (0, 1))
        order.action_confirm()
        enrollment = line.edu_enrollment_ids
        self.assertEqual(enrollment.learner_id, self.child)
        self.assertEqual((enrollment.lessons, enrollment.price_total), (1, 0))
        self.assertEqual((enrollment.amount_due, enrollment.state), (0, "active"))
        self.assertEqual(self.spent(order), -2000)
        self.assertAddsUp(self.card)

    def test_a_course_is_given_away(self):
        self.book(self.card, 5000)
        order = self.order()
        line = order._edu_redeem(self.course)
        order.action_confirm()
        self.assertEqual(line.edu_enrollment_ids.course_id, line.product_id)
        self.assertEqual(self.spent(order), -10000)

    def test_each_lesson_is_redeemed_one_by_one_for_its_learner(self):
        sibling = self.make_learner(self.guardian)
        order = self.order()
        with self.assertRaisesRegex(UserError, "who takes"), self.cr.savepoint():
            order._edu_redeem(self.lesson)
        first = order._edu_redeem(self.lesson, self.child)
        second = order._edu_redeem(self.lesson, sibling)
        order._update_programs_and_rewards()
        self.assertEqual((first | second).mapped("product_uom_qty"), [1, 1])
        order.action_confirm()
        self.assertEqual(first.edu_enrollment_ids.learner_id, self.child)
        self.assertEqual(second.edu_enrollment_ids.learner_id, sibling)
        self.assertEqual(self.spent(order), -4000)

    def test_a_lesson_keeps_its_learner_when_another_reward_goes(self):
        sibling = self.make_learner(self.guardian)
        order = self.order()
        order._edu_redeem(self.discount)
        lesson = order._edu_redeem(self.lesson, sibling)
        self.book(self.card, -2500)
        order.order_line.filtered(lambda line: not line.reward_id).price_unit = 0
        order._update_programs_and_rewards()
        self.assertEqual(order.order_line.filtered("reward_id"), lesson)
        self.assertEqual(lesson.edu_learner_id, sibling)

    def test_without_points_nothing_is_redeemed(self):
        self.book(self.card, -4500)
        order = self.order()
        with self.assertRaisesRegex(UserError, "not enough points"):
            order._edu_redeem(self.lesson)

    def test_a_reward_of_another_program_is_none_of_ours(self):
        other = self.make_program(earns=False)
        with self.assertRaises(UserError):
            self.order()._edu_redeem(other.reward_ids)

    def test_what_is_not_wanted_is_taken_off_again(self):
        order = self.order()
        order._edu_unredeem(order._edu_redeem(self.lesson))
        self.assertFalse(order.order_line.filtered("reward_id"))
        self.assertEqual(order._get_real_points_for_coupon(self.card), 5000)

    def test_canceling_keeps_a_lesson_that_took_place(self):
        order = self.order()
        line = order._edu_redeem(self.lesson)
        order.action_confirm()
        enrollment = line.edu_enrollment_ids.sudo()
        enrollment.state = "ended"
        order._action_cancel()
        self.assertEqual(enrollment.sale_line_id, line.exists())
        self.assertAddsUp(self.card)

    def test_canceling_gives_the_points_back_and_removes_the_lesson(self):
        order = self.order()
        line = order._edu_redeem(self.lesson)
        order.action_confirm()
        order._action_cancel()
        self.assertFalse(line.exists())
        self.assertAddsUp(self.card)

    def test_only_the_customer_redeems_before_it_is_signed(self):
        order = self.order()
        self.assertTrue(order._edu_may_redeem(self.guardian))
        self.assertFalse(order._edu_may_redeem(self.child))
        [(card, rewards)] = order._edu_portal_rewards(self.guardian)
        self.assertEqual(card, self.card)
        self.assertEqual(set(rewards), {self.coupon, self.discount, self.lesson})
        self.sign(order)
        self.assertFalse(order._edu_may_redeem(self.guardian))
        self.assertEqual(order._edu_portal_rewards(self.guardian), [])

    def spent(self, order):
        """Return the points the card lost by what was redeemed."""
        self.env.flush_all()
        entries = self.card.edu_entry_ids.filtered(lambda e: e.points < 0)
        return sum(entries.mapped("points"))
