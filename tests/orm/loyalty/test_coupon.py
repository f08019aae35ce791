"""Coupons: redeemed for points, or given to old customers; each is a code by mail."""

from odoo.exceptions import UserError
from odoo.tests import Form

from ..common import MODULE, EduCase


class TestCoupon(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.env.ref(f"{MODULE}.loyalty_program_template_independent")
        cls.program = template._edu_make(cls.env.company)
        cls.program.rule_ids.unlink()  # orders earn nothing here
        cls.reward = cls.program.reward_ids.filtered("edu_coupon_program_id")
        cls.coupons = cls.reward.edu_coupon_program_id
        cls.customer = cls.make_customer(email="member@example.com")
        cls.card = cls.make_card(cls.customer, 1000)

    def redeem(self, confirm=True):
        order = self.make_course_order(self.customer, confirm=False)
        order._edu_redeem(self.reward)
        if confirm:
            order.action_confirm()
            self.env.flush_all()
        return order

    def codes(self):
        return self.coupons.coupon_ids

    def mails(self, *people):
        mails = self.env["mail.mail"].sudo().search([("model", "=", "loyalty.card")])
        return mails.filtered(lambda mail: mail.res_id in self.codes().ids)

    def test_points_become_a_code_when_the_order_is_confirmed(self):
        order = self.redeem(confirm=False)
        self.assertFalse(self.codes())
        order.action_confirm()
        code = self.codes()
        self.assertEqual((code.partner_id, code.points), (self.customer, 1))
        self.assertEqual(len(self.mails()), 1)
        self.assertAddsUp(self.card)
        self.assertEqual(self.card.points, 200)

    def test_the_code_is_worth_a_discount_on_a_later_order(self):
        self.redeem()
        later = self.make_course_order(self.customer, confirm=False)
        [(card, reward)] = later._try_apply_code(self.codes().code).items()
        later._apply_program_reward(reward, card)
        self.assertEqual(later.amount_total, 90)
        later.action_confirm()
        self.assertEqual(self.codes().points, 0)
        self.assertIn("error", later._try_apply_code(self.codes().code))

    def test_canceling_takes_the_code_back(self):
        order = self.redeem()
        code = self.codes()
        order._action_cancel()
        self.assertFalse(code.active)
        self.assertAddsUp(self.card)
        order.action_draft()
        order.action_confirm()
        self.assertFalse(self.codes())

    def test_an_order_whose_code_was_used_is_not_canceled(self):
        order = self.redeem()
        later = self.make_course_order(self.customer, confirm=False)
        [(card, reward)] = later._try_apply_code(self.codes().code).items()
        later._apply_program_reward(reward, card)
        with self.assertRaisesRegex(UserError, "used already"):
            order._action_cancel()

    def test_a_coupon_added_to_a_confirmed_order_is_given_at_once(self):
        self.book(self.card, 1000)
        order = self.redeem()
        order._edu_redeem(self.reward)
        self.assertEqual(len(self.codes()), 2)

    def test_old_customers_of_a_list_each_get_a_code_by_mail(self):
        people = self.env["res.partner"].union(
            *(self.make_customer(email=f"old{n}@example.com") for n in range(3))
        )
        manager = self.make_user("manager")
        action = people.with_user(manager).action_edu_give_coupons()
        wizard = self.env[action["res_model"]].with_user(manager)
        with Form(wizard.with_context(**action["context"])) as form:
            form.description = "Thank you"
        form.save().generate_coupons()
        codes = self.codes()
        self.assertEqual(codes.partner_id, people)
        self.assertEqual(len(set(codes.mapped("code"))), 3)
        mails = self.mails()
        self.assertEqual(len(mails), 3)
        for code in codes:
            self.assertTrue(any(code.code in mail.body_html for mail in mails))

    def test_without_a_program_for_coupons_it_is_said_how_to_begin(self):
        self.env["loyalty.program"].search(
            [("program_type", "=", "coupons")]
        ).active = False
        with self.assertRaisesRegex(UserError, "New program"):
            self.customer.action_edu_give_coupons()

    def test_an_order_without_coupons_costs_nothing_more(self):
        order = self.make_course_order(self.customer)
        self.env.flush_all()
        with self.count_queries() as result:
            order.order_line._edu_make_coupons()
        self.assertEqual(result[0], 0)
