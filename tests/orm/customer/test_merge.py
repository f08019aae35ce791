"""Merging two customers loses no row: counted for every model that points to one."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.sql import table_columns

from ..common import EduCase

# Rows that the host makes for the merge itself.
OF_THE_MERGE = {"mail_message", "mail_mail", "mail_notification"}


@tagged("post_install", "-at_install")
class TestMerge(EduCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.make_customer(name="Kept", email="one@example.com")
        cls.gone = cls.make_customer(name="Gone", email="one@example.com")
        cls.manager = cls.make_user("manager")

    # ------------------------------------------------------------------ counting rows
    def pointing_rows(self):
        """Count the rows of every model that point to one of the two.

        A tag or stage that both have is one afterwards: pure relation tables count each
        value once.
        """
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        result = {}
        for table, column in wizard._get_fk_on("res_partner"):
            if table.startswith("base_partner_merge_") or table in OF_THE_MERGE:
                continue
            others = [name for name in table_columns(self.cr, table) if name != column]
            query = SQL(
                "SELECT count(DISTINCT %s) FROM %s WHERE %s IN %s",
                SQL.identifier("id" if "id" in others else others[0]),
                SQL.identifier(table),
                SQL.identifier(column),
                (self.kept.id, self.gone.id),
            )
            ((rows,),) = self.env.execute_query(query)
            if rows:
                result[table, column] = rows
        return result

    def make_rows_of_every_kind(self, partner):
        """Give the contact documents of the models that people merge for."""
        company = self.env.company
        self.make_lead(partner)
        self.make_order(partner)
        self.make_person(parent_id=partner.id)
        self.link(self.make_person(), partner, is_payer=True)
        self.link(partner, self.make_learner(), relation="other")
        partner.activity_schedule("mail.mail_activity_data_todo")
        partner.message_post(body="A note")
        self.env["calendar.event"].create(
            {
                "name": "Trial lesson",
                "start": "2026-11-23 08:00:00",
                "stop": "2026-11-23 09:00:00",
                "partner_ids": [Command.set(partner.ids)],
            }
        )
        self.env["res.partner.bank"].create(
            {"acc_number": f"622848{partner.id}", "partner_id": partner.id}
        )
        survey = self.env["survey.survey"].create({"title": "Satisfaction"})
        survey._create_answer(partner=partner)
        program = self.env["loyalty.program"].create(
            {
                "name": "Points",
                "program_type": "loyalty",
                "applies_on": "both",
                "trigger": "auto",
                "rule_ids": [Command.create({})],
                "reward_ids": [Command.create({})],
            }
        )
        self.env["loyalty.card"].create(
            {"program_id": program.id, "partner_id": partner.id, "points": 30}
        )
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "company_id": company.id,
                "invoice_line_ids": [
                    Command.create({"name": "Course", "price_unit": 10.0})
                ],
            }
        ).action_post()
        self.env["ir.attachment"].create(
            {"name": "a.txt", "res_model": "res.partner", "res_id": partner.id}
        )

    def test_no_row_of_any_model_is_lost(self):
        for partner in (self.kept, self.gone):
            self.make_rows_of_every_kind(partner)
        before = self.pointing_rows()
        tables = {table for table, _column in before}
        for table in (
            "crm_lead",
            "sale_order",
            "edu_guardianship",
            "loyalty_card",
            "survey_user_input",
            "account_move",
            "account_move_line",
            "res_partner",
            "res_partner_bank",
            "calendar_attendee",
        ):
            self.assertIn(table, tables, "the test must have such a row")
        self.merge(self.gone, self.kept, user=self.manager)
        after = self.pointing_rows()
        # The merged contact's own references to itself go with it.
        own = {("res_partner", "commercial_partner_id"): 1}
        lost = {
            key: rows - after.get(key, 0) - own.get(key, 0)
            for key, rows in before.items()
            if rows - after.get(key, 0) - own.get(key, 0) > 0
        }
        self.assertFalse(lost)
        self.assertFalse(self.gone.exists())

    def test_documents_hang_on_the_survivor(self):
        lead, order = self.make_lead(self.gone), self.make_order(self.gone)
        self.gone.message_post(body="Note of the merged contact")
        activity = self.gone.activity_schedule("mail.mail_activity_data_todo")
        attachment = self.env["ir.attachment"].create(
            {"name": "a.txt", "res_model": "res.partner", "res_id": self.gone.id}
        )
        self.merge(self.gone, self.kept)
        self.assertEqual(lead.partner_id, self.kept)
        self.assertEqual(order.partner_id, self.kept)
        self.assertEqual(activity.res_id, self.kept.id)
        self.assertEqual(attachment.res_id, self.kept.id)
        bodies = "".join(self.kept.message_ids.mapped("body"))
        self.assertIn("Note of the merged contact", bodies)

    def test_classification_is_joined(self):
        self.kept.edu_stage_ids = self.stage("primary")
        self.gone.edu_stage_ids = self.stage("secondary")
        self.gone.edu_tier_id = self.tier("vip")
        number = self.kept.ref
        self.merge(self.gone, self.kept)
        self.assertEqual(
            self.kept.edu_stage_ids, self.stage("primary") | self.stage("secondary")
        )
        self.assertEqual(self.kept.edu_tier_id, self.tier("vip"))
        self.assertEqual(self.kept.ref, number)

    def test_a_customer_merged_into_a_plain_contact_stays_a_customer(self):
        contact = self.make_person(email="one@example.com")
        self.gone.edu_stage_ids = self.stage("primary")
        self.merge(self.gone, contact)
        self.assertTrue(contact.edu_is_customer)
        self.assertEqual(contact.edu_stage_ids, self.stage("primary"))
        self.assertTrue(contact.ref)

    def test_the_survivor_is_computed_anew(self):
        self.make_order(self.kept)
        self.make_order(self.gone)
        self.gone.phone = "+86 138 1234 5678"
        self.assertRelationship(self.kept, "first")
        self.merge(self.gone, self.kept)
        self.assertRelationship(self.kept, "repeat")
        self.assertNotIn("contact", self.kept._edu_missing_codes())

    # ------------------------------------------------------------------ families
    def test_links_to_different_people_are_all_kept(self):
        children = [
            self.make_learner(guardian=parent) for parent in (self.kept, self.gone)
        ]
        self.merge(self.gone, self.kept)
        self.assertEqual(
            self.kept.edu_learner_link_ids.learner_id, children[0] | children[1]
        )

    def test_two_links_that_become_the_same_are_joined(self):
        child = self.make_learner(guardian=self.kept)
        other = self.make_learner()
        self.link(self.gone, child, relation="father")
        self.link(self.gone, other)
        self.merge(self.gone, self.kept)
        self.assertEqual(self.kept.edu_learner_link_ids.learner_id, child | other)
        self.assertEqual(len(self.kept.edu_learner_link_ids), 2)

    def test_the_joined_link_keeps_who_pays(self):
        child = self.make_learner(guardian=self.kept)
        self.link(self.gone, child, is_payer=True)
        self.merge(self.gone, self.kept)
        self.assertEqual(child.edu_payer_id, self.kept)

    def test_two_learners_with_a_payer_each_become_one_with_one_payer(self):
        mother, father = self.make_person(), self.make_person()
        self.link(mother, self.kept, is_payer=True)
        self.link(father, self.gone, is_payer=True)
        self.merge(self.gone, self.kept)
        links = self.kept.edu_guardian_link_ids
        self.assertEqual(links.guardian_id, mother | father)
        self.assertEqual(links.filtered("is_payer").guardian_id, mother)

    def test_guardian_and_learner_are_two_people(self):
        self.link(self.gone, self.kept)
        with self.assertRaisesRegex(UserError, "they are two people"):
            self.merge(self.gone, self.kept)

    def test_a_merge_that_would_make_a_loop_is_refused(self):
        """Grandmother is merged with the grandchild."""
        mother = self.make_person()
        self.link(self.kept, mother)
        self.link(mother, self.gone)
        with self.assertRaises(UserError):
            self.merge(self.gone, self.kept)

    def test_a_merge_that_would_reach_across_companies_is_refused(self):
        campus = self.make_company()
        self.kept.company_id = self.env.company
        self.link(self.gone, self.make_learner(company_id=campus.id))
        with self.assertRaises(UserError):
            self.merge(self.gone, self.kept)

    # ------------------------------------------------------------------ followers
    def test_a_double_follower_does_not_cost_the_others(self):
        people = self.make_people(3)
        self.kept.message_subscribe(people[:2].ids)
        self.gone.message_subscribe(people[1:].ids)
        self.merge(self.gone, self.kept)
        self.assertLessEqual(people, self.kept.message_partner_ids)

    # ------------------------------------------------------------------ who may
    def test_a_manager_merges_different_emails(self):
        self.gone.email = "other@example.com"
        self.merge(self.gone, self.kept, user=self.manager)
        self.assertFalse(self.gone.exists())

    def test_nobody_else_merges_different_emails(self):
        self.gone.email = "other@example.com"
        with self.assertRaisesRegex(UserError, "same email"):
            self.merge(self.gone, self.kept, user=self.make_user("contact_creator"))
        self.assertTrue(self.gone.exists())

    def test_equal_emails_are_merged_as_before(self):
        self.merge(self.gone, self.kept, user=self.make_user("contact_creator"))
        self.assertFalse(self.gone.exists())

    def test_different_emails_are_not_merged_where_somebody_logs_in(self):
        user = self.make_user("portal")
        user.partner_id.email = "login@example.com"
        with self.assertRaisesRegex(UserError, "same email"):
            self.merge(user.partner_id, self.kept, user=self.manager)

    # ------------------------------------------------------------------ afterwards
    def test_the_chatter_says_who_was_merged_and_what_was_moved(self):
        self.make_lead(self.gone)
        number = self.gone.ref
        self.merge(self.gone, self.kept, user=self.manager)
        body = "".join(self.kept.message_ids.mapped("body"))
        for text in ("Merged contacts:", "Gone", number, "Lead 1"):
            with self.subTest(text=text):
                self.assertIn(text, body.replace("Lead/Opportunity", "Lead"))

    def test_what_was_dropped_is_told(self):
        child = self.make_learner(guardian=self.kept)
        self.link(self.gone, child)
        self.merge(self.gone, self.kept)
        body = "".join(self.kept.message_ids.mapped("body"))
        self.assertIn("Dropped, as this contact already has the same:", body)
        self.assertIn("Guardianship 1", body)

    def test_the_group_of_duplicates_disappears(self):
        self.scan()
        group = self.groups_of(self.kept)
        self.assertTrue(group)
        self.merge(self.gone, self.kept, user=self.manager)
        self.assertFalse(group.exists())

    def test_a_group_of_three_keeps_two(self):
        third = self.make_customer(email="one@example.com")
        self.scan()
        group = self.groups_of(self.kept)
        self.merge(self.gone, self.kept)
        self.assertSameDuplicates(group, self.kept, third)
        self.assertEqual(group.partner_count, 2)
