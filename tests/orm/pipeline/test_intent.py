"""The intent is proposed by the points; a manual choice with a reason is kept."""

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import EduCase

HIGH = {"edu_man_money": "yes", "edu_man_authority": "decide", "edu_man_need": "yes"}
BY_HAND = {
    "edu_intent_override": "low",
    "edu_intent_override_reason": "Moves to another city",
}


@tagged("post_install", "-at_install")
class TestIntent(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent")
        cls.nobody = cls.env["res.partner"]

    def make_own_lead(self, **values):
        """Return a lead of the agent, as the agent sees it."""
        lead = self.make_lead(self.nobody, user_id=self.agent.id, **values)
        return lead.with_user(self.agent)

    def note(self, lead):
        return lead.message_ids.sorted("id")[-1]

    # ------------------------------------------------------------------ by hand
    def test_a_manual_choice_is_kept(self):
        lead = self.make_own_lead(**HIGH)
        self.assertEqual(lead.edu_intent, "high")
        lead.write(BY_HAND)
        self.assertEqual((lead.edu_intent, lead.edu_intent_proposed), ("low", "high"))
        lead.edu_man_need = "no"
        self.assertEqual(lead.edu_intent, "low")
        lead.edu_man_need = "yes"
        self.assertEqual(lead.edu_intent, "low")

    def test_it_can_be_withdrawn(self):
        lead = self.make_own_lead(**HIGH, **BY_HAND)
        lead.action_edu_withdraw_intent()
        self.assertEqual(lead.edu_intent, "high")
        self.assertFalse(lead.edu_intent_override_reason)

    def test_it_needs_a_reason(self):
        lead = self.make_own_lead(**HIGH)
        for reason in (False, "", "  "):
            with (
                self.subTest(reason=reason),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                lead.write({**BY_HAND, "edu_intent_override_reason": reason})
                self.env.flush_all()

    def test_the_form_asks_for_the_reason(self):
        form = Form(self.make_own_lead(**HIGH))
        form.edu_intent_override = "low"
        with self.assertRaisesRegex(AssertionError, "edu_intent_override_reason"):
            form.save()
        form.edu_intent_override_reason = "Moves to another city"
        self.assertEqual(form.save().edu_intent, "low")

    def test_a_lead_without_answers_can_get_an_intent_by_hand(self):
        lead = self.make_own_lead(**BY_HAND)
        self.assertEqual((lead.edu_intent, lead.edu_intent_proposed), ("low", False))

    # ------------------------------------------------------------------ who and why
    def test_the_chatter_says_who_set_it_and_why(self):
        lead = self.make_own_lead(**HIGH)
        lead.write(BY_HAND)
        note = self.note(lead)
        self.assertIn("Intent set to Low by hand: Moves to another city", note.body)
        self.assertEqual(note.author_id, self.agent.partner_id)

    def test_the_chatter_says_who_withdrew_it(self):
        lead = self.make_own_lead(**HIGH, **BY_HAND)
        lead.action_edu_withdraw_intent()
        note = self.note(lead)
        self.assertIn("Intent by hand withdrawn; it was Low.", note.body)
        self.assertEqual(note.author_id, self.agent.partner_id)

    def test_what_stays_the_same_is_not_noted(self):
        lead = self.make_own_lead(**HIGH, **BY_HAND)
        before = lead.message_ids
        lead.write(BY_HAND)
        lead.write({"edu_intent_override": "low"})
        self.assertEqual(lead.message_ids, before)

    def test_the_reason_is_no_markup(self):
        lead = self.make_own_lead()
        lead.write({**BY_HAND, "edu_intent_override_reason": "<b>5 < 6</b>"})
        self.assertIn("&lt;b&gt;5 &lt; 6&lt;/b&gt;", self.note(lead).body)

    # ------------------------------------------------------------------ rights
    def test_nobody_types_the_result(self):
        lead = self.make_own_lead(**HIGH)
        for name, value in (
            ("edu_intent", "low"),
            ("edu_intent_proposed", "low"),
            ("edu_score", 1000),
            ("edu_screened_at", "2026-09-01"),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                lead.write({name: value})

    def test_a_salesperson_without_role_sees_and_changes_nothing(self):
        clerk = self.make_user("salesperson")
        lead = self.make_lead(self.nobody, user_id=clerk.id, **HIGH).with_user(clerk)
        for name in ("edu_man_money", "edu_intent", "edu_screening"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                lead.read([name])
        with self.assertRaises(AccessError):
            lead.write({"edu_man_money": "no"})
        lead.write({"phone": "+86 138 1234 5678"})
        self.assertEqual(lead.sudo().edu_intent, "high")

    def test_the_screens_of_a_salesperson_without_role_work(self):
        clerk = self.make_user("salesperson")
        lead = self.make_lead(self.nobody, user_id=clerk.id, **HIGH).with_user(clerk)
        with Form(lead) as form:
            form.phone = "+86 138 1234 5678"
        for name in ("list", "kanban", "search"):
            arch = lead.get_view(view_type=name)["arch"]
            self.assertNotIn("edu_intent", arch)

    def test_a_reader_answers_no_question(self):
        reader = self.make_user("readonly")
        with self.assertRaises(AccessError):
            self.make_lead(self.nobody).with_user(reader).edu_man_money = "no"

    # ------------------------------------------------------------------ copy and merge
    def test_a_copy_keeps_the_answers_and_forgets_the_choice(self):
        copy = self.make_own_lead(**HIGH, **BY_HAND).copy()
        self.assertEqual((copy.edu_intent, copy.edu_intent_override), ("high", False))

    def test_merged_leads_keep_what_each_was_asked(self):
        kept = self.make_lead(self.nobody, probability=90, edu_man_money="yes")
        other = self.make_lead(
            self.nobody,
            probability=10,
            edu_man_money="no",
            edu_man_need="yes",
            edu_man_need_text="Chess",
            **BY_HAND,
        )
        (kept | other).merge_opportunity()
        self.assertRecordValues(
            kept,
            [
                {
                    "edu_man_money": "yes",
                    "edu_man_need": "yes",
                    "edu_man_need_text": "Chess",
                    "edu_intent": "low",
                    "edu_intent_override_reason": "Moves to another city",
                }
            ],
        )
