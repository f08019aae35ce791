"""Base of the tests of two who work at once, in transactions of their own."""

from odoo.fields import Command

from ..common import EduCase
from ..workers import Workers


class ClerksCase(Workers, EduCase):
    def clerk(self, **context):
        return self.worker(**context)

    # ------------------------------------------------------------------ factories
    @staticmethod
    def course_of(env, **values):
        return env["product.product"].create(
            {
                "name": "Concurrency course",
                "type": "service",
                "service_tracking": "edu_course",
                "list_price": 100,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    @staticmethod
    def orders_of(env, course, *names, **line):
        """Return an order of the course for each of these new people."""
        values = {"product_id": course.id, **line}
        return env["sale.order"].create(
            [
                {
                    "partner_id": person.id,
                    "order_line": [Command.create(values)],
                }
                for person in env["res.partner"].create([{"name": n} for n in names])
            ]
        )

    def clean_up_after(self, orders, invoice=None, run=None):
        """Remove at the end of the test what a transaction has committed."""
        people = orders.partner_id
        course = orders.order_line.product_id.product_tmpl_id
        self.addCleanup(self._remove, invoice, orders, run, people, course)

    def _remove(self, invoice, orders, *others):
        with self.clerk() as env:
            if invoice:
                self._remove_invoice(invoice.with_env(env))
            orders = orders.with_env(env)
            orders._action_cancel()
            orders.edu_enrollment_ids._update_state(("ended", "withdrawn"), "canceled")
            orders.unlink()
            for records in filter(None, others):
                records.with_env(env).unlink()

    def _remove_invoice(self, invoice):
        invoice.env["mail.mail"].search(
            [("model", "=", "account.move"), ("res_id", "=", invoice.id)]
        ).unlink()
        invoice.reversal_move_ids.unlink()
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
