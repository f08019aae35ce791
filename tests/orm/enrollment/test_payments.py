"""What is billed, paid, due and overdue of an enrollment, read from the invoices."""

from odoo.tests import freeze_time, tagged

from .payment_case import PaymentCase

STATES = ("none", "to_pay", "partial", "overdue", "paid")


@tagged("post_install", "-at_install")
class TestPayments(PaymentCase):
    # ------------------------------------------------------------------ terms
    def test_ready_made_terms_split_a_price_into_monthly_parts(self):
        for parts, amounts in (
            (2, [500.0, 500.0]),
            (3, [333.33, 333.33, 333.34]),
            (4, [250.0] * 4),
        ):
            with self.subTest(parts=parts):
                enrollment = self.make_enrollment(
                    course=self.make_course(list_price=1000.0)
                )
                self.make_invoice(
                    enrollment.order_id, term=parts, invoiced_on="2026-03-02"
                )
                rows = enrollment._instalments()[enrollment.id]
                self.assertEqual([round(row["amount"], 2) for row in rows], amounts)
                self.assertEqual(
                    [str(row["due"]) for row in rows],
                    ["2026-03-02", "2026-04-01", "2026-05-01", "2026-05-31"][:parts],
                )

    # ------------------------------------------------------------------ states
    def test_without_an_invoice_nothing_is_due(self):
        self.assertAmounts(self.make_enrollment(), "none")

    def test_a_draft_does_not_count(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id, post=False)
        self.assertAmounts(enrollment, "none")
        invoice.action_post()
        self.assertAmounts(enrollment, "to_pay", invoiced=100, due=100)

    def test_a_payment_shows_at_once(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id)
        self.assertAmounts(enrollment, "to_pay", invoiced=100, due=100)
        self.pay(invoice, 30)
        self.assertAmounts(enrollment, "partial", invoiced=100, paid=30, due=70)
        payment = self.pay(invoice)
        self.assertAmounts(enrollment, "paid", invoiced=100, paid=100)
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertAmounts(enrollment, "partial", invoiced=100, paid=30, due=70)

    def test_an_invoice_back_in_draft_does_not_count(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id)
        self.assertAmounts(enrollment, "to_pay", invoiced=100, due=100)
        invoice.button_draft()
        self.assertAmounts(enrollment, "none")

    def test_instalments_are_overdue_one_by_one(self):
        enrollment = self.make_enrollment(course=self.make_course(list_price=300.0))
        invoice = self.make_invoice(
            enrollment.order_id, term=3, invoiced_on="2026-03-02"
        )
        for day, overdue in (
            ("2026-03-02", 0),
            ("2026-03-03", 100),
            ("2026-04-01", 100),
            ("2026-04-02", 200),
            ("2026-05-02", 300),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.env.invalidate_all()
                state = "overdue" if overdue else "to_pay"
                self.assertAmounts(
                    enrollment, state, invoiced=300, due=300, overdue=overdue
                )
        self.pay(invoice, 100)
        with freeze_time("2026-03-20 12:00:00"):
            self.assertAmounts(enrollment, "partial", invoiced=300, paid=100, due=200)

    def test_overdue_by_the_day_of_the_company(self):
        enrollment = self.make_enrollment()
        self.make_invoice(enrollment.order_id, invoiced_on="2026-03-02")
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        # 17:00 in Greenwich is 1:00 of the next day in Shanghai.
        for moment, state in (
            ("2026-03-02 15:00:00", "to_pay"),
            ("2026-03-02 17:00:00", "overdue"),
        ):
            with self.subTest(moment=moment), freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual(enrollment.payment_state, state)
                self.assertIn(
                    enrollment,
                    enrollment.search([("payment_state", "=", state)]),
                )

    def test_a_blocked_invoice_is_not_overdue(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id, invoiced_on="2026-03-02")
        self.assertEqual(enrollment.payment_state, "overdue")
        invoice.payment_state = "blocked"
        self.env.invalidate_all()
        self.assertAmounts(enrollment, "to_pay", invoiced=100, due=100)

    # ------------------------------------------------------------------ credit notes
    def credit(self, invoice, post=True):
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create({"journal_id": invoice.journal_id.id})
        wizard.refund_moves()
        if post:
            wizard.new_move_ids.action_post()
        return wizard.new_move_ids

    def test_a_credit_note_counts_negative(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id)
        self.pay(invoice)
        note = self.credit(invoice, post=False)
        note.invoice_line_ids.price_unit = 40
        note.action_post()
        self.assertAmounts(enrollment, "paid", invoiced=60, paid=100, due=-40)

    def test_an_invoice_taken_back_in_full_is_as_if_it_never_was(self):
        enrollment = self.make_enrollment()
        invoice = self.make_invoice(enrollment.order_id, invoiced_on="2026-01-05")
        self.credit(invoice)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertAmounts(enrollment, "none")

    # ------------------------------------------------------------------ search
    def test_the_search_finds_what_the_compute_says(self):
        """Every age of an invoice with every way to pay it."""
        made = self.make_enrollment() | self.siblings(50.0, 0.0)
        for days in (0, 20, 45, 80):
            for paid in (0, 10, 50, 100):
                enrollment = self.make_enrollment()
                invoice = self.make_invoice(
                    enrollment.order_id, term=2, invoiced_on=self.days_ago(days)
                )
                if paid:
                    self.pay(invoice, paid)
                made |= enrollment
        reversed_one = self.make_enrollment()
        self.credit(self.make_invoice(reversed_one.order_id))
        draft = self.make_enrollment()
        self.make_invoice(draft.order_id, post=False)
        siblings = self.siblings(80.0, 0.0)
        self.make_invoice(siblings.order_id, invoiced_on=self.days_ago(3))
        made |= reversed_one | draft | siblings
        self.env.invalidate_all()
        found = set()
        for state in STATES:
            domain = [("id", "in", made.ids), ("payment_state", "=", state)]
            expected = made.filtered(lambda e, s=state: e.payment_state == s)
            self.assertEqual(made.search(domain), expected.sorted(), state)
            self.assertEqual(
                made.search([("id", "in", made.ids), ("payment_state", "!=", state)]),
                (made - expected).sorted(),
            )
            if expected:
                found.add(state)
        self.assertEqual(found, set(STATES))
        domain = [("id", "in", made.ids), ("payment_state", "in", ["none", "paid"])]
        self.assertEqual(
            made.search(domain),
            made.filtered(lambda e: e.payment_state in ("none", "paid")).sorted(),
        )

    # ------------------------------------------------------------------ screens
    def test_the_table_says_what_is_due_when(self):
        enrollment = self.make_enrollment(course=self.make_course(list_price=300.0))
        invoice = self.make_invoice(
            enrollment.order_id, term=2, invoiced_on="2026-03-02"
        )
        table = str(enrollment.instalment_table)
        self.assertIn(invoice.name, table)
        self.assertIn("150.00", table)
        self.assertNotIn("/my/invoices", table)

    def test_the_portal_table_links_to_the_invoice(self):
        enrollment = self.make_enrollment()
        values = {"enrollment": enrollment}
        template = "edu_crm_addon.edu_enrollment_portal_instalments"
        qweb = self.env["ir.qweb"]
        self.assertIn("Nothing has been invoiced", qweb._render(template, values))
        invoice = self.make_invoice(enrollment.order_id)
        page = qweb._render(template, values)
        self.assertIn(f"/my/invoices/{invoice.id}", page)
        page = qweb._render(template, {**values, "payable": False})
        self.assertNotIn("/my/invoices", page)

    def test_reading_amounts_costs_the_same_for_one_and_for_thirty(self):
        orders = self.env["sale.order"]
        for _ in range(30):
            orders |= self.make_enrollment().order_id
        for order in orders:
            self.make_invoice(order, term=2)
        everyone = orders.edu_enrollment_ids
        counts = []
        for number in (30, 1, 30):
            self.env.invalidate_all()
            some = everyone[:number]
            some.mapped("name")
            with self.count_queries() as queries:
                some.mapped("amount_due")
            counts.append(queries[0])
        self.assertEqual(counts[1], counts[2])

    def test_who_may_read_the_enrollment_knows_what_is_paid(self):
        enrollment = self.make_enrollment()
        self.make_invoice(enrollment.order_id)
        user = self.make_user("readonly")
        self.assertEqual(enrollment.with_user(user).amount_due, 100)
