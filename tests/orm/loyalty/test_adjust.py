"""Points by hand: within the limit at once, above it when somebody else agrees."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .by_hand import ByHandCase


class TestAdjust(ByHandCase):
    def assertImpossible(self, *partners, **values):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.ask(*partners, **values)

    # ------------------------------------------------------------------ corrections
    def test_a_leader_corrects_within_the_limit(self):
        card = self.make_card(points=100)
        approval = self.ask(card.partner_id, points=-40)
        self.assertEqual(approval.state, "done")
        self.assertFalse(approval.approved_by_id)
        self.assertBalance(card, 60)
        entry = card.edu_entry_ids[0]
        self.assertEqual((entry.kind, entry.reason), ("adjust", "Forgotten"))
        self.assertEqual((entry.res_model, entry.res_id), (approval._name, approval.id))

    def test_nobody_has_less_than_nothing(self):
        card = self.make_card(points=30)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.ask(card.partner_id, points=-40)
        self.assertBalance(card, 30)

    def test_points_given_expire_as_the_program_says(self):
        card = self.make_card()
        self.ask(card.partner_id, points=40)
        self.assertTrue(card.edu_entry_ids.expires_on)

    def test_a_reason_is_needed(self):
        customer = self.make_customer()
        for reason in (False, "  "):
            with self.subTest(reason):
                self.assertImpossible(customer, points=40, reason=reason)

    def test_zero_is_no_movement(self):
        self.assertImpossible(self.make_customer(), points=0)

    # ------------------------------------------------------------------ awards
    def test_an_award_by_hand_follows_its_rule(self):
        self.make_points_rule("manual", 10, hold="days", hold_days=3)
        card = self.make_card()
        self.ask(card.partner_id, purpose="manual", points=25, reason="Helped us")
        self.assertBalance(card, 0, pending=25)
        self.assertEqual(card.edu_entry_ids.reason, "Helped us")

    def test_without_a_rule_there_is_no_award(self):
        with self.assertRaises(UserError):
            self.ask(self.make_customer(), purpose="manual", points=25)

    def test_an_award_takes_nothing(self):
        self.make_points_rule("manual", 10)
        self.assertImpossible(self.make_customer(), purpose="manual", points=-25)

    def test_performance_is_shown_by_words_or_a_document(self):
        self.make_points_rule("performance", 60)
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.ask(learner, purpose="performance")
        approval = self.ask(learner, purpose="performance", evidence="First of 30")
        self.assertEqual(approval.member_id, guardian)
        card = self.make_card(guardian)
        self.assertBalance(card, 60)
        self.assertEqual(card.edu_entry_ids.reason, "Forgotten")
        self.assertNotIn("First of 30", card.edu_entry_ids.reason)

    def test_a_document_is_read_by_who_decides(self):
        self.make_points_rule("performance", 60)
        document = (
            self.env["ir.attachment"]
            .with_user(self.leader)
            .create({"name": "diploma.txt", "raw": b"First"})
        )
        approval = self.ask(
            self.make_customer(),
            purpose="performance",
            attachment_ids=[Command.set(document.ids)],
        )
        copies = approval.with_user(self.manager).attachment_ids
        self.assertEqual(copies.mapped("name"), ["diploma.txt"])
        self.assertNotEqual(copies, document)

    def test_a_list_of_learners_is_awarded_at_once(self):
        self.make_points_rule("performance", 60)
        learners = [self.make_customer() for _ in range(5)]
        approvals = self.ask(*learners, purpose="performance", evidence="Contest")
        self.assertEqual(set(approvals.mapped("state")), {"done"})
        for learner in learners:
            self.assertBalance(self.make_card(learner), 60)

    def test_the_price_does_not_grow_with_the_list(self):
        self.make_points_rule("performance", 10)
        few = [self.make_customer() for _ in range(5)]
        many = [self.make_customer() for _ in range(25)]
        values = {"purpose": "performance", "evidence": "Contest"}
        self.ask(self.make_customer(), **values)
        first = self.make_adjust(*few, **values)
        second = self.make_adjust(*many, **values)
        less = self.queries(first.action_confirm)
        more = self.queries(second.action_confirm)
        self.assertLessEqual(more - less, 25)

    def test_it_means_the_people_of_the_list_it_is_opened_from(self):
        guardian = self.make_customer()
        learner = self.make_learner(guardian)
        enrollment = self.make_enrollment(learner, guardian)
        card = self.make_card(guardian)
        for record, person in (
            (learner, learner),
            (enrollment, learner),
            (card, guardian),
        ):
            with self.subTest(record._name):
                wizard = self.env["edu.points.adjust"].with_context(
                    active_model=record._name, active_ids=record.ids
                )
                self.assertEqual(wizard.new().partner_ids._origin, person)
