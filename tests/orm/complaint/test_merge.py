"""Two complaints of one customer become one; neither is lost."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestMergeComplaints(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.mother = cls.make_customer()
        cls.child = cls.make_learner(cls.mother)
        cls.first = cls.make_complaint(
            cls.mother, user_id=cls.agent.id, subject="First"
        )
        cls.second = cls.make_complaint(
            cls.mother, user_id=cls.agent.id, subject="Second"
        )

    def assertRefused(self, source, target, text):
        with self.assertRaisesRegex(UserError, text):
            source._merge_into(target)
        self.assertNotEqual(source.state, "merged")

    # ------------------------------------------------------------------ doing it
    def test_the_other_ends_as_merged_and_names_the_one_that_goes_on(self):
        self.second.with_user(self.agent)._merge_into(self.first)
        self.assertEqual(self.second.state, "merged")
        self.assertEqual(self.second.merged_into_id, self.first)
        self.assertEqual(self.first.state, "receive")
        self.assertTrue(self.second.closed_at)

    def test_the_earliest_reception_counts(self):
        early = self.first.received_at - timedelta(days=3)
        self.second.write({"received_at": early, "received_note": "By letter"})
        self.second._merge_into(self.first)
        self.assertEqual(self.first.received_at, early)
        self.assertIn(self.second.name, self.first.received_note)

    def test_the_sooner_promise_holds(self):
        early = self.make_complaint(
            self.mother, received_at=self.moment_ago(6), received_note="By letter"
        )
        sooner = {row.kind: row.due_at for row in early.deadline_ids}
        self.assertTrue(sooner)
        early._merge_into(self.first)
        for row in self.first.deadline_ids:
            self.assertEqual(row.due_at, sooner[row.kind])
            self.assertEqual(row.started_at, early.received_at)
        self.assertEqual(self.first.due_at, min(sooner.values()))
        self.assertEqual(self.first.deadline_state, "late")
        self.assertFalse(early.due_at)

    def test_both_numbers_find_the_one_that_goes_on(self):
        self.second._merge_into(self.first)
        number = self.second.name
        complaints = self.env["edu.complaint"]
        by_name = [row[0] for row in complaints.name_search(number)]
        self.assertIn(self.second.id, by_name)
        found = complaints.search([("found_by", "ilike", number)])
        self.assertEqual(found, self.first | self.second)
        self.assertEqual(self.second._merge_target(), self.first)

    def test_messages_stay_and_both_histories_link(self):
        note = self.second.message_post(body="What was said")
        self.second._merge_into(self.first)
        self.assertEqual(note.res_id, self.second.id)
        self.assertIn(self.first.name, self.second.message_ids[0].body)
        self.assertIn(self.second.name, self.first.message_ids[0].body)

    def test_followers_do_not_come_along(self):
        self.second.message_subscribe(self.mother.ids)
        before = self.first.message_partner_ids
        self.second._merge_into(self.first)
        self.assertEqual(self.first.message_partner_ids, before)

    def test_activities_go_on_with_the_other(self):
        todo = self.second.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.agent.id
        )
        self.second._merge_into(self.first)
        self.assertEqual(todo.res_id, self.first.id)

    def test_open_measures_go_on_with_the_other(self):
        self.bring(self.second, "implement")
        measure = self.env["edu.complaint.measure"].create(
            {"complaint_id": self.second.id, "kind": "rectify"}
        )
        self.second._merge_into(self.first)
        self.assertEqual(measure.complaint_id, self.first)
        self.assertEqual(self.first._with_open_measures(), self.first)

    def test_the_strictest_handling_holds(self):
        manager, leader = self.make_user("manager"), self.make_user("leader")
        team = self.make_complaint_team(manager_id=manager.id, leader_id=leader.id)
        (self.first | self.second).team_id = team
        self.second.is_safety = True
        self.second._merge_into(self.first)
        self.assertTrue(self.first.is_safety)
        self.assertEqual(self.first.level, "supervisor")
        self.assertEqual(self.first.user_id, manager)

    def test_a_chain_ends_at_the_one_that_goes_on(self):
        third = self.make_complaint(self.mother)
        third._merge_into(self.second)
        self.second._merge_into(self.first)
        self.assertEqual(third._merge_target(), self.first)

    # ------------------------------------------------------------------ same customer
    def test_a_family_is_one_customer(self):
        father = self.make_customer()
        self.link(father, self.child, relation="father")
        other = self.make_complaint(father)
        other._merge_into(self.first)
        self.assertEqual(other.state, "merged")

    def test_other_customers_are_refused(self):
        other = self.make_complaint()
        self.assertRefused(other, self.first, "same customer")

    def test_who_is_no_contact_yet_is_known_by_the_number(self):
        values = {"partner_id": False, "partner_name": "Li", "phone": "13812345678"}
        one = self.make_complaint(**values)
        values["phone"] = "+86 138 1234 5678"
        two = self.make_complaint(**values)
        two._merge_into(one)
        self.assertEqual(two.state, "merged")

    def test_anonymous_complaints_are_not_of_one_customer(self):
        values = {"partner_id": False, "is_anonymous": True, "phone": "13812345678"}
        one, two = self.make_complaint(**values), self.make_complaint(**values)
        self.assertRefused(two, one, "same customer")

    # ------------------------------------------------------------------ refusals
    def test_not_into_itself(self):
        self.assertRefused(self.first, self.first, "itself")

    def test_not_into_what_is_not_open_and_not_twice(self):
        third = self.make_complaint(self.mother)
        self.second._merge_into(self.first)
        with self.assertRaisesRegex(UserError, "not open"):
            third._merge_into(self.second)
        with self.assertRaisesRegex(UserError, "not open"):
            self.second._merge_into(third)
        self.first.action_withdraw()
        self.assertRefused(third, self.first, "not open")

    def test_no_circle(self):
        self.second._merge_into(self.first)
        self.assertRefused(self.first, self.second, "not open")

    def test_not_across_companies(self):
        other = self.make_complaint(
            self.mother, company_id=self.make_company().id, team_id=False
        )
        self.assertRefused(other, self.first, "companies")

    def test_not_across_what_somebody_must_not_see(self):
        self.second.accused_partner_ids = self.make_user("agent").partner_id
        self.assertRefused(self.second, self.first, "same staff")
        self.assertRefused(self.first, self.second, "same staff")

    def test_who_may_not_change_both_does_not_merge(self):
        foreign = self.make_complaint(self.mother, user_id=self.make_user("agent").id)
        foreign.recorded_by_id = foreign.user_id
        with self.assertRaises(AccessError):
            self.second.with_user(self.agent)._merge_into(foreign.with_user(self.agent))
        reader = self.make_user("readonly")
        with self.assertRaises(AccessError):
            self.second.with_user(reader)._merge_into(self.first.with_user(reader))

    def test_both_are_locked_before_anything_is_checked(self):
        locked = []
        model = type(self.first)
        check = model._check_may_merge

        def lock(records, **_kwargs):
            locked.append(records)

        def check_after_lock(records, target):
            self.assertTrue(locked)
            check(records, target)

        with (
            patch.object(model, "lock_for_update", lock),
            patch.object(model, "_check_may_merge", check_after_lock),
        ):
            self.second._merge_into(self.first)
        self.assertEqual(locked, [self.second | self.first])

    @mute_logger("odoo.sql_db")
    def test_the_database_wants_a_target(self):
        with self.assertRaises(psycopg2.IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE edu_complaint SET state = 'merged' WHERE id = %s",
                [self.first.id],
            )

    def test_nobody_writes_it_directly(self):
        with self.assertRaises(UserError):
            self.second.with_user(self.agent).write(
                {"state": "merged", "merged_into_id": self.first.id}
            )

    # ------------------------------------------------------------------ wizard
    def wizard(self, complaints):
        wizards = self.env["edu.complaint.merge"].with_user(self.agent)
        chosen = {"active_model": "edu.complaint", "active_ids": complaints.ids}
        return Form(wizards.with_context(**chosen))

    def test_the_wizard_proposes_the_first_received(self):
        self.second.received_at -= timedelta(hours=2)
        wizard = self.wizard(self.first | self.second)
        self.assertEqual(wizard.target_id, self.second)
        action = wizard.save().action_merge()
        self.assertEqual(action["res_id"], self.second.id)
        self.assertEqual(self.first.merged_into_id, self.second)

    def test_the_wizard_offers_the_open_ones_of_the_customer(self):
        self.make_complaint(self.mother, user_id=self.agent.id).action_withdraw()
        self.make_complaint(user_id=self.agent.id)
        wizard = self.wizard(self.first)
        self.assertEqual(wizard.candidate_ids[:], self.second)
        with self.assertRaisesRegex(UserError, "another"):
            wizard.save().action_merge()
        wizard.complaint_ids.add(self.second)
        wizard.target_id = self.second
        wizard.save().action_merge()
        self.assertEqual(self.first.merged_into_id, self.second)
