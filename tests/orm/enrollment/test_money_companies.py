"""Two schools with currencies of their own, and a clerk of each."""

from odoo.fields import Command, Date
from odoo.tests import tagged

from ..common import CRON_REMIND, EduCase


@tagged("post_install", "-at_install")
class TestMoneyCompanies(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yen = cls.env.ref("base.JPY")
        cls.yen.active = True
        cls.tokyo = cls.make_company(
            name="Tokyo", currency_id=cls.yen.id, country_id=cls.env.ref("base.jp").id
        )
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=cls.tokyo, install_demo=False
        )
        cls.tokyo.currency_id = cls.yen  # the chart came with its own
        cls.env.user.company_ids |= cls.tokyo

    def bill(self, price, term=None, late=0, company=None, currency=None, paid=None):
        """Return enrollment and posted invoice in a company."""
        company = company or self.env.company
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        payer = self.make_customer(email="payer@example.com")
        course = self.make_course(list_price=price)
        pricelist = env["product.pricelist"].create(
            {
                "name": "Prices",
                "currency_id": (currency or company.currency_id).id,
                "company_id": company.id,
            }
        )
        order = env["sale.order"].create(
            {
                "partner_id": payer.id,
                "company_id": company.id,
                "pricelist_id": pricelist.id,
                "order_line": [
                    Command.create({"product_id": course.id, "price_unit": price})
                ],
            }
        )
        order.action_confirm()
        invoice = self.make_invoice(
            order, term=term, invoiced_on=self.days_ago(late) if late else None
        )
        if paid:
            payment = env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            payment.create(
                {"amount": paid, "payment_difference_handling": "open"}
            )._create_payments()
        return order.edu_enrollment_ids, invoice

    def test_yen_are_split_without_decimals(self):
        enrollment, invoice = self.bill(1000, term=3, company=self.tokyo, paid=333)
        self.assertEqual(enrollment.currency_id, self.yen)
        rows = enrollment._instalments()[enrollment.id]
        self.assertEqual([row["amount"] for row in rows], [333, 333, 334])
        self.assertEqual(enrollment.amount_due, 667)
        self.assertEqual(enrollment.amount_due, invoice.amount_residual)

    def test_a_refund_in_yen_has_no_decimals(self):
        enrollment, invoice = self.bill(1000, company=self.tokyo, paid=1000)
        note = enrollment._withdraw_and_refund(
            enrollment.date_start, reason="Moves", method="lessons", lessons_used=3
        )
        self.assertEqual(note.amount_total, 250)
        self.assertEqual(note.company_id, self.tokyo)
        self.assertEqual(note.journal_id, invoice.journal_id)
        self.assertEqual(note.currency_id, self.yen)

    def test_receipts_total_the_residuals_of_each_company(self):
        invoices = {self.env.company: [], self.tokyo: []}
        for company, prices in (
            (self.env.company, (99.99, 0.07, 1234.56)),
            (self.tokyo, (1000, 7, 99999)),
        ):
            for price in prices:
                _enrollment, invoice = self.bill(price, term=3, company=company)
                invoices[company].append(invoice.id)
            self.bill_paid(company, invoices[company])
        for company, ids in invoices.items():
            moves = self.env["account.move"].browse(ids)
            receipts = self.env["edu.receipt"].with_context(
                allowed_company_ids=company.ids
            )
            [(residual,)] = receipts._read_group(
                [("move_id", "in", ids)], aggregates=["residual:sum"]
            )
            self.assertEqual(
                company.currency_id.round(residual),
                company.currency_id.round(sum(moves.mapped("amount_residual_signed"))),
            )

    def bill_paid(self, company, ids):
        _enrollment, invoice = self.bill(500, term=2, company=company, paid=123)
        ids.append(invoice.id)

    def test_an_invoice_in_another_currency_than_the_company(self):
        dollar = self.env.company.currency_id
        euro = self.env.ref("base.EUR") - dollar or self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "name": Date.today(),
                "rate": 0.5,
                "company_id": self.env.company.id,
            }
        )
        enrollment, invoice = self.bill(300, term=3, currency=euro, paid=100)
        self.assertEqual(enrollment.currency_id, euro)
        self.assertEqual(enrollment.amount_due, 200)
        rows = self.env["edu.receipt"].search([("move_id", "=", invoice.id)])
        self.assertEqual(sum(rows.mapped("residual_currency")), 200)
        self.assertEqual(sum(rows.mapped("residual")), invoice.amount_residual_signed)
        self.assertEqual(rows.currency_id, euro)
        self.assertEqual(rows.company_currency_id, dollar)
        note = enrollment._withdraw_and_refund(
            enrollment.date_start, reason="Moves", method="lessons", lessons_used=1
        )
        self.assertEqual(note.currency_id, euro)
        self.assertEqual(note.amount_total, 225)

    def test_a_clerk_of_one_school_sees_nothing_of_the_other(self):
        enrollment, invoice = self.bill(1000, late=30, company=self.tokyo)
        self.env["edu.payment.reminder"]._remind(invoice)
        for role in ("readonly", "agent", "leader", "manager", "accountant"):
            user = self.make_user(role)
            with self.subTest(role=role):
                receipts = self.env["edu.receipt"].with_user(user)
                self.assertFalse(receipts.search([("number", "=", invoice.name)]))
                if role != "accountant":
                    reminders = self.env["edu.payment.reminder"].with_user(user)
                    self.assertFalse(reminders.search([("number", "=", invoice.name)]))
        user = self.make_user("manager", company=self.tokyo)
        receipts = self.env["edu.receipt"].with_user(user)
        self.assertTrue(receipts.search([("number", "=", invoice.name)]))
        self.assertTrue(enrollment.with_user(user).amount_due)

    def test_each_school_reminds_by_its_own_days(self):
        self.tokyo.write({"edu_reminder_days_1": 8, "edu_reminder_days_2": 0})
        here, there = (
            self.bill(100, late=5),
            self.bill(1000, late=5, company=self.tokyo),
        )
        later = self.bill(1000, late=15, company=self.tokyo)
        self.run_cron(CRON_REMIND)
        reminders = self.env["edu.payment.reminder"].sudo()

        def steps(bill):
            rows = reminders.search([("number", "=", bill[1].name)], order="step")
            rows = rows.filtered(lambda row: row.company_id == bill[1].company_id)
            return rows.mapped("step")

        self.assertEqual(steps(here), [1])
        self.assertEqual(steps(there), [])
        self.assertEqual(steps(later), [1])
