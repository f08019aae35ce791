"""Overdue instalments: three steps, each once, and none for what is paid."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import CRON_REMIND, EduCase

CALL = "edu_crm_addon.mail_activity_type_payment_call"


@tagged("post_install", "-at_install")
class TestReminders(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.make_customer(email="payer@example.com", lang="en_US")

    def bill(self, late, payer=None, term=None, **values):
        """Return enrollment and invoice, the first instalment ``late`` days late."""
        enrollment = self.make_enrollment(payer or self.payer, **values)
        invoice = self.make_invoice(
            enrollment.order_id, term=term, invoiced_on=self.days_ago(late)
        )
        return enrollment, invoice

    def steps(self, invoice):
        rows = self.env["edu.payment.reminder"].search(
            [("move_line_id.move_id", "=", invoice.id)], order="step, id"
        )
        return [(row.step, row.kind) for row in rows]

    def mails(self, invoice):
        return self.env["mail.mail"].search(
            [("model", "=", "account.move"), ("res_id", "=", invoice.id)], order="id"
        )

    def calls(self, enrollment):
        return enrollment.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(CALL)
        )

    # ------------------------------------------------------------------ the ladder
    def test_three_days_late_the_payer_gets_a_mail_once(self):
        early, late = self.bill(2)[1], self.bill(3)[1]
        for _run in range(2):
            self.run_cron(CRON_REMIND)
            self.assertEqual(self.steps(late), [(1, "mail")])
        self.assertFalse(self.steps(early))
        self.assertEqual(len(self.mails(late)), 1)
        mail = self.mails(late)
        self.assertEqual(mail.recipient_ids, self.payer)
        self.assertIn(late.name, mail.subject)
        self.assertIn("100.00", str(mail.body_html))
        self.assertIn(f"/my/invoices/{late.id}", str(mail.body_html))

    def test_the_steps_follow_each_other(self):
        enrollment, invoice = self.bill(3)
        line = self.env["edu.receipt"].search([("move_id", "=", invoice.id)])
        for late, expected in (
            (3, [(1, "mail")]),
            (9, [(1, "mail")]),
            (10, [(1, "mail"), (2, "mail")]),
            (20, [(1, "mail"), (2, "mail"), (3, "call")]),
            (99, [(1, "mail"), (2, "mail"), (3, "call")]),
        ):
            with self.subTest(late=late):
                self.env.cr.execute(
                    "UPDATE account_move_line SET date_maturity = %s WHERE id = %s",
                    [self.days_ago(late), line.id],
                )
                self.env.invalidate_all()
                self.run_cron(CRON_REMIND)
                self.assertEqual(self.steps(invoice), expected)
        self.assertEqual(len(self.mails(invoice)), 2)
        self.assertIn("Second reminder", self.mails(invoice)[1].subject)
        self.assertEqual(len(self.calls(enrollment)), 1)
        self.assertEqual(self.calls(enrollment).user_id, enrollment.user_id)
        self.assertEqual((line.reminder_step, bool(line.reminder_at)), (3, True))

    def test_after_missed_days_only_the_highest_step_is_taken(self):
        enrollment, invoice = self.bill(25)
        self.run_cron(CRON_REMIND)
        self.assertEqual(
            self.steps(invoice), [(1, "skipped"), (2, "skipped"), (3, "call")]
        )
        self.assertFalse(self.mails(invoice))
        self.assertEqual(len(self.calls(enrollment)), 1)

    def test_several_instalments_of_an_invoice_make_one_mail(self):
        invoice = self.bill(40, term=3)[1]
        self.run_cron(CRON_REMIND)
        self.assertEqual(
            self.steps(invoice),
            [(1, "skipped"), (1, "skipped"), (2, "skipped"), (2, "mail"), (3, "call")],
        )
        self.assertEqual(len(self.mails(invoice)), 1)
        self.assertEqual(str(self.mails(invoice).body_html).count("(overdue)"), 2)

    def test_a_payer_without_mail_address_is_called(self):
        payer = self.make_customer(email=False)
        enrollment, invoice = self.bill(4, payer)
        self.run_cron(CRON_REMIND)
        self.assertEqual(self.steps(invoice), [(1, "call")])
        self.assertEqual(len(self.calls(enrollment)), 1)

    def test_the_mail_is_in_the_language_of_the_payer(self):
        template = self.env.ref("edu_crm_addon.mail_template_account_move_reminder_1")
        template.with_context(lang="zh_CN").subject = "缴费提醒 {{ object.name }}"
        self.payer.lang = "zh_CN"
        invoice = self.bill(4)[1]
        self.run_cron(CRON_REMIND)
        self.assertIn("缴费提醒", self.mails(invoice).subject)

    def test_the_enrollment_tells_what_was_done(self):
        enrollment, invoice = self.bill(4)
        self.run_cron(CRON_REMIND)
        bodies = " ".join(str(body) for body in enrollment.message_ids.mapped("body"))
        self.assertIn("Payment reminder 1", bodies)
        self.assertIn(invoice.name, bodies)

    # ------------------------------------------------------------------ stops
    def test_nobody_is_reminded_of_what_is_settled(self):
        paid, blocked, draft, credited = (self.bill(5)[1] for _ in range(4))
        self.pay(paid)
        blocked.payment_state = "blocked"
        gone = self.make_customer(email="gone@example.com")
        archived = self.bill(5, gone)[1]
        gone.active = False
        draft.button_draft()
        credited._reverse_moves(cancel=True)
        self.env.flush_all()
        self.run_cron(CRON_REMIND)
        for invoice in (paid, blocked, archived, draft, credited):
            self.assertFalse(self.steps(invoice))

    def test_a_payment_ends_the_ladder_and_the_call(self):
        enrollment, invoice = self.bill(30)
        self.run_cron(CRON_REMIND)
        self.assertTrue(self.calls(enrollment))
        self.pay(invoice)
        self.assertFalse(self.calls(enrollment))

    def test_steps_with_0_days_are_off(self):
        company = self.env.company
        company.write(
            {
                "edu_reminder_days_1": 0,
                "edu_reminder_days_2": 0,
                "edu_reminder_days_3": 0,
            }
        )
        invoice = self.bill(300)[1]
        self.run_cron(CRON_REMIND)
        self.assertFalse(self.steps(invoice))

    def test_other_invoices_get_no_reminder(self):
        invoice = self.make_invoice(
            self.make_order(self.payer), invoiced_on=self.days_ago(30)
        )
        self.run_cron(CRON_REMIND)
        self.assertFalse(self.steps(invoice))

    # ------------------------------------------------------------------ by hand
    def receipts(self, invoice, user):
        return (
            self.env["edu.receipt"]
            .with_user(user)
            .search([("number", "=", invoice.name)])
        )

    def test_the_button_takes_the_next_step_at_once(self):
        agent = self.make_user("agent")
        enrollment, invoice = self.bill(1)
        enrollment.order_id.user_id = agent
        self.env.flush_all()
        for expected in ("mail", "mail", "call"):
            self.receipts(invoice, agent).action_send_reminder()
            self.assertEqual(self.steps(invoice)[-1][1], expected)
        with self.assertRaisesRegex(UserError, "Nothing to remind of"):
            self.receipts(invoice, agent).action_send_reminder()
        self.assertEqual([step for step, _kind in self.steps(invoice)], [1, 2, 3])
        self.assertEqual(self.calls(enrollment).user_id, agent)

    def test_the_button_reminds_of_nothing_that_is_not_overdue(self):
        invoice = self.bill(0)[1]
        with self.assertRaisesRegex(UserError, "Nothing to remind of"):
            self.receipts(invoice, self.make_user("manager")).action_send_reminder()

    def test_who_may_read_only_sends_nothing(self):
        invoice = self.bill(5)[1]
        with self.assertRaises(AccessError):
            self.receipts(invoice, self.make_user("readonly")).action_send_reminder()

    def test_nobody_changes_or_deletes_a_reminder(self):
        invoice = self.bill(5)[1]
        self.run_cron(CRON_REMIND)
        row = self.env["edu.payment.reminder"].search(
            [("number", "=", invoice.name)], limit=1
        )
        for role in ("agent", "leader", "manager"):
            mine = row.with_user(self.make_user(role))
            with self.assertRaises(AccessError):
                mine.write({"step": 3})
            with self.assertRaises(AccessError):
                mine.unlink()

    # ------------------------------------------------------------------ many, at once
    def test_a_hundred_cost_as_many_queries_per_invoice_as_ten(self):
        counts = {}
        for number in (2, 10, 40):
            invoices = self.env["account.move"]
            for _ in range(number):
                invoices |= self.bill(5)[1]
            self.env.flush_all()
            self.env.invalidate_all()
            with self.count_queries() as queries:
                self.env["edu.payment.reminder"]._remind(invoices)
            counts[number] = queries[0]
        self.assertLess(counts[40] - counts[10], 30)

    def test_a_bad_invoice_does_not_stop_the_others(self):
        bad, good = self.bill(5)[1], self.bill(5)[1]
        reminders = self.registry["edu.payment.reminder"]
        original = reminders._send_mails

        def fail(rows):
            if bad in rows.move_line_id.move_id:
                raise ValueError("No mail for this one")
            return original(rows)

        self.patch(reminders, "_send_mails", fail)
        self.run_cron(CRON_REMIND)
        self.assertFalse(self.steps(bad))
        self.assertEqual(self.steps(good), [(1, "mail")])
        failure = self.env["edu.job.failure"].search([("job", "=", "payment_reminder")])
        self.assertEqual(failure.res_id, bad.id)
