"""The board has the seven steps as columns; the form says how long each step took."""

from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ..common import EduCase

STEPS = [
    "receive",
    "record",
    "assess",
    "plan",
    "implement",
    "feedback",
    "summarise",
    "closed",
]


@tagged("post_install", "-at_install")
class TestBoard(EduCase):
    def columns(self, domain):
        complaints = self.env["edu.complaint"].with_context(read_group_expand=True)
        result = complaints.web_read_group(
            domain,
            ["state"],
            ["__count"],
            auto_unfold=True,
            unfold_read_specification={"subject": {}},
        )
        return result["groups"]

    def test_the_seven_steps_are_columns_in_their_order(self):
        complaint = self.make_complaint(step="assess")
        groups = self.columns([("id", "=", complaint.id)])
        self.assertEqual([group["state"] for group in groups], STEPS)
        self.assertEqual([group["__count"] for group in groups], [0, 0, 1, *[0] * 5])

    def test_the_end_is_folded(self):
        groups = self.columns([("id", "=", self.make_complaint().id)])
        open_ones = [g["state"] for g in groups if "__records" in g]
        self.assertEqual(open_ones, STEPS[:-1])

    def test_what_was_withdrawn_is_a_column_only_if_there_is_one(self):
        complaint = self.make_complaint()
        complaint.action_withdraw()
        groups = self.columns([("id", "=", complaint.id)])
        self.assertEqual([g["state"] for g in groups], [*STEPS, "withdrawn"])

    def test_the_time_in_each_step(self):
        complaint = self.make_complaint(step="assess")
        received = Datetime.now() - timedelta(hours=5)
        complaint.received_at = received
        complaint.recorded_at = received + timedelta(hours=1)
        seconds = complaint._step_seconds(received + timedelta(hours=3))
        self.assertEqual(seconds, {"record": 3600, "assess": 7200})
        self.assertIn("Recording: 1 hour", complaint.step_times)
        self.assertIn("Assessment: 4 hours", complaint.step_times)

    def test_at_the_end_no_step_goes_on(self):
        complaint = self.make_complaint(step="plan")
        complaint.action_withdraw()
        seconds = complaint._step_seconds(Datetime.now() + timedelta(days=9))
        self.assertNotIn("withdrawn", seconds)
        self.assertNotIn("plan", seconds)
