"""Order and first payment bring the lead forward to its end, never back."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import MODULE, EduCase


@tagged("post_install", "-at_install")
class TestLeadSteps(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.env.ref(f"{MODULE}.crm_team_school")
        cls.agent = cls.make_user("agent")

    def step(self, code):
        return self.env.ref(f"{MODULE}.crm_stage_{code}")

    def make_ordered(self, step="consulting", confirm=True, term=None, **values):
        """Return lead and order of one course."""
        payer = self.make_customer()
        lead = self.make_lead(
            payer,
            team_id=self.team.id,
            user_id=self.agent.id,
            stage_id=self.step(step).id,
            **values,
        )
        order = self.make_course_order(payer, payer, confirm=False)
        order.write({"opportunity_id": lead.id, "user_id": self.agent.id})
        if term:
            order.payment_term_id = self.payment_term(term)
        if confirm:
            order.action_confirm()
        return lead, order

    def test_a_confirmed_order_waits_for_its_payment(self):
        lead, order = self.make_ordered(confirm=False)
        self.assertEqual(lead.stage_id, self.step("consulting"))
        order.action_confirm()
        self.assertEqual(lead.stage_id, self.step("payment"))
        self.assertEqual(lead.won_status, "pending")

    def test_the_first_instalment_wins_the_lead(self):
        lead, order = self.make_ordered(term=3)
        invoice = self.make_invoice(order)
        self.assertEqual(lead.stage_id, self.step("payment"))
        self.pay(invoice, 10)
        self.assertEqual(lead.stage_id, self.step("enrolled"))
        self.assertEqual(lead.won_status, "won")
        self.pay(invoice, 10)
        self.pay(invoice)
        self.assertEqual(lead.stage_id, self.step("enrolled"))

    def test_the_opportunity_shows_what_is_invoiced_paid_and_due(self):
        lead, order = self.make_ordered(term=2)
        self.assertEqual(lead.edu_amount_invoiced, 0)
        invoice = self.make_invoice(order, invoiced_on=self.days_ago(40))
        self.pay(invoice, 30)
        self.assertRecordValues(
            lead,
            [
                {
                    "edu_amount_invoiced": 100,
                    "edu_amount_paid": 30,
                    "edu_amount_due": 70,
                    "edu_amount_overdue": 70,
                }
            ],
        )
        action = lead.with_user(self.agent).action_edu_open_receipts()
        rows = self.env["edu.receipt"].with_user(self.agent).search(action["domain"])
        self.assertEqual(sum(rows.mapped("residual")), 70)

    def test_a_payment_in_full_wins_it_too(self):
        lead, order = self.make_ordered()
        self.pay(self.make_invoice(order))
        self.assertEqual(lead.won_status, "won")

    def test_an_accountant_who_knows_nothing_of_leads_books_the_payment(self):
        lead, order = self.make_ordered()
        invoice = self.make_invoice(order)
        accountant = self.make_user("accountant")
        wizard = self.env["account.payment.register"].with_user(accountant)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})
        wizard.action_create_payments()
        self.assertEqual(lead.won_status, "won")

    def test_an_online_payment_without_an_invoice_wins_it(self):
        lead, order = self.make_ordered(confirm=False)
        provider = self.env["payment.provider"].create(
            {"name": "School pay", "code": "none", "state": "test"}
        )
        method = self.env.ref("payment.payment_method_unknown")
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": "Paid online",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "state": "done",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        self.patch(
            self.registry["payment.transaction"],
            "_create_payment",
            lambda self, **values: self.env["account.payment"],
        )
        portal = self.make_user("portal")
        transaction.with_user(portal).sudo()._post_process()
        self.assertEqual(order.state, "sale")
        self.assertEqual(lead.won_status, "won")

    def test_a_credit_note_is_no_payment(self):
        lead, order = self.make_ordered()
        invoice = self.make_invoice(order)
        invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(lead.stage_id, self.step("payment"))

    def test_a_lead_never_goes_back(self):
        lead, order = self.make_ordered(step="enrolled", edu_has_wish=True)
        self.assertEqual(lead.stage_id, self.step("enrolled"))
        order._action_cancel()
        order.action_draft()
        order.action_confirm()
        self.assertEqual(lead.stage_id, self.step("enrolled"))

    def test_a_lost_lead_stays_lost(self):
        lead, order = self.make_ordered(confirm=False)
        reason = self.env["crm.lost.reason"].create({"name": "Moved away"})
        lead.action_set_lost(lost_reason_id=reason.id)
        order.action_confirm()
        self.pay(self.make_invoice(order))
        self.assertEqual(lead.stage_id, self.step("consulting"))

    def test_a_lead_of_another_team_and_an_order_without_course_stay(self):
        partner = self.make_person()
        other = self.env["crm.team"].create({"name": "Books"})
        lead = self.make_lead(partner, team_id=other.id)
        stage = lead.stage_id
        order = self.make_course_order(partner, partner, confirm=False)
        order.opportunity_id = lead
        order.action_confirm()
        self.assertEqual(lead.stage_id, stage)
        lead = self.make_lead(partner, team_id=self.team.id)
        stage = lead.stage_id
        order = self.make_order(partner, confirm=False, opportunity_id=lead.id)
        order.action_confirm()
        self.pay(self.make_invoice(order))
        self.assertEqual(lead.stage_id, stage)

    def test_paying_and_posting_invoices_without_courses_costs_at_most_one_query(self):
        """Counted with our methods and without them."""
        partner = self.make_person()
        invoices = [
            self.make_invoice(self.make_order(partner), post=False) for _ in range(6)
        ]

        def cost(invoice):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.count_queries() as queries:
                invoice.action_post()
            posted = queries[0]
            self.env.invalidate_all()
            with self.count_queries() as queries:
                self.pay(invoice)
            return posted, queries[0]

        cost(invoices[0])
        ours = cost(invoices[1])
        moves = self.registry["account.move"]
        self.patch(moves, "_edu_after_reconciled", lambda self: None)
        self.patch(
            self.registry["edu.enrollment"], "_forget_payments", lambda self: None
        )
        host = cost(invoices[2])
        self.assertLessEqual(ours[0] - host[0], 0)
        self.assertLessEqual(ours[1] - host[1], 1)

    def test_what_was_canceled_is_paid_without_enrolling_anybody(self):
        lead, order = self.make_ordered()
        invoice = self.make_invoice(order)
        order._action_cancel()
        self.pay(invoice)
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(lead.won_status, "pending")

    def test_orders_confirmed_together_move_the_lead_of_the_course_only(self):
        lead, order = self.make_ordered(confirm=False)
        customer = self.make_customer()
        consulting = self.step("consulting").id
        other = self.make_lead(customer, team_id=self.team.id, stage_id=consulting)
        book = self.make_order(customer, confirm=False, opportunity_id=other.id)
        (order | book).action_confirm()
        self.env.flush_all()
        self.assertEqual(lead.stage_id, self.step("payment"))
        self.assertEqual(other.stage_id, self.step("consulting"))

    def test_an_agent_gives_an_enrollment_no_lead_of_its_choice(self):
        lead, _order = self.make_ordered(confirm=False)
        enrollment = self.make_enrollment()
        enrollment.user_id = self.agent
        with self.assertRaisesRegex(UserError, "change this on the order"):
            enrollment.with_user(self.agent).lead_id = lead

    def test_merged_leads_keep_their_enrollments(self):
        lead, order = self.make_ordered()
        twin = self.make_lead(order.partner_id, team_id=self.team.id)
        kept = (lead | twin).merge_opportunity()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(order.opportunity_id, kept)
        self.assertEqual(order.edu_enrollment_ids.lead_id, kept)
        order.opportunity_id = self.make_lead(order.partner_id)
        self.assertEqual(order.edu_enrollment_ids.lead_id, order.opportunity_id)
