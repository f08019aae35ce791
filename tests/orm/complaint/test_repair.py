from odoo.exceptions import UserError
from odoo.tests import tagged

from .measures import MeasureCase

# The host logs the step and subscribes who visits.
MOST_PER_COMPLAINT = 4


@tagged("post_install", "-at_install")
class TestRepair(MeasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")

    def summarised(self, severity="minor", **values):
        complaint = self.make_complaint(
            step="implement", severity=severity, user_id=self.agent.id, **values
        )
        return self.finish(complaint)

    def visit_of(self, complaint):
        return complaint.activity_ids.filtered(lambda a: a.user_id == self.agent)

    def test_closing_creates_a_return_visit_for_the_handler(self):
        complaint = self.summarised()
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.repair_ids.kind, "return_visit")
        self.assertEqual(complaint.repair_ids.user_id, self.agent)
        activity = self.visit_of(complaint)
        self.assertEqual(activity.date_deadline, complaint.repair_ids.date_due)
        self.assertFalse(complaint.measure_ids)

    def test_a_grave_complaint_is_not_closed_without_plan(self):
        for severity in ("serious", "critical"):
            complaint = self.summarised(severity)
            with self.assertRaisesRegex(UserError, "mended"):
                complaint.action_close()
            complaint.action_propose_repair()
            self.assertEqual(
                complaint.repair_ids.mapped("kind"),
                ["communicate", "apologise", "compensate", "return_visit"],
            )
            complaint.action_close()
            self.assertEqual(len(complaint.repair_ids), 4)

    def test_who_was_compensated_is_not_compensated_again(self):
        complaint = self.make_complaint(step="implement", severity="serious")
        self.make_measure(complaint, "comp_coupon", cost=20).action_make_document()
        complaint.action_propose_repair()
        self.assertNotIn("compensate", complaint.repair_ids.mapped("kind"))

    def test_proposing_twice_proposes_once(self):
        complaint = self.summarised("serious")
        complaint.action_propose_repair()
        complaint.action_propose_repair()
        self.assertEqual(len(complaint.repair_ids), 4)

    def test_a_job_that_closes_makes_the_whole_plan(self):
        complaint = self.summarised("critical")
        complaint._update_state(("summarise",), "closed")
        self.assertEqual(len(complaint.repair_ids), 4)

    def test_a_care_plan_may_hold_more(self):
        complaint = self.summarised()
        for kind in ("attend_needs", "strengthen_after_sales", "long_term"):
            self.make_measure(complaint, kind, is_repair=True)
        complaint.action_close()
        self.assertEqual(len(complaint.repair_ids), 4)

    def test_nobody_visits_who_complained_without_a_name(self):
        complaint = self.make_complaint(
            step="implement", is_anonymous=True, severity="critical"
        )
        complaint.partner_id = False
        complaint.write({"phone": False, "email_from": False})
        self.finish(complaint).action_close()
        self.assertFalse(complaint.repair_ids)

    def test_the_apology_is_done_with_its_date(self):
        complaint = self.summarised("serious")
        complaint.action_propose_repair()
        apology = complaint.repair_ids.filtered(lambda m: m.kind == "apologise")
        apology.with_user(self.agent).action_done()
        self.assertTrue(apology.done_at)

    def test_the_promise_is_kept_when_the_last_measure_ends(self):
        complaint = self.summarised()
        complaint.action_close()
        promise = complaint.deadline_ids.filtered(lambda d: d.kind == "repair")
        self.assertEqual(promise.started_at, complaint.closed_at)
        self.assertFalse(promise.done_at)
        complaint.repair_ids.with_user(self.agent).action_done()
        self.assertTrue(promise.done_at)
        self.assertFalse(self.visit_of(complaint))

    def test_opened_again_the_repair_waits_for_the_new_decision(self):
        complaint = self.summarised()
        complaint.action_close()
        complaint.repair_ids.action_done()
        complaint._reopen("Again")
        self.assertEqual(complaint.state, "plan")
        self.finish(complaint)
        complaint.action_close()
        self.assertEqual(len(complaint.repair_ids), 2)

    def test_a_refund_can_be_part_of_the_repair(self):
        complaint = self.make_family_complaint(severity="serious")
        self.finish(complaint)
        refund = self.make_refund(50.0, complaint=complaint, is_repair=True)
        complaint.action_close()
        refund.action_make_document()
        refund.credit_note_ids.action_post()
        self.assertEqual(refund.state, "done")
        self.assertEqual(complaint.cost_total, 50.0)

    def test_closing_many_costs_little_more_for_each(self):
        def close(number):
            complaints = self.env["edu.complaint"].union(
                *[self.summarised() for _number in range(number)]
            )
            complaints.invalidate_recordset()
            with self.count_queries() as result:
                complaints._update_state(("summarise",), "closed")
            return result[0]

        close(2)
        few, many = close(3), close(13)
        self.assertLessEqual((many - few) / 10, MOST_PER_COMPLAINT)
