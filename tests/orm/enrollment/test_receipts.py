"""The list of receipts is what the host says is due, to the cent."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import EduCase

INVOICED_ON = "2026-03-02"


@tagged("post_install", "-at_install")
class TestReceipts(EduCase):
    def rows_of(self, *invoices):
        return self.env["edu.receipt"].search(
            [("move_id", "in", [invoice.id for invoice in invoices])]
        )

    def bill(self, term=None, invoiced_on=INVOICED_ON, **line):
        enrollment = self.make_enrollment(**line)
        invoice = self.make_invoice(
            enrollment.order_id, term=term, invoiced_on=invoiced_on
        )
        return enrollment, invoice

    def test_one_row_per_instalment_of_an_invoice_with_a_course(self):
        enrollment, invoice = self.bill(3)
        rows = self.rows_of(invoice)
        self.assertEqual(
            rows.mapped("residual"),
            invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
            .sorted("date_maturity")
            .mapped("amount_residual"),
        )
        self.assertRecordValues(
            rows[0],
            [
                {
                    "number": invoice.name,
                    "partner_id": enrollment.payer_id.id,
                    "enrollment_id": enrollment.id,
                    "order_id": enrollment.order_id.id,
                    "user_id": enrollment.user_id.id,
                    "team_id": enrollment.team_id.id,
                    "company_id": enrollment.company_id.id,
                    "paid": 0.0,
                    "reminder_step": 0,
                }
            ],
        )

    def test_an_invoice_without_a_course_and_a_draft_are_not_listed(self):
        order = self.make_order(self.make_person())
        plain = self.make_invoice(order)
        draft = self.make_invoice(self.make_enrollment().order_id, post=False)
        self.assertFalse(self.rows_of(plain, draft))

    def test_an_invoice_with_other_things_too_is_listed_once_in_full(self):
        enrollment = self.make_enrollment()
        order = enrollment.order_id
        order.order_line = [
            Command.create({"product_id": self.make_product(list_price=50).id}),
            Command.create({"product_id": self.make_course(list_price=25).id}),
        ]
        invoice = self.make_invoice(order)
        row = self.rows_of(invoice)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.residual, 175)

    def test_status_and_days_by_the_day_of_the_company(self):
        _enrollment, invoice = self.bill(2)
        first, second = self.rows_of(invoice)
        for day, states, late in (
            ("2026-03-02", ["to_pay", "to_pay"], 0),
            ("2026-03-05", ["overdue", "to_pay"], 3),
            ("2026-04-11", ["overdue", "overdue"], 40),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.env.invalidate_all()
                self.assertEqual((first | second).mapped("state"), states)
                self.assertEqual(first.days_overdue, late)
                self.assertEqual(first.is_overdue, bool(late))
        self.pay(invoice, 20)
        self.assertEqual(first.residual, 30)
        with freeze_time("2026-03-02 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(first.state, "partial")
        self.pay(invoice, 80)
        self.assertEqual((first | second).mapped("state"), ["paid", "paid"])
        self.assertEqual(sum((first | second).mapped("paid")), 100)

    def test_a_credit_note_counts_negative_and_is_never_overdue(self):
        _enrollment, invoice = self.bill()
        self.pay(invoice)
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard = wizard.create(
            {"journal_id": invoice.journal_id.id, "date": INVOICED_ON}
        )
        wizard.refund_moves()
        note = wizard.new_move_ids
        note.action_post()
        row = self.rows_of(note)
        self.assertRecordValues(
            row,
            [
                {
                    "is_credit": True,
                    "is_overdue": False,
                    "residual": note.amount_residual_signed,
                }
            ],
        )
        self.assertEqual(row.residual, -100)

    def test_the_total_is_that_of_the_host(self):
        invoices = self.env["account.move"]
        for price, term, paid in (
            (100.01, 3, 0),
            (99.99, 4, 33.33),
            (0.05, 2, 0.01),
            (1234.56, None, 1234.56),
        ):
            _enrollment, invoice = self.bill(
                term, course=self.make_course(list_price=price)
            )
            if paid:
                self.pay(invoice, paid)
            invoices |= invoice
        [(residual, amount)] = self.env["edu.receipt"]._read_group(
            [("move_id", "in", invoices.ids)],
            aggregates=["residual:sum", "amount:sum"],
        )
        self.assertAlmostEqual(residual, sum(invoices.mapped("amount_residual_signed")))
        self.assertAlmostEqual(amount, sum(invoices.mapped("amount_total_signed")))

    def test_filters_find_what_is_due(self):
        user = self.make_user("agent")
        mine, invoice = self.bill()
        mine.order_id.user_id = user
        self.env.flush_all()
        receipts = self.env["edu.receipt"].with_user(user)
        domain = [("user_id", "=", user.id), ("state", "!=", "paid")]
        self.assertEqual(receipts.search(domain).number, invoice.name)
        self.pay(invoice)
        self.assertFalse(receipts.search(domain))

    # ------------------------------------------------------------------ rights
    def test_an_agent_sees_its_own_and_those_of_nobody(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        invoices = []
        for owner in (agent, other, self.env["res.users"]):
            enrollment, invoice = self.bill()
            enrollment.order_id.user_id = owner
            self.env.flush_all()
            invoices.append(invoice)
        domain = [("number", "in", [invoice.name for invoice in invoices])]

        def seen(user):
            return set(
                self.env["edu.receipt"].with_user(user).search(domain).mapped("number")
            )

        names = [invoice.name for invoice in invoices]
        self.assertEqual(seen(agent), {names[0], names[2]})
        self.assertEqual(seen(self.make_user("manager")), set(names))
        self.assertEqual(seen(self.make_user("readonly")), set(names))
        self.assertEqual(seen(self.make_user("accountant")), set(names))
        for role in ("portal", "employee", "salesperson"):
            with self.assertRaises(AccessError):
                seen(self.make_user(role))

    def test_a_leader_sees_the_team(self):
        leader, member = self.make_user("leader"), self.make_user("agent")
        team = self.env["crm.team"].create(
            {"name": "Team", "member_ids": [Command.set((leader | member).ids)]}
        )
        enrollment, invoice = self.bill()
        enrollment.order_id.write({"user_id": member.id, "team_id": team.id})
        self.env.flush_all()
        receipts = self.env["edu.receipt"].with_user(leader)
        self.assertTrue(receipts.search([("number", "=", invoice.name)]))

    def test_rows_can_be_read_without_rights_on_invoices(self):
        _enrollment, invoice = self.bill()
        user = self.make_user("readonly")
        rows = self.env["edu.receipt"].with_user(user)
        rows = rows.search([("number", "=", invoice.name)])
        self.assertEqual(rows.residual, 100)
        self.assertEqual(rows.partner_id.display_name, invoice.partner_id.display_name)
        with self.assertRaises(AccessError):
            rows.read(["move_id"])

    # ------------------------------------------------------------------ buttons
    def test_buttons_open_the_invoice_the_enrollments_and_the_payment(self):
        enrollment, invoice = self.bill()
        row = self.rows_of(invoice)
        self.assertEqual(row.action_open_invoice()["res_id"], invoice.id)
        action = row.action_open_enrollments()
        self.assertEqual(
            self.env["edu.enrollment"].search(action["domain"]), enrollment
        )
        accountant = self.make_user("accountant")
        action = row.with_user(accountant).action_register_payment()
        self.assertEqual(action["res_model"], "account.payment.register")

    def test_reading_the_list_costs_the_same_for_ten_and_for_forty(self):
        invoices = [self.bill(2)[1] for _ in range(20)]
        rows = self.rows_of(*invoices)
        specification = {
            "number": {},
            "residual": {},
            "state": {},
            "partner_id": {"fields": {"display_name": {}}},
            "user_id": {"fields": {"display_name": {}}},
        }
        counts = []
        for limit in (40, 10, 40):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.count_queries() as queries:
                rows.web_search_read(
                    [("id", "in", rows.ids)], specification, limit=limit
                )
            counts.append(queries[0])
        self.assertEqual(counts[1], counts[2])

    def test_the_currency_of_the_invoice_is_named_and_shown_on_demand(self):
        user = self.make_user("manager")
        user.group_ids |= self.env.ref("base.group_multi_currency")
        receipts = self.env["edu.receipt"].with_user(user)
        arch = etree.fromstring(receipts.get_view(view_type="list")["arch"])
        for name in ("amount_currency", "residual_currency"):
            label = receipts._fields[name].string
            self.assertIn("in invoice currency", label)
            column = arch.find(f".//field[@name='{name}']")
            self.assertEqual(column.get("optional"), "hide")
