from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .measures import MeasureCase


@tagged("post_install", "-at_install")
class TestMeasures(MeasureCase):
    def test_a_measure_without_cost_is_simply_done(self):
        agent = self.make_user("agent")
        complaint = self.make_complaint(step="implement", user_id=agent.id)
        measure = self.make_measure(complaint, user=agent)
        self.assertEqual(measure.user_id, agent)
        measure.action_done()
        self.assertEqual(measure.state, "done")
        self.assertEqual(measure.done_by_id, agent)
        self.assertTrue(measure.done_at)

    def test_nobody_leaves_the_implementation_with_an_open_measure(self):
        complaint = self.make_complaint(step="implement")
        measures = self.make_measure(complaint) | self.make_measure(complaint)
        with self.assertRaises(ValidationError):
            complaint.write({"verdict": "upheld", "state": "feedback"})
        measures[0].action_done()
        measures[1].drop_reason = "No use"
        measures[1].action_drop()
        complaint.write({"verdict": "upheld", "state": "feedback"})

    def test_after_the_decision_only_repair_is_added(self):
        complaint = self.make_complaint(step="feedback")
        with self.assertRaisesRegex(ValidationError, "repair"):
            self.make_measure(complaint)
        self.assertTrue(self.make_measure(complaint, "apologise", is_repair=True))

    def test_after_the_decision_no_handling_measure_is_opened_again(self):
        complaint = self.make_complaint(step="implement")
        measure = self.make_measure(complaint)
        measure.action_done()
        complaint.write({"verdict": "upheld", "state": "feedback"})
        with self.assertRaises(ValidationError):
            measure.action_reopen()

    def test_an_open_repair_measure_lets_the_complaint_go_on(self):
        complaint = self.make_complaint(step="implement")
        self.make_measure(complaint, "apologise", is_repair=True)
        complaint.write({"verdict": "upheld", "state": "feedback"})

    def test_dropping_needs_a_reason(self):
        measure = self.make_measure()
        with self.assertRaises(UserError):
            measure.action_drop()

    def test_the_state_is_written_by_no_import(self):
        agent = self.make_user("agent")
        complaint = self.make_complaint(step="implement", user_id=agent.id)
        with self.assertRaises(UserError):
            self.make_measure(complaint, user=agent, state="done")
        measure = self.make_measure(complaint, user=agent)
        for name, value in (
            ("state", "done"),
            ("approved_by_id", agent.id),
            ("order_id", 1),
            ("done_at", "2026-01-01"),
        ):
            with self.assertRaises(UserError):
                measure.write({name: value})

    def test_nor_by_a_default_of_the_context(self):
        agent = self.make_user("agent")
        complaint = self.make_complaint(step="implement", user_id=agent.id)
        measure = (
            self.env["edu.complaint.measure"]
            .with_user(agent)
            .with_context(default_state="done", default_done_at="2026-01-01 00:00:00")
            .create({"complaint_id": complaint.id, "kind": "rectify"})
        )
        self.assertEqual(measure.state, "planned")
        self.assertFalse(measure.done_at)

    def test_begun_measures_are_not_deleted(self):
        measure = self.make_measure()
        measure.action_done()
        with self.assertRaises(UserError):
            measure.unlink()
        self.make_measure().unlink()

    def test_nothing_costs_less_than_nothing(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_measure(cost=-1)

    def test_whoever_it_is_about_is_responsible_for_nothing(self):
        agent = self.make_user("agent")
        complaint = self.make_complaint(
            step="implement", accused_partner_ids=agent.partner_id.ids
        )
        with self.assertRaises(ValidationError):
            self.make_measure(complaint, user_id=agent.id)

    def test_whoever_it_turns_out_to_be_about_loses_the_measures(self):
        agent, other = self.make_user("agent"), self.make_user("agent")
        complaint = self.make_complaint(step="implement", user_id=agent.id)
        measure = self.make_measure(complaint, user_id=other.id)
        complaint.write({"improvement": "Train", "improvement_user_id": other.id})
        self.assertEqual(complaint.activity_ids.user_id, other)
        complaint.accused_partner_ids = other.partner_id
        self.assertEqual(measure.user_id, complaint.user_id)
        self.assertFalse(complaint.improvement_user_id)
        self.assertFalse(complaint.activity_ids)

    def test_costs_add_up_of_what_is_done(self):
        complaint = self.make_complaint(step="implement")
        for cost in (10, 20, 40):
            self.make_measure(complaint, "comp_other", cost=cost)
        (complaint.measure_ids[0] | complaint.measure_ids[2]).action_done()
        self.assertEqual(complaint.cost_total, 50)
        self.assertEqual(complaint.measure_count, 3)
        self.assertEqual(complaint.open_measure_count, 1)

    def test_a_withdrawn_complaint_drops_its_measures(self):
        measure = self.make_measure()
        measure.complaint_id.action_withdraw()
        self.assertEqual(measure.state, "dropped")
        self.assertTrue(measure.drop_reason)

    def test_a_merged_complaint_hands_its_open_measures_over(self):
        measure = self.make_measure()
        target = self.make_complaint(step="plan")
        source = measure.complaint_id
        source.merged_into_id = target
        source._update_state(("implement",), "merged")
        self.assertEqual(measure.complaint_id, target)
        self.assertEqual(target.open_measure_count, 1)
        self.assertEqual(source.open_measure_count, 0)

    def test_overdue_is_found_as_it_is_shown(self):
        late = self.make_measure(date_due="2020-01-01")
        done = self.make_measure(date_due="2020-01-01")
        done.action_done()
        measures = late | done | self.make_measure(date_due="2999-01-01")
        found = measures.search([("is_overdue", "=", True), ("id", "in", measures.ids)])
        self.assertEqual(found, late)
        self.assertEqual(measures.filtered("is_overdue"), late)

    def test_open_measures_of_a_batch_cost_no_query(self):
        complaints = self.env["edu.complaint"].browse(
            [self.make_measure().complaint_id.id for _number in range(5)]
        )
        complaints.invalidate_recordset()
        with self.assertQueryCount(1):
            self.assertEqual(complaints._with_open_measures(), complaints)
