"""A change after the signature makes one new version to sign; the old one stays."""

from odoo.exceptions import AccessError
from odoo.fields import Command, Date
from odoo.tests import tagged

from ..common import EduCase


@tagged("post_install", "-at_install")
class TestContractVersions(EduCase):
    def setUp(self):
        super().setUp()
        self.guardian = self.make_person()
        self.learner = self.make_learner(self.guardian)
        self.order = self.make_course_order(self.guardian, self.learner)
        self.contract = self.sign(self.order)

    def waiting(self):
        return self.order.edu_contract_to_sign_id

    def assertWaits(self, changes):
        self.assertEqual(self.contract.state, "signed")
        self.assertEqual(self.waiting().change_summary, changes)

    def test_another_price_needs_a_new_version(self):
        self.order.order_line.price_unit = 120
        self.assertWaits("total, price")
        self.assertEqual(self.waiting().name, f"{self.contract.name}-2")
        self.assertEqual(self.waiting().version, 2)
        self.assertEqual(self.order.edu_contract_id, self.contract)

    def test_another_learner_needs_a_new_version(self):
        sibling = self.make_learner(self.guardian)
        self.order.order_line.edu_learner_id = sibling
        self.assertWaits("learner")
        self.assertEqual(self.waiting().learner_ids, sibling)

    def test_another_day_needs_a_new_version(self):
        enrollment = self.order.edu_enrollment_ids
        contract = self.contract
        enrollment.date_start = Date.add(enrollment.date_start, days=7)
        self.assertFalse(contract.facts["terms"]["lines"][0]["run"])
        self.assertWaits("first day, last day")
        self.assertEqual(enrollment.contract_to_sign_id, self.waiting())

    def test_a_run_on_other_days_needs_new_versions(self):
        course = self.make_course()
        run = self.make_run(
            course, date_end=Date.add(self.env.company._edu_today(), days=60)
        )
        orders = [
            self.make_course_order(self.make_person(), course=course, edu_run_id=run.id)
            for _index in range(2)
        ]
        for order in orders:
            self.sign(order)
        run.date_end = Date.add(run.date_end, days=7)
        for order in orders:
            waiting = order.edu_contract_to_sign_id
            self.assertEqual(waiting.change_summary, "last day")
        run.date_end = Date.subtract(run.date_end, days=7)
        for order in orders:
            self.assertFalse(order.edu_contract_to_sign_id)

    def test_who_has_left_signs_nothing_more(self):
        self.order.order_line.price_unit = 120
        enrollment = self.order.edu_enrollment_ids
        enrollment._withdraw(enrollment.date_start)
        self.assertEqual(enrollment.state, "withdrawn")
        self.assertFalse(self.waiting())

    def test_another_payer_and_other_instalments_need_a_new_version(self):
        father = self.make_person()
        self.link(father, self.learner, relation="father")
        self.order.partner_id = father
        self.assertIn("customer", self.waiting().change_summary)
        self.assertEqual(self.waiting().partner_id, father)

    def test_a_line_more_needs_a_new_version(self):
        self.order.order_line = [Command.create({"product_id": self.make_course().id})]
        self.assertWaits("total, something added")

    def test_several_changes_make_one_version(self):
        self.order.order_line.price_unit = 120
        first = self.waiting()
        self.order.order_line.price_unit = 130
        self.order.order_line.product_uom_qty = 2
        self.assertEqual(self.waiting(), first)
        self.assertEqual(first.amount_total, 260.0)
        self.assertEqual(len(self.order.edu_contract_ids), 2)

    def test_a_change_taken_back_leaves_nothing_to_sign(self):
        self.order.order_line.price_unit = 120
        self.order.order_line.price_unit = 100
        self.assertFalse(self.waiting())
        self.assertEqual(self.order.edu_contract_ids, self.contract)

    def test_the_old_version_is_superseded_when_the_new_one_is_signed(self):
        self.order.order_line.price_unit = 120
        waiting = self.waiting()
        self.assertEqual(self.sign(self.order), waiting)
        self.assertEqual(self.contract.state, "superseded")
        self.assertEqual(waiting.state, "signed")
        self.assertEqual(self.contract.facts["terms"]["total"], "100.00")
        self.order.order_line.price_unit = 140
        self.assertEqual(self.waiting().name, f"{self.contract.name}-3")

    def test_what_was_not_agreed_may_change(self):
        self.order.order_line.name = "Another description"
        self.order.user_id = self.make_user("agent")
        self.order.edu_enrollment_ids.goal = "Play the piano"
        self.learner.name = "Spelled otherwise"
        self.assertFalse(self.waiting())

    def test_merged_contacts_are_the_same_people(self):
        for double, kept in (
            (self.guardian, self.make_person(name="Mother again")),
            (self.learner, self.make_customer(name="Child again")),
        ):
            self.merge(double, kept)
        contract = self.contract
        self.assertEqual(contract.partner_id.name, "Mother again")
        self.assertEqual(contract.learner_ids.name, "Child again")
        self.order.order_line.name = "Compare"
        self.order._edu_review_contracts()
        self.assertFalse(self.waiting())
        self.assertTrue(contract.is_intact)

    def test_a_pause_is_no_other_contract(self):
        enrollment = self.order.edu_enrollment_ids
        end = enrollment.date_end
        first = Date.add(enrollment.date_start, days=3)
        enrollment.pause_ids = [
            Command.create({"date_from": first, "date_to": first, "reason": "Trip"})
        ]
        self.assertGreater(enrollment.date_end, end)
        self.order._edu_review_contracts()
        self.assertFalse(self.waiting())

    def test_canceling_drops_what_was_to_be_signed(self):
        self.order.order_line.price_unit = 120
        self.order._action_cancel()
        self.assertFalse(self.waiting())
        self.assertEqual(self.contract.state, "signed")

    def test_a_quotation_signed_again_supersedes_the_first_signature(self):
        self.order._action_cancel()
        self.order.action_draft()
        self.order.order_line.price_unit = 150
        self.assertFalse(self.waiting())
        again = self.sign(self.order)
        self.assertNotEqual(again, self.contract)
        self.assertEqual(again.version, 2)
        self.assertEqual(self.contract.state, "superseded")
        self.order.action_confirm()
        self.assertEqual(self.order.edu_contract_id, again)
        self.assertFalse(self.waiting())

    def test_confirmed_again_without_a_signature_asks_for_one(self):
        self.order._action_cancel()
        self.order.action_draft()
        self.order.order_line.price_unit = 150
        self.order.action_confirm()
        self.assertWaits("total, price")

    def test_an_agent_whose_order_it_is_not_changes_the_day_too(self):
        enrollment = self.order.edu_enrollment_ids
        user = self.make_user("agent")
        enrollment.user_id = user
        self.order.user_id = self.make_user("agent")
        enrollment.user_id = user
        enrollment.with_user(user).date_start = Date.add(enrollment.date_start, days=7)
        self.assertTrue(self.waiting())

    def test_who_only_reads_asks_for_no_signature(self):
        self.order.order_line.price_unit = 120
        user = self.make_user("readonly")
        with self.assertRaises(AccessError):
            self.waiting().with_user(user).action_send()
        with self.assertRaises(AccessError):
            self.order.with_user(user).action_edu_ask_signature()

    def test_asking_for_the_signature_mails_the_customer_once(self):
        self.guardian.email = "guardian@example.com"
        self.order.order_line.price_unit = 120
        waiting = self.waiting()
        waiting.with_user(self.make_user("manager")).action_send()
        [message] = waiting.message_ids.filtered(
            lambda m: self.guardian in m.partner_ids
        )
        self.assertIn(f"/my/contracts/{waiting.id}", message.body)

    def test_what_is_read_is_what_the_school_says_today(self):
        self.order.order_line.price_unit = 120
        waiting = self.waiting()
        self.env.company.edu_contract_rules_en = "<p>Notice: one week.</p>"
        self.order._edu_review_contracts()
        read = waiting.facts
        self.assertIn("one week", read["rules"]["en_US"])
        self.sign(self.order)
        self.assertEqual(waiting.facts, read)

    def test_the_facts_are_the_same_in_every_language_of_a_reader(self):
        facts = self.order.with_context(lang="zh_CN")._edu_contract_facts()
        self.assertEqual(facts, self.order._edu_contract_facts())
