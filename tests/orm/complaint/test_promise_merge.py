"""Of merged complaints the earliest receipt counts, and one set of promises."""

from freezegun import freeze_time

from odoo.tests import tagged

from .promises import PromiseCase, at


@tagged("post_install", "-at_install")
class TestPromiseMerge(PromiseCase):
    def test_the_earliest_receipt_counts(self):
        customer = self.make_customer()
        early, late = (
            self.receive(2, partner=customer),
            self.receive(4, partner=customer),
        )
        with freeze_time(at(4, "12:00")):
            early._merge_into(late)
            self.assertStates(early, decide="dropped", acknowledge="dropped")
            self.assertStates(late, decide="open")
        self.assertDue(late, "decide", 5)
