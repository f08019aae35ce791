"""The wizard of withdrawals, and who may use it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .withdrawal_case import WithdrawalCase


@tagged("post_install", "-at_install")
class TestWithdrawalWizard(WithdrawalCase):
    def open(self, enrollment, user):
        action = enrollment.with_user(user).action_withdraw()
        model = self.env[action["res_model"]].with_user(user)
        return Form(model.with_context(**action["context"]))

    def test_the_wizard_shows_the_formula_and_withdraws(self):
        agent = self.make_user("agent")
        enrollment, invoice = self.bill(paid=500)
        enrollment.order_id.user_id = agent
        with self.open(enrollment, agent) as form:
            self.assertEqual(form.method, "lessons")
            self.assertEqual(form.proposed, 1000)
            form.lessons_used = 6
            form.reason = "Moves away"
            self.assertEqual(
                [form.used_value, form.unused_value, form.credit, form.paid_back],
                [300, 700, 700, 200],
            )
            self.assertIn("6 of 20", str(form.formula))
        form.record.action_withdraw()
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertCredited(enrollment.credit_note_ids, invoice, 700)

    def test_another_amount_needs_a_reason(self):
        enrollment, invoice = self.bill(paid=1000)
        with self.open(enrollment, self.make_user("manager")) as form:
            form.reason = "Complaint"
            form.lessons_used = 6
            form.credit = 900
            form.credit_reason = "placeholder"
            self.assertEqual(form.paid_back, 900)
        form.record.credit_reason = False
        with self.assertRaisesRegex(UserError, "Say why"):
            form.record.action_withdraw()
        form.record.credit_reason = "Goodwill"
        form.record.action_withdraw()
        self.assertCredited(enrollment.credit_note_ids, invoice, 900)
        self.assertIn("Goodwill", enrollment.withdrawal_reason)

    def test_an_accountant_goes_on_with_the_draft(self):
        user = self.make_user("manager")
        user.group_ids |= self.env.ref("account.group_account_invoice")
        enrollment, _invoice = self.bill(paid=1000)
        with self.open(enrollment, user) as form:
            form.reason = "Moves away"
        action = form.record.action_withdraw()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(action["res_id"], enrollment.credit_note_ids.id)

    def test_without_a_screen_last_day_and_method_are_filled_in(self):
        enrollment, _invoice = self.bill(paid=1000)
        wizard = self.env["edu.enrollment.withdraw"].create(
            {"enrollment_id": enrollment.id, "reason": "Moves away"}
        )
        self.assertEqual(wizard.date_end, enrollment.company_id._edu_today())
        self.assertEqual(wizard.method, "lessons")
        self.assertEqual(wizard.credit, 1000)
        wizard.action_withdraw()
        self.assertEqual(enrollment.state, "withdrawn")

    def test_the_screen_says_calculate(self):
        labels = self.env["edu.enrollment.withdraw"].fields_get().values()
        texts = {f"{label['string']} {label.get('help')}" for label in labels}
        self.assertFalse([text for text in texts if "eckon" in text])

    # ------------------------------------------------------------------ rights
    def test_who_may_change_the_enrollment_may_withdraw_it(self):
        for role in ("agent", "leader", "manager"):
            with self.subTest(role=role):
                user = self.make_user(role)
                enrollment, _invoice = self.bill(paid=1000)
                enrollment.order_id.user_id = user
                self.env.flush_all()
                self.withdraw(enrollment.with_user(user))
                self.assertEqual(enrollment.state, "withdrawn")

    def test_nobody_else_may(self):
        agent = self.make_user("agent")
        enrollment, _invoice = self.bill(paid=1000)
        enrollment.order_id.user_id = agent
        self.env.flush_all()
        for role in ("readonly", "agent", "employee", "portal", "accountant"):
            with self.subTest(role=role):
                stranger = enrollment.with_user(self.make_user(role))
                with self.assertRaises(AccessError):
                    self.withdraw(stranger)
        self.assertEqual(enrollment.state, "active")

    def test_an_agent_does_not_post_the_credit_note(self):
        agent = self.make_user("agent")
        enrollment, _invoice = self.bill(paid=1000)
        enrollment.order_id.user_id = agent
        self.env.flush_all()
        note = self.withdraw(enrollment.with_user(agent))
        with self.assertRaises(AccessError):
            note.with_user(agent).action_post()
