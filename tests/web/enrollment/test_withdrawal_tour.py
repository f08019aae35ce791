"""A learner leaves early, and accounting posts the credit note, in a real browser."""

from odoo.tests import HttpCase, new_test_user, tagged

from ...orm.enrollment.test_withdrawal import WithdrawalCase
from ...orm.people import ROLES
from .test_journey import ACCOUNTANT

TIMEOUT = 120


@tagged("post_install", "-at_install")
class TestWithdrawalTour(WithdrawalCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        quiet = {"odoobot_state": "disabled", "tz": "Asia/Shanghai"}
        cls.adviser, cls.accountant = (
            new_test_user(cls.env, login, groups=groups, **quiet)
            for login, groups in (
                ("tour_adviser", f"{ROLES['agent']},account.group_account_invoice"),
                ("tour_accountant", ACCOUNTANT),
            )
        )

    def test_adviser_withdraws_and_accountant_posts_the_credit_note(self):
        mother = self.make_customer(name="Leaving Mother")
        child = self.make_learner(mother, name="Leaving Child")
        course = self.make_course_of(1000.0, name="Leaving Piano")
        run = self.make_run(course, seats=1)
        enrollment, invoice = self.bill(
            paid=1000,
            course=course,
            learner=child,
            payer=mother,
            edu_run_id=run.id,
        )
        enrollment.order_id.user_id = self.adviser
        waiting = self.make_enrollment(course=course, edu_run_id=run.id)
        self.assertEqual((enrollment.state, waiting.state), ("active", "draft"))

        self.tour("edu_withdrawal_tour", self.adviser)
        note = enrollment.credit_note_ids
        self.assertCredited(note, invoice, 700)
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertEqual(enrollment.date_end, self.env.company._edu_today())
        self.assertEqual(waiting.state, "active", "the seat is free")

        self.tour("edu_withdrawal_post_tour", self.accountant)
        self.assertEqual(note.state, "posted")
        self.assertEqual(
            (
                enrollment.amount_invoiced,
                enrollment.amount_paid,
                enrollment.amount_due,
            ),
            (300, 1000, -700),
        )

    def tour(self, name, user):
        self.start_tour("/odoo", name, login=user.login, timeout=TIMEOUT)
        self.env.invalidate_all()
