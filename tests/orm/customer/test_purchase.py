"""Purchase figures: fully paid invoices, equal to the records behind their button."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestPurchase(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("account.group_account_invoice")
        cls.product = cls.make_product()
        cls.customer = cls.make_customer()

    @classmethod
    def make_invoice(cls, partner=None, amount=100.0, **values):
        """Return a posted, unpaid invoice of ``amount``."""
        company = values.get("company_id", cls.env.company.id)
        invoice = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or cls.customer).id,
                    "invoice_date": date(2026, 3, 1),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": cls.product.id,
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        invoice.action_post()
        return invoice

    @classmethod
    def pay(cls, invoices, **values):
        wizard = cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoices.ids
        )
        wizard.create(values)._create_payments()
        return invoices

    @classmethod
    def paid(cls, *arguments, **values):
        return cls.pay(cls.make_invoice(*arguments, **values))

    def annul(self, invoice):
        """Reverse an invoice entirely, as "Credit Note" in full does."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        action = wizard.refund_moves()
        refund = self.env["account.move"].browse(action["res_id"])
        refund.action_post()
        lines = (invoice | refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and not line.reconciled
        )
        lines.reconcile()
        return refund

    def assertFigures(self, partner, count, amount, refunded=0.0):
        partner.invalidate_recordset()
        self.assertRecordValues(
            partner,
            [
                {
                    "edu_purchase_count": count,
                    "edu_purchase_amount": amount,
                    "edu_refund_amount": refunded,
                }
            ],
        )
        self.assertAgreesWithButtons(partner)

    def assertAgreesWithButtons(self, partner):
        """The figures are those of exactly the records that the buttons open."""
        moves = self.env[partner.env["account.move"]._name].with_env(partner.env)
        bought = moves.search(partner.action_edu_view_purchases()["domain"])
        refunds = moves.search(partner.action_edu_view_refunds()["domain"])
        dates = [d for d in bought.mapped("invoice_date") if d]
        self.assertRecordValues(
            partner,
            [
                {
                    "edu_purchase_count": len(bought),
                    "edu_purchase_amount": sum(bought.mapped("amount_total_signed")),
                    "edu_refund_amount": -sum(refunds.mapped("amount_total_signed")),
                    "edu_first_purchase_on": min(dates, default=False),
                    "edu_last_purchase_on": max(dates, default=False),
                }
            ],
        )

    # ------------------------------------------------------------------ what counts
    def test_who_bought_nothing(self):
        self.assertFigures(self.customer, 0, 0.0)
        self.assertFalse(self.customer.edu_first_purchase_on)

    def test_an_unpaid_invoice_is_no_purchase(self):
        self.make_invoice()
        self.assertFigures(self.customer, 0, 0.0)

    def test_a_draft_is_no_purchase(self):
        self.make_invoice().button_draft()
        self.assertFigures(self.customer, 0, 0.0)

    def test_a_paid_invoice_is(self):
        self.paid(amount=150.0)
        self.assertFigures(self.customer, 1, 150.0)

    def test_a_partly_paid_invoice_is_none_yet(self):
        invoice = self.make_invoice(amount=100.0)
        self.pay(invoice, amount=40.0)
        self.assertFigures(self.customer, 0, 0.0)
        self.pay(invoice)
        self.assertFigures(self.customer, 1, 100.0)

    def test_first_and_last_purchase(self):
        for day in (date(2026, 3, 1), date(2025, 9, 1), date(2026, 9, 1)):
            self.paid(invoice_date=day)
        self.assertFigures(self.customer, 3, 300.0)
        self.assertEqual(self.customer.edu_first_purchase_on, date(2025, 9, 1))
        self.assertEqual(self.customer.edu_last_purchase_on, date(2026, 9, 1))

    def test_a_bill_of_a_supplier_is_no_purchase_of_ours(self):
        self.paid(move_type="in_invoice")
        self.assertFigures(self.customer, 0, 0.0)

    # ------------------------------------------------------------------ refunds
    def test_an_annulled_invoice_never_was_a_purchase(self):
        self.annul(self.make_invoice())
        self.assertFigures(self.customer, 0, 0.0)

    def test_money_given_back_for_a_standing_purchase_is_a_refund(self):
        self.paid(amount=100.0)
        self.paid(amount=30.0, move_type="out_refund")
        self.assertFigures(self.customer, 1, 100.0, refunded=30.0)

    def test_a_partial_credit_note_of_a_paid_purchase_is_a_refund(self):
        invoice = self.paid(amount=100.0)
        refund = self.make_invoice(
            amount=30.0, move_type="out_refund", reversed_entry_id=invoice.id
        )
        self.pay(refund)
        self.assertFigures(self.customer, 1, 100.0, refunded=30.0)

    def test_an_annulled_invoice_beside_a_standing_one(self):
        self.paid(amount=100.0)
        self.annul(self.make_invoice(amount=70.0))
        self.assertFigures(self.customer, 1, 100.0)

    # ------------------------------------------------------------------ whose they are
    def test_purchases_of_contacts_count_for_their_organization(self):
        school = self.make_organization()
        contact = self.make_person(parent_id=school.id)
        self.paid(contact, amount=80.0)
        self.paid(school, amount=20.0)
        self.assertFigures(school, 2, 100.0)
        self.assertFigures(contact, 1, 80.0)

    def test_a_batch_has_each_its_own(self):
        others = self.make_people(3)
        self.paid(others[0], amount=10.0)
        self.paid(others[2], amount=20.0)
        self.env.invalidate_all()
        self.assertEqual(others.mapped("edu_purchase_amount"), [10.0, 0.0, 20.0])

    def test_another_currency_is_converted(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5)])
        self.paid(amount=50.0, currency_id=euro.id)
        self.assertFigures(self.customer, 1, 100.0)

    def test_another_company_is_not_counted(self):
        campus = self.make_company()
        self.env["account.chart.template"].try_loading(
            "generic_coa", campus, install_demo=False
        )
        self.env.user.company_ids += campus
        invoice = self.make_invoice(amount=60.0, company_id=campus.id)
        self.env["account.payment.register"].with_company(campus).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertFigures(self.customer, 0, 0.0)
        self.assertFigures(self.customer.with_company(campus), 1, 60.0)

    # ------------------------------------------------------------------ who may see it
    def test_who_may_not_read_invoices_sees_none(self):
        self.paid()
        reader = self.make_user("readonly")
        customer = self.customer.with_user(reader)
        self.assertEqual(customer.edu_purchase_count, 0)

    def test_a_salesperson_sees_what_the_button_opens(self):
        owner = self.make_user("agent")
        self.paid(amount=10.0, invoice_user_id=owner.id)
        self.paid(amount=20.0, invoice_user_id=self.make_user("agent").id)
        self.assertAgreesWithButtons(self.customer.with_user(owner))
