from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestRefund(MeasureCase):
    def post(self, notes):
        notes.action_post()
        self.env.flush_all()

    def test_a_part_of_the_invoice_becomes_a_draft_credit_note(self):
        measure = self.make_refund(300.0)
        measure.company_id.edu_measure_agent_limit = 500
        measure.action_make_document()
        note = measure.credit_note_ids
        self.assertRecordValues(
            note,
            [
                {
                    "state": "draft",
                    "move_type": "out_refund",
                    "reversed_entry_id": measure.invoice_id.id,
                    "amount_total": 300.0,
                }
            ],
        )
        self.assertEqual(measure.state, "approved")
        self.assertEqual(measure.credit_note_state, "draft")

    def test_it_is_done_when_accounting_posts_it(self):
        measure = self.make_refund(100.0)
        measure.action_make_document()
        complaint = measure.complaint_id
        self.assertEqual(complaint.cost_total, 0)
        self.assertEqual(complaint._with_open_measures(), complaint)
        self.post(measure.credit_note_ids.with_user(self.make_user("accountant")))
        self.assertEqual(measure.state, "done")
        self.assertEqual(measure.cost, 100.0)
        self.assertEqual(complaint.cost_total, 100.0)
        self.assertFalse(complaint._with_open_measures())

    def test_the_cost_is_what_accounting_posted(self):
        measure = self.make_refund(100.0)
        measure.action_make_document()
        note = measure.credit_note_ids
        note.invoice_line_ids.price_unit = 80.0
        self.post(note)
        self.assertEqual(measure.cost, 80.0)

    def test_the_refunded_part_is_not_invoiced_once_more(self):
        measure = self.make_refund(100.0)
        measure.action_make_document()
        self.post(measure.credit_note_ids)
        order = measure.complaint_id.order_id
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(order.edu_enrollment_ids.state, "active")
        self.assertEqual(measure.invoice_id.amount_residual, 900.0)

    def test_a_full_refund_pays_the_whole_invoice_back(self):
        self.env.company.edu_measure_agent_limit = 2000
        measure = self.make_refund(1000.0)
        measure.action_make_document()
        self.post(measure.credit_note_ids)
        self.assertEqual(measure.invoice_id.payment_state, "reversed")

    def test_taxes_are_refunded_alike(self):
        tax = self.env["account.tax"].create(
            {
                "name": "6%",
                "amount": 6.0,
                "type_tax_use": "sale",
                "country_id": self.env.company.account_fiscal_country_id.id,
            }
        )
        mother = self.make_customer()
        course = self.make_course(list_price=333.33, taxes_id=[Command.set(tax.ids)])
        order = self.make_course_order(mother, course=course)
        invoice = self.make_invoice(order)
        complaint = self.make_complaint(mother, "implement", invoice_id=invoice.id)
        measure = self.make_refund(100.0, complaint=complaint)
        measure.action_make_document()
        note = measure.credit_note_ids
        self.assertAlmostEqual(note.amount_total, 100.0, delta=0.011)
        self.assertAlmostEqual(note.amount_tax, 5.66, delta=0.011)

    def test_more_than_is_left_of_the_invoice_is_refused(self):
        self.env.company.edu_measure_agent_limit = 2000
        complaint = self.make_family_complaint()
        measure = self.make_refund(700.0, complaint=complaint)
        measure.action_make_document()
        second = self.make_refund(300.01, complaint=complaint)
        with self.assertRaisesRegex(UserError, "is left of"):
            second.action_make_document()
        second.cost = 300.0
        second.action_make_document()
        self.assertEqual(second.credit_note_ids.amount_total, 300.0)

    def test_a_second_click_makes_no_second_credit_note(self):
        measure = self.make_refund(100.0)
        measure.action_make_document()
        with self.assertRaises(UserError):
            measure.action_make_document()
        self.assertEqual(len(measure.invoice_id.reversal_move_ids), 1)

    def test_a_canceled_draft_can_be_made_again(self):
        measure = self.make_refund(100.0)
        measure.action_make_document()
        measure.credit_note_ids.button_cancel()
        self.assertEqual(measure.credit_note_state, "none")
        measure.action_make_document()
        self.assertEqual(len(measure.invoice_id.reversal_move_ids), 2)

    def test_only_a_posted_invoice_is_refunded(self):
        complaint = self.make_family_complaint()
        measure = self.make_refund(100.0, complaint=complaint)
        measure.invoice_id.button_draft()
        with self.assertRaisesRegex(UserError, "posted"):
            measure.action_make_document()

    def test_only_an_invoice_of_the_family_is_refunded(self):
        stranger = self.make_customer()
        invoice = self.make_invoice(self.make_course_order(stranger))
        measure = self.make_refund(50.0, invoice_id=invoice.id)
        with self.assertRaisesRegex(UserError, "no invoice of who complained"):
            measure.action_make_document()

    def test_the_invoice_of_the_childs_father_is_of_the_family(self):
        complaint = self.make_family_complaint()
        father = self.make_customer()
        self.link(father, complaint.learner_id, relation="father")
        order = self.make_course_order(father, complaint.learner_id)
        invoice = self.make_invoice(order)
        measure = self.make_refund(50.0, complaint=complaint, invoice_id=invoice.id)
        measure.action_make_document()
        self.assertEqual(measure.credit_note_ids.partner_id, father)

    def test_without_invoice_or_amount_nothing_is_asked_for(self):
        measure = self.make_measure(kind="comp_refund")
        with self.assertRaisesRegex(UserError, "the invoice, the amount"):
            measure.action_make_document()

    def test_who_leaves_is_withdrawn(self):
        self.env.company.edu_measure_agent_limit = 2000
        complaint = self.make_family_complaint()
        enrollment = complaint.order_id.edu_enrollment_ids
        measure = self.make_refund(
            400.0, complaint=complaint, enrollment_id=enrollment.id
        )
        measure.action_make_document()
        self.assertEqual(measure.credit_note_ids.amount_total, 400.0)
        self.assertEqual(enrollment.credit_note_ids, measure.credit_note_ids)
        self.assertTrue(enrollment.withdrawal_reason)
        self.post(measure.credit_note_ids)
        self.assertEqual(measure.state, "done")

    def test_what_was_refunded_is_not_credited_again_when_the_learner_leaves(self):
        complaint = self.make_family_complaint()
        measure = self.make_refund(150.0, complaint=complaint)
        measure.action_make_document()
        self.post(measure.credit_note_ids)
        enrollment = complaint.order_id.edu_enrollment_ids
        today = enrollment.company_id._edu_today()
        with self.assertRaisesRegex(UserError, "cannot be credited"):
            enrollment._withdraw_and_refund(today, reason="Moves", credit=900.0)

    def test_an_agent_gets_the_draft_and_cannot_post_it(self):
        agent = self.make_user("agent")
        complaint = self.make_family_complaint(user_id=agent.id)
        measure = self.make_refund(100.0, agent, complaint)
        measure.action_make_document()
        self.assertEqual(measure.credit_note_state, "draft")
        note = measure.sudo().credit_note_ids
        self.assertNotIn(complaint.name, f"{note.ref} {note.invoice_origin}")

    def test_the_handler_hears_of_a_credit_note_taken_back(self):
        agent = self.make_user("agent")
        measure = self.make_refund(
            complaint=self.make_family_complaint(user_id=agent.id)
        )
        measure.action_make_document()
        self.post(measure.credit_note_ids)
        measure.credit_note_ids.button_draft()
        self.assertEqual(measure.complaint_id.activity_ids.user_id, agent)

    def test_posting_invoices_costs_no_query_more(self):
        invoice = self.make_invoice(
            self.make_course_order(self.make_customer()), post=False
        )
        entries = self.env["account.move"].browse(invoice.id)
        entries.read(["move_type"])
        with self.assertQueryCount(0):
            self.assertFalse(entries._edu_credit_notes())
