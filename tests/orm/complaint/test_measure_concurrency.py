"""Two clerks at once: one credit note, no more than the invoice, no open measure."""

from psycopg2 import OperationalError

from odoo import api
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..enrollment.clerks import ClerksCase
from ..workers import BRIEF


@tagged("post_install", "-at_install")
class TestTwoClerksAndMeasures(ClerksCase):
    def make_committed(self, *amounts, **values):
        """Return ids of a complaint and of refunds of one invoice, committed."""
        with self.clerk() as env:
            payer = env["res.partner"].create({"name": "Payer"})
            product = self.course_of(env)
            invoice = env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": payer.id,
                    "invoice_line_ids": [
                        Command.create({"product_id": product.id, "tax_ids": False})
                    ],
                }
            )
            invoice.action_post()
            complaint = env["edu.complaint"].create(
                {
                    "subject": "Twice",
                    "partner_id": payer.id,
                    "description": "The lesson was canceled.",
                    "type_id": env["edu.complaint.type"].search([], limit=1).id,
                    "severity": "minor",
                    "scope": "single",
                    "plan": "Pay back",
                    "responsibility": "teaching",
                    "verdict": "upheld",
                    "invoice_id": invoice.id,
                }
            )
            complaint.state = "implement"
            measures = env["edu.complaint.measure"].create(
                [
                    {
                        "complaint_id": complaint.id,
                        "kind": "comp_refund",
                        "cost": amount,
                    }
                    for amount in amounts
                ]
            )
            env.flush_all()
            self.addCleanup(self._clean, complaint, invoice, payer, product)
            return complaint.id, measures.ids

    def _clean(self, complaint, invoice, payer, product):
        with self.clerk() as env:
            complaint = complaint.with_env(env)
            complaint._all_measures().credit_note_ids.unlink()
            complaint.action_withdraw()
            env["mail.mail"].search([("res_id", "=", complaint.id)]).unlink()
            complaint.with_context(force_delete=True).unlink()
            self._remove_invoice(invoice.with_env(env))
            payer.with_env(env).unlink()
            product.with_env(env).product_tmpl_id.unlink()

    def refund(self, env, measure_id):
        measure = env["edu.complaint.measure"].browse(measure_id)
        measure.action_make_document()
        env.flush_all()
        return measure.credit_note_ids

    def assertSecondFails(self, first_id, second_id, error):
        """Two transactions that both began before either has made its note."""
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            late["edu.complaint.measure"].browse(second_id).read(["state"])
            with self.clerk() as first:
                self.assertEqual(len(self.refund(first, first_id)), 1)
                with self.assertRaises(LockError):
                    self.refund(late, second_id)
            cursor.rollback()
            late.invalidate_all()
            with self.assertRaisesRegex(UserError, error):
                self.refund(late, second_id)

    def test_two_who_click_at_once_make_one_credit_note(self):
        _complaint, (measure_id,) = self.make_committed(50)
        self.assertSecondFails(measure_id, measure_id, "is made")

    def test_two_measures_together_refund_no_more_than_the_invoice(self):
        _complaint, (first_id, second_id) = self.make_committed(60, 60)
        self.assertSecondFails(first_id, second_id, "is left of")

    def test_two_small_amounts_asked_for_at_once_count_together(self):
        _complaint, (first_id, second_id) = self.make_committed(10, 10)
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            late["edu.complaint.measure"].browse(second_id).read(["state"])
            with self.clerk() as first:
                first["edu.complaint.measure"].browse(first_id).action_request()
                first.flush_all()
            with self.assertRaises(OperationalError):
                late["edu.complaint.measure"].browse(second_id).action_request()
            cursor.rollback()

    def test_nobody_begins_a_measure_while_another_goes_on(self):
        complaint_id, _measures = self.make_committed()
        with self.registry.cursor() as cursor, mute_logger("odoo.sql_db"):
            cursor.execute(BRIEF)
            late = api.Environment(cursor, self.env.uid, {})
            late["edu.complaint"].browse(complaint_id).read(["state"])
            with self.clerk() as first:
                first["edu.complaint"].browse(complaint_id).state = "feedback"
                first.flush_all()
            with self.assertRaises(OperationalError):
                late["edu.complaint.measure"].create(
                    {"complaint_id": complaint_id, "kind": "rectify"}
                )
                late.flush_all()
            cursor.rollback()
